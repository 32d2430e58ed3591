import { Command as Parser, CommanderError, Option as Flag } from "commander";
import { CosimError } from "../../broker/wire/index.js";
import { describeRange, flagOf, readOptions, type Option, type OptionTable } from "../../cases/options.js";
import type { Argument, Command, Invocation } from "./command.js";
import { Console } from "./console.js";

/** Options of every command. */
const COMMON = {
  json: { kind: "flag", doc: "Print one JSON document on stdout and nothing else." },
  verbose: { kind: "flag", doc: "Show stack traces." },
} as const satisfies OptionTable;

/** Thrown after help or the version was printed. */
export class HelpShown extends Error {}

/**
 * Reads the arguments behind a command's name.
 * @throws CosimError `COSIM_OPTION_INVALID` with every option that does not fit; HelpShown after `--help`.
 */
export async function parseCommand(command: Command, argv: readonly string[]): Promise<Invocation> {
  const own = { ...command.options, ...(await command.optionsFor?.(argv)) };
  const table: OptionTable = { ...own, ...COMMON };
  const parser = toParser(command, table);
  runParser(parser, argv);
  const { values, faults } = readOptions(table, parser.opts());
  if (faults.length > 0) throw new CosimError("COSIM_OPTION_INVALID", faults.map(fault => fault.problem).join("\n  "));
  const { json, verbose, ...options } = values;
  const args = parser.processedArgs.flatMap(value => value as string | string[]);
  return { args, options: options as Invocation["options"], console: new Console(json === true, verbose === true) };
}

function toParser(command: Command, table: OptionTable): Parser {
  const parser = new Parser(`gridloom ${command.name}`).description(command.doc);
  for (const argument of command.args) parser.argument(argumentText(argument), argument.doc);
  for (const [name, option] of Object.entries(table)) parser.addOption(toFlag(name, option));
  if (command.isBuilt === false) parser.allowUnknownOption().allowExcessArguments();
  else parser.allowExcessArguments(false);
  return parser.exitOverride().configureOutput({ writeErr: () => undefined });
}

function argumentText({ name, required, variadic }: Argument): string {
  const text = variadic === true ? `${name}...` : name;
  return required === true ? `<${text}>` : `[${text}]`;
}

function toFlag(name: string, option: Option): Flag {
  const range = describeRange(option);
  const doc = range === "" ? option.doc : `${option.doc} (${range})`;
  if (option.kind === "flag") return new Flag(`--${flagOf(name)}`, doc);
  const flag = new Flag(`--${flagOf(name)} <${placeholderOf(name, option)}>`, doc);
  if (option.kind !== "list") return flag;
  return flag.argParser((value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value]);
}

function placeholderOf(name: string, option: Option): string {
  if ("placeholder" in option && option.placeholder !== undefined) return option.placeholder;
  if (option.kind === "duration") return "DURATION";
  return option.kind === "integer" || option.kind === "number" ? (option.unit ?? "N") : name.toUpperCase();
}

function runParser(parser: Parser, argv: readonly string[]): void {
  try {
    parser.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) throw new HelpShown();
    throw new CosimError("COSIM_OPTION_INVALID", `${sentence(error.message)} See \`${parser.name()} --help\`.`);
  }
}

/** A parser's message as a sentence. */
function sentence(message: string): string {
  const text = message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
