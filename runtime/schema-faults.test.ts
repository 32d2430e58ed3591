import assert from "node:assert/strict";
import { z } from "zod";
import { schemaFaults } from "./schema-faults.js";

const schema = z.strictObject({
  level: z.number().positive().describe("Power in kW."),
  rule: z.enum(["first", "last"]),
  houses: z.array(z.strictObject({ name: z.string(), share: z.number().max(1) })),
});

function faultsOf(value: unknown): string[] {
  const { error } = schema.safeParse(value);
  const wording = { schema, path: "here", stranger: "is no parameter.", cure: 'It belongs to "x".' };
  return schemaFaults(error as z.ZodError, value, wording).map(
    fault => `${fault.path}: ${fault.problem} ${fault.cure}`,
  );
}

describe("faults that a schema finds", () => {
  it("tell where, what was found, what belongs there and what it is", () => {
    assert.deepEqual(faultsOf({ level: -1, rule: "frist", houses: [{ name: "a", share: 1.5 }] }), [
      "here.level: is -1; too small: expected number to be >0. Power in kW.",
      'here.rule: is "frist"; invalid option: expected one of "first"|"last". It belongs to "x".',
      'here.houses[0].share: is 1.5; too big: expected number to be <=1. It belongs to "x".',
    ]);
  });

  it("tell what is missing, and what a number that is none is", () => {
    assert.deepEqual(faultsOf({ level: NaN, rule: "first" }), [
      "here.level: is NaN; expected number, received NaN. Power in kW.",
      'here.houses: is missing. It belongs to "x".',
    ]);
  });

  it("name each key that is not known, and the one that is meant, or those that there are", () => {
    const houses = [{ name: "a", share: 1, shre: 1 }];
    assert.deepEqual(faultsOf({ level: 1, rule: "first", houses, lvel: 2, colour: "red" }), [
      'here.houses[0].shre: is no parameter. Did you mean "share"?',
      'here.lvel: is no parameter. Did you mean "level"?',
      "here.colour: is no parameter. Known here: level, rule, houses.",
    ]);
  });
});
