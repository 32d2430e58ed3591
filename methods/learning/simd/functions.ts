import { BLOCK } from "../product.js";
import { type Code, type FunctionCode, op, type ValueType } from "./assembler.js";

const VECTOR_BYTES = 16;

type Names = Readonly<Record<string, ValueType>>;

/** Instructions on the locals of a function, by their names. */
function localsNamed(parameters: Names, locals: Names) {
  const names = [...Object.keys(parameters), ...Object.keys(locals)];
  const get = (name: string) => op.get(names.indexOf(name));
  const set = (name: string, value: Code): Code => [value, op.set(names.indexOf(name))];
  return {
    get,
    set,
    advance: (name: string, by: Code) => set(name, sum(get(name), by)),
    /** Does the body once, and again as long as the local is below the end after it. */
    repeatWhileBelow: (name: string, end: Code, body: Code) =>
      op.loop([body, get(name), end, op.lessUnsigned, op.branchIf(0)]),
    types: { parameters: Object.values(parameters), locals: Object.values(locals) },
  };
}

const sum = (a: Code, b: Code): Code => [a, b, op.add];

/** Rows that are summed at a time; each has one vector of BLOCK columns. */
const LANES = [...Array(BLOCK).keys()];

/** Addresses and distances in bytes; an `…End` lies behind the last number. */
const MULTIPLY_PARAMETERS: Names = {
  left: "i32",
  leftRow: "i32",
  leftStep: "i32",
  right: "i32",
  rightEnd: "i32",
  to: "i32",
  toEnd: "i32",
  columns: "i32",
  floor: "f32",
};

const MULTIPLY_LOCALS: Names = {
  column: "i32",
  term: "i32",
  place: "i32",
  weights: "v128",
  ...Object.fromEntries(LANES.map(lane => [`row${lane}`, "i32" as const])),
  ...Object.fromEntries(LANES.map(lane => [`sum${lane}`, "v128" as const])),
};

/** The product of `product.ts`, four rows of four columns at a time. */
export function multiplyCode(): FunctionCode {
  const { get, set, advance, repeatWhileBelow, types } = localsNamed(MULTIPLY_PARAMETERS, MULTIPLY_LOCALS);
  const begin = LANES.map(lane => [
    set(`row${lane}`, lane === 0 ? get("left") : sum(get(`row${lane - 1}`), get("leftRow"))),
    set(`sum${lane}`, op.zeroVector),
  ]);
  const addTerm = [
    set("weights", [get("term"), op.load]),
    LANES.map(lane => {
      const product = [get(`row${lane}`), op.loadSplat, get("weights"), op.multiplyVectors];
      return [set(`sum${lane}`, [get(`sum${lane}`), product, op.addVectors]), advance(`row${lane}`, get("leftStep"))];
    }),
    advance("term", get("columns")),
  ];
  const storeSums = LANES.map(lane => [
    [get("place"), get(`sum${lane}`), get("floor"), op.splat, op.maximum, op.store],
    advance("place", get("columns")),
  ]);
  const block = [
    begin,
    set("term", sum(get("right"), get("column"))),
    repeatWhileBelow("term", get("rightEnd"), addTerm),
    set("place", sum(get("to"), get("column"))),
    storeSums,
    advance("column", op.constant(VECTOR_BYTES)),
  ];
  const rows = [
    set("column", op.constant(0)),
    repeatWhileBelow("column", get("columns"), block),
    LANES.map(() => [advance("left", get("leftRow")), advance("to", get("columns"))]),
  ];
  return { name: "multiply", ...types, body: repeatWhileBelow("to", get("toEnd"), rows) };
}

/** Sets values to 0 where their gates are not above 0, a vector at a time. */
export function gateCode(): FunctionCode {
  const { get, advance, repeatWhileBelow, types } = localsNamed({ values: "i32", end: "i32", gates: "i32" }, {});
  const open = [get("gates"), op.load, op.zeroVector, op.isGreater];
  const body = [
    [get("values"), get("values"), op.load, open, op.and, op.store],
    advance("values", op.constant(VECTOR_BYTES)),
    advance("gates", op.constant(VECTOR_BYTES)),
  ];
  return { name: "gate", ...types, body: repeatWhileBelow("values", get("end"), body) };
}
