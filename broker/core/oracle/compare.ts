import type { Mutant } from "../federation.js";
import { chooseSpread, runInOneHost, runOnHosts } from "./host-runners.js";
import { findRefusals } from "./levels.js";
import type { Model, Run } from "./model.js";
import { Oracle } from "./oracle.js";
import { linkKey, modelOf, type Sketch } from "./sketch.js";
import { runLines } from "./text.js";

/** The first place where a run differs from the oracle's; undefined when every line is the same. */
export function findDifference(truth: readonly string[], run: () => Run): string | undefined {
  const lines = tryLines(run);
  const length = Math.max(truth.length, lines.length);
  const at = Array.from({ length }, (_, i) => i).find(i => truth[i] !== lines[i]);
  if (at === undefined) return undefined;
  return `activation ${at}:\n  oracle ${truth[at] ?? "has ended"}\n  core   ${lines[at] ?? "has ended"}`;
}

function tryLines(run: () => Run): string[] {
  try {
    return runLines(run());
  } catch (error) {
    return [`threw ${(error as Error).message}`];
  }
}

/** Where the core, in one host or in several, differs from the oracle on a model; the seed chooses hosts and deliveries. */
export function compareWithOracle(model: Model, seed: number, mutant?: Mutant): string | undefined {
  const truth = runLines(new Oracle(model).run());
  const alone = findDifference(truth, () => runInOneHost(model, mutant));
  if (alone !== undefined) return `one host, ${alone}`;
  const spread = chooseSpread(model, seed, mutant);
  const together = findDifference(truth, () => runOnHosts(model, spread));
  return together === undefined ? undefined : `hosts ${spread.hostOf.join(" ")}, ${together}`;
}

/** A smaller sketch that still fails: federates, links and time are left out while they can be. */
export function shrinkSketch(sketch: Sketch, fails: (sketch: Sketch) => boolean): Sketch {
  const { federates, links, until } = sketch.federation;
  const candidates = [
    ...federates.map(f => withoutFederate(sketch, f.name)),
    ...links.map(link => withFederation(sketch, { links: links.filter(l => l !== link) })),
    ...links.flatMap(link => withoutJitter(sketch, linkKey(link))),
    ...[Math.floor(until / 2), until - 1]
      .filter(t => t >= 0 && t < until)
      .map(t => withFederation(sketch, { until: t })),
  ];
  const smaller = candidates.find(
    c => c.federation.federates.length > 0 && findRefusals(c.federation).length === 0 && fails(c),
  );
  return smaller === undefined ? sketch : shrinkSketch(smaller, fails);
}

function withFederation(sketch: Sketch, change: Partial<Sketch["federation"]>): Sketch {
  return { ...sketch, federation: { ...sketch.federation, ...change } };
}

function withoutFederate(sketch: Sketch, name: string): Sketch {
  const { federates, links } = sketch.federation;
  const touches = (address: string) => address.startsWith(`${name}.`);
  const kept = links.filter(l => !touches(l.from) && !touches(l.to));
  return withFederation(sketch, { federates: federates.filter(f => f.name !== name), links: kept });
}

function withoutJitter(sketch: Sketch, key: string): Sketch[] {
  if (!(key in sketch.jitters)) return [];
  return [{ ...sketch, jitters: Object.fromEntries(Object.entries(sketch.jitters).filter(([k]) => k !== key)) }];
}

/** What to print when a seed fails: the seed, the smallest federation that still fails, and where it differs. */
export function explainFailure(sketch: Sketch, seed: number): string {
  const smallest = shrinkSketch(sketch, s => compareWithOracle(modelOf(s), seed) !== undefined);
  const difference = compareWithOracle(modelOf(smallest), seed) ?? "";
  return `seed ${seed}: ${difference}\n${JSON.stringify(smallest, undefined, 1)}`;
}
