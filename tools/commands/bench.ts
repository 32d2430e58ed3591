import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { defineCommand } from "../cli/command.js";
import { EXIT } from "../cli/exit-code.js";
import { packageFolder } from "../version.js";

export default defineCommand({
  name: "bench",
  doc: "Runs the benchmarks, side by side with the peers that are installed. A complete run writes docs/benchmarks.md.",
  args: [{ name: "NAME", doc: "Benchmarks to run; all by default.", variadic: true }],
  options: {
    quick: { kind: "flag", doc: "Fewer steps and repetitions, and nothing large; the figures are rough." },
    alone: { kind: "flag", doc: "Without the peers." },
    repetitions: {
      kind: "integer",
      minimum: 1,
      maximum: 100,
      doc: "How often each is measured; 5 by default, 2 with --quick.",
    },
  },
  async run({ args, options, console }) {
    const bench = await import("../../bench/index.js");
    const names = args.filter(name => name !== undefined);
    const suites = bench.SUITES.filter(suite => names.length === 0 || names.includes(suite.name));
    requireKnown(
      names,
      bench.SUITES.map(suite => suite.name),
    );
    const { quick, alone } = options;
    const peers = alone ? bench.NO_PEERS : await bench.findPeers();
    const machine = bench.describeMachine(peers);
    console.say(bench.machineLine(machine));
    const settings = { quick, repetitions: options.repetitions ?? (quick ? 2 : 5), peers };
    const chapters = await bench.runSuites(suites, settings, chapter => {
      console.say(`\n${bench.toText(chapter)}`);
    });
    const results = chapters.flatMap(chapter => chapter.results);
    if (names.length === 0 && !quick && !alone) writeDocument(bench.toMarkdown(machine, chapters));
    console.result(chapters.map(bench.toText).join("\n"), bench.toDocument(machine, results));
    return EXIT.done;
  },
});

function requireKnown(names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter(name => !known.includes(name));
  if (unknown.length === 0) return;
  const message = `There is no benchmark ${unknown.map(name => `"${name}"`).join(", ")}; there are ${known.join(", ")}.`;
  throw new CosimError("COSIM_OPTION_INVALID", message);
}

/** Keeps the document in a checkout; an installed package has no docs to keep it in. */
function writeDocument(text: string): void {
  const folder = join(packageFolder, "docs");
  if (existsSync(folder) && existsSync(join(packageFolder, "bench")))
    writeFileSync(join(folder, "benchmarks.md"), text);
}
