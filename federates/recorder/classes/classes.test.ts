import assert from "node:assert/strict";
import { needReference, readReferenceJson } from "../../../testing/reference.js";
import type { FieldParams } from "../params.js";
import { METRIC_CLASSES } from "./index.js";

type Metadata = Record<string, { index: number; units: string }>;

/** Classes that the reference system does not have. */
const OWN = ["ledger", "comfort", "battery", "packets", "learning"];

const inputsOf = ({ input, terms }: FieldParams) => terms?.map(term => term.input) ?? [input ?? ""];

describe("classes of metrics", () => {
  it("have the fields of the reference's files: names, order and units", function () {
    needReference(this);
    let fields = 0;
    for (const [name, known] of Object.entries(METRIC_CLASSES)) {
      if (OWN.includes(name)) continue;
      const { Metadata: wanted } = readReferenceJson<{ Metadata: Metadata }>(
        `pemt/metrics-examples/${name}_metrics.json`,
      );
      const found: Metadata = Object.fromEntries(
        known.fields.map((field, index) => [field.name, { index, units: field.units }]),
      );
      assert.deepEqual(found, wanted, name);
      fields += known.fields.length;
    }
    console.log(`      ${Object.keys(METRIC_CLASSES).length - OWN.length} classes, ${fields} fields equal`);
  });

  it("take every field from one of their quantities, or state a constant", () => {
    for (const [name, { fields, quantities }] of Object.entries(METRIC_CLASSES)) {
      for (const field of fields) {
        assert.ok(field.doc !== undefined && field.doc.endsWith("."), `${name}.${field.name} says what it is`);
        if (field.constant !== undefined) continue;
        for (const input of inputsOf(field)) assert.ok(quantities[input] !== undefined, `${name}.${field.name}`);
      }
      const used = fields.flatMap(inputsOf);
      for (const quantity of Object.keys(quantities)) assert.ok(used.includes(quantity), `${name}.${quantity} is used`);
    }
  });
});
