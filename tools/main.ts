#!/usr/bin/env node
import { CosimError } from "../broker/wire/index.js";
import { COMMANDS, loadCommand } from "./cli/commands.js";
import { Console } from "./cli/console.js";
import { EXIT, exitCodeOf, type ExitCode } from "./cli/exit-code.js";
import { HelpShown, parseCommand } from "./cli/parse.js";
import { version } from "./version.js";

/** Milliseconds for which timers and connections of federates may keep the program after its command has ended. */
const LINGER_MS = 500;

async function main([name, ...argv]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const { overview } = await import("./cli/overview.js");
    process.stdout.write(await overview());
    return name === undefined ? EXIT.input : EXIT.done;
  }
  if (name === "--version" || name === "-V") {
    process.stdout.write(`${version}\n`);
    return EXIT.done;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    const known = Object.keys(COMMANDS).join(", ");
    throw new CosimError("COSIM_OPTION_INVALID", `There is no command "${name}". Commands are ${known}.`);
  }
  const command = await loadCommand(name);
  const invocation = await parseCommand(command, argv);
  try {
    return await command.run(invocation);
  } catch (error) {
    invocation.console.error(error);
    return exitCodeOf(error);
  }
}

/** A reader that closed our pipe, as `head` does, is no fault. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const argv = process.argv.slice(2);
try {
  process.exitCode = await main(argv);
} catch (error) {
  if (!(error instanceof HelpShown)) {
    new Console(argv.includes("--json"), argv.includes("--verbose")).error(error);
    process.exitCode = exitCodeOf(error);
  }
}
setTimeout(() => process.exit(), LINGER_MS).unref();
