import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../testing/case-runner.js";
import { formatCsvFault, readCsvTable, requireCsvTable, type CsvColumn } from "./csv-table.js";

const columns: readonly CsvColumn[] = [
  { name: "time", type: "number", unit: "s", order: "increasing" },
  { name: "load", type: "number", unit: "kW", min: 0 },
  { name: "note", type: "text", optional: true },
];

/** What is wrong with a file of this text. */
const faultsOf = (text: string) =>
  withFolder(folder => {
    writeFileSync(join(folder, "load.csv"), text);
    return readCsvTable(join(folder, "load.csv"), columns).faults.map(formatCsvFault);
  });

describe("CSV table", () => {
  it("reads declared columns in any order, with units in the header, comments, a byte order mark and further columns", () =>
    withFolder(folder => {
      const path = join(folder, "load.csv");
      writeFileSync(path, "\ufeff# measured\nload [kW], extra ,time [s]\n\n1.5,x,0\n# gap\n 2 ,y,60\n");
      const table = requireCsvTable(path, columns);
      assert.deepEqual([...table.numbers("load")], [1.5, 2]);
      assert.deepEqual([...table.numbers("time")], [0, 60]);
      assert.deepEqual(table.texts("note"), []);
      assert.equal(table.lineOf(1), 6);
    }));

  const faults: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    ["a missing column", "time\n0\n", ["load.csv, line 1, column load: The column is missing; there are time."]],
    ["another unit", "time [s],load [MW]\n0,1\n", ['load.csv, line 1, column load: It is in "MW"; "kW" is expected.']],
    ["text for a number", "time,load\n0,x\n", ['load.csv, line 2, column load: "x" is no number.']],
    ["an empty cell", "time,load\n0,\n", ['load.csv, line 2, column load: "" is no number.']],
    ["NaN", "time,load\n0,NaN\n", ['load.csv, line 2, column load: "NaN" is no number.']],
    ["a value out of bounds", "time,load\n0,-1\n", ["load.csv, line 2, column load: -1 is less than 0."]],
    [
      "rows out of order, all of them",
      "time,load\n0,1\n5,1\n5,1\n4,x\n",
      [
        "load.csv, line 4, column time: 5 comes after 5; every row must be later.",
        "load.csv, line 5, column time: 4 comes after 5; every row must be later.",
        'load.csv, line 5, column load: "x" is no number.',
      ],
    ],
    ["an empty file", "", ["load.csv, line 1: The file is empty."]],
  ];
  for (const [what, text, expected] of faults) {
    it(`names file, line and column of ${what}`, async () => {
      assert.deepEqual(await faultsOf(text), expected);
    });
  }

  it("names the line of a row with too many cells, and a file that is not there", async () => {
    const [fault] = await faultsOf("time,load\n0,1\n1,2,3\n");
    assert.match(fault, /^load\.csv, line 3: It cannot be read: .*3/);
    assert.match(
      formatCsvFault(readCsvTable("/nowhere/at/all.csv", columns).faults[0]),
      /^all\.csv, line 1: It cannot be read: it does not exist/,
    );
    assert.throws(() => requireCsvTable("/nowhere/at/all.csv", columns), { code: "COSIM_DATA_INVALID" });
  });
});
