import type { OptionTable, OptionValues } from "./options.js";
import type { CaseFile } from "./schema.js";

/** What a preset makes of its options: a case and everything that stands beside it. */
export interface GeneratedCase {
  readonly case: CaseFile;
  /** Profiles and tables that the case names, by path relative to the case's folder. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Text of the README beside the case: what is simulated, where its numbers come from, what to expect. */
  readonly readme: string;
}

/** A published case with options that vary it; with its defaults it is the published one. */
export interface Preset<T extends OptionTable = OptionTable> {
  readonly name: string;
  /** One sentence for help. */
  readonly doc: string;
  readonly options: T;
  /** Pure: the same options give the same bytes. */
  generate(options: OptionValues<T>): GeneratedCase | Promise<GeneratedCase>;
}

/** Declares a preset; `generate` sees its options with their types. */
export function definePreset<const T extends OptionTable>(preset: Preset<T>): Preset<T> {
  return preset;
}

/** A preset whose option types are forgotten, as the command line handles it. */
export type AnyPreset = Omit<Preset, "generate"> & {
  generate(options: never): GeneratedCase | Promise<GeneratedCase>;
};
