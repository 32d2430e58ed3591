/*
 * Just enough of an assembler for WebAssembly (core specification 2.0, chapter 5) to write a module of small functions.
 * Code is a tree of numbers, flattened to bytes at the end.
 */

/** Bytes of code, nested as is convenient to write. */
export type Code = number | readonly Code[];

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;

/** Types of parameters and locals. */
export const valueTypes = { i32: I32, f32: F32, v128: V128 } as const;

/** Name of a type. */
export type ValueType = keyof typeof valueTypes;

/** An unsigned whole number in LEB128. */
export function unsigned(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

const signed = (value: number): number[] => {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return done ? [low] : [low | 0x80, ...signed(rest)];
};

const vector = (opcode: number): Code => [0xfd, unsigned(opcode)];

/** Alignment (a power of 2 that is promised) and offset of a memory access. */
const FLOAT_PLACE: Code = [2, 0];

/** Instructions, by the names of the specification. */
export const op = {
  get: (local: number): Code => [0x20, unsigned(local)],
  set: (local: number): Code => [0x21, unsigned(local)],
  constant: (value: number): Code => [0x41, signed(value)],
  add: 0x6a as Code,
  lessUnsigned: 0x49 as Code,
  branchIf: (depth: number): Code => [0x0d, unsigned(depth)],
  /** Repeats the body as long as a branch to depth 0 is taken at its end. */
  loop: (body: Code): Code => [0x03, 0x40, body, 0x0b],
  load: [vector(0), FLOAT_PLACE],
  loadSplat: [vector(9), FLOAT_PLACE],
  store: [vector(11), FLOAT_PLACE],
  splat: vector(19),
  zeroVector: [vector(12), Array<number>(16).fill(0)] as Code,
  and: vector(78),
  isGreater: vector(68),
  addVectors: vector(228),
  multiplyVectors: vector(230),
  maximum: vector(233),
} as const;

/** A function that a module exports, with its own locals after its parameters; it returns nothing. */
export interface FunctionCode {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** Bytes of a module that imports the memory `host.memory` and exports functions. */
export function assemble(functions: readonly FunctionCode[]): Uint8Array {
  const types = (names: readonly ValueType[]) => names.map(name => valueTypes[name]);
  return Uint8Array.from(
    flatten([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(
        1,
        functions.map(({ parameters }) => [0x60, counted(types(parameters)), counted([])]),
      ),
      section(2, [[text("host"), text("memory"), 0x02, 0x00, 0]]),
      section(
        3,
        functions.map((_, k) => unsigned(k)),
      ),
      section(
        7,
        functions.map(({ name }, k) => [text(name), 0x00, unsigned(k)]),
      ),
      section(
        10,
        functions.map(({ locals, body }) => sized([counted(types(locals).map(type => [1, type])), body, 0x0b])),
      ),
    ]),
  );
}

const flatten = (code: Code): number[] => (typeof code === "number" ? [code] : code.flatMap(flatten));

const counted = (items: readonly Code[]): Code => [unsigned(items.length), items];

const sized = (code: Code): Code => {
  const bytes = flatten(code);
  return [unsigned(bytes.length), bytes];
};

const section = (id: number, items: readonly Code[]): Code => [id, sized(counted(items))];

const text = (characters: string): Code => counted([...characters].map(character => character.charCodeAt(0)));
