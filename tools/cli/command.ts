import { CosimError } from "../../broker/wire/index.js";
import type { OptionTable, OptionValues } from "../../cases/options.js";
import type { Console } from "./console.js";
import type { ExitCode } from "./exit-code.js";

/** A positional argument of a command. */
export interface Argument {
  readonly name: string;
  readonly doc: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
}

/** What a command is given. */
export interface Invocation<T extends OptionTable = OptionTable> {
  /** Positional arguments; one that was left out is undefined. */
  readonly args: readonly (string | undefined)[];
  readonly options: OptionValues<T>;
  readonly console: Console;
}

/** One command of the program as data; help and checks are made from it. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string;
  readonly doc: string;
  readonly args: readonly Argument[];
  readonly options: T;
  /** Options that hang on an argument, as those of a preset: they are added to `options`. */
  optionsFor?(args: readonly string[]): Promise<OptionTable>;
  /** False for a command that is planned only. */
  readonly isBuilt?: boolean;
  run(invocation: Invocation<T>): Promise<ExitCode>;
}

/** Declares a command; `run` sees its options with their types. */
export function defineCommand<const T extends OptionTable>(command: Command<T>): Command<T> {
  return command;
}

/** A command that exists in help and says that it is not built. */
export function plannedCommand(name: string, doc: string, args: readonly Argument[]): Command {
  return {
    name,
    doc,
    args,
    options: {},
    isBuilt: false,
    run: () => Promise.reject(new CosimError("COSIM_NOT_BUILT", `\`gridloom ${name}\` is not built yet.`)),
  };
}
