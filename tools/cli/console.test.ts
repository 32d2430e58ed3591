import assert from "node:assert/strict";
import { CosimError, ERRORS } from "../../broker/wire/index.js";
import { CaseInvalid } from "../../cases/check.js";
import { describeError } from "./error-report.js";
import { EXIT, exitCodeOf, exitCodeOfRun } from "./exit-code.js";
import { readLogLine } from "./log-line.js";
import { ProgressDisplay } from "./progress.js";
import { alignRows, formatValue } from "./table.js";

describe("an error report", () => {
  it("has code, message, cure, party, stamp and log", () => {
    const error = new CosimError("COSIM_FEDERATE_FAILED", "hub failed.", {
      party: "hub",
      stamp: "(1, 0, 0, 0)",
      log: ["a"],
    });
    const { faults, ...report } = describeError(error);
    assert.equal(faults, undefined);
    const cure = ERRORS.COSIM_FEDERATE_FAILED;
    const expected = {
      code: "COSIM_FEDERATE_FAILED",
      message: "hub failed.",
      cure,
      party: "hub",
      stamp: "(1, 0, 0, 0)",
      log: ["a"],
    };
    assert.deepEqual(report, expected);
  });

  it("has the faults of a case as data, and calls an error without a code ours", () => {
    const faults = [{ path: "until", problem: "is missing.", cure: "Write it." }];
    assert.deepEqual(describeError(new CaseInvalid("case.json", faults)).faults, faults);
    assert.equal(describeError(new TypeError("x is no function")).code, "COSIM_INTERNAL");
    assert.equal(describeError("odd").message, "odd");
  });
});

describe("a line of a federate's log", () => {
  const line = JSON.stringify({
    at: "2026-01-01T00:00:00Z",
    level: "error",
    message: "no such row",
    stack: "Error: …",
  });

  it("is shown by level and message, without its stack", () => {
    assert.equal(readLogLine(line, "hub has died"), "error: no such row");
  });

  it("is left out where the message says it already", () => {
    assert.equal(readLogLine(line, "hub failed at 00:00:00: no such row"), undefined);
  });

  it("stays as it is where a program has written it", () => {
    for (const text of ["Segmentation fault", "null", "3", "{}"]) assert.equal(readLogLine(text, ""), text);
  });
});

describe("exit codes", () => {
  it("are 2 for the input before a run, 1 for any failure of a run, 3 for its time limit, 130 for an interruption", () => {
    const error = (code: keyof typeof ERRORS) => new CosimError(code, "");
    assert.equal(exitCodeOf(error("COSIM_CASE_INVALID")), EXIT.input);
    assert.equal(exitCodeOf(error("COSIM_NOT_BUILT")), EXIT.input);
    assert.equal(exitCodeOf(error("COSIM_FEDERATE_FAILED")), EXIT.failed);
    assert.equal(exitCodeOf(error("COSIM_TIMEOUT")), EXIT.timeout);
    assert.equal(exitCodeOf(error("COSIM_INTERRUPTED")), EXIT.interrupted);
    assert.equal(exitCodeOf(new Error("odd")), EXIT.failed);
    assert.equal(exitCodeOfRun(undefined), EXIT.done);
    assert.equal(exitCodeOfRun({ code: "COSIM_RUN_FOLDER" }), EXIT.failed);
    assert.equal(exitCodeOfRun({ code: "COSIM_TIMEOUT" }), EXIT.timeout);
    assert.equal(exitCodeOfRun({ code: "COSIM_INTERRUPTED" }), EXIT.interrupted);
  });
});

describe("the progress of a run", () => {
  const shown = (isTTY: boolean, seconds: readonly number[]) => {
    const written: string[] = [];
    const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
    let now = 0;
    const display = new ProgressDisplay({ until: 7200e6, ticksPerSecond: 1e6 }, stream, () => now);
    for (const second of seconds) {
      now = second * 1000;
      display.show(second * 100e6);
    }
    display.end();
    return written;
  };

  it("is a bar on a terminal, which goes away", () => {
    const bar = "\r[#####-------------------------] 16 %, simulated 00:20:00, 12 s\u001b[K";
    assert.deepEqual(shown(true, [12, 12.05]), [bar, "\r\u001b[K"]);
  });

  it("says how many rounds are settled after the last simulated second", () => {
    const written: string[] = [];
    const stream = { isTTY: true, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
    let now = 0;
    const display = new ProgressDisplay({ until: 60e6, ticksPerSecond: 1e6 }, stream, () => now);
    now = 1000;
    display.show(60e6, 7);
    assert.match(written[0], /100 %, simulated 00:01:00, 7 rounds to settle, 1 s/);
  });

  it("is one line every 10 s elsewhere", () => {
    const lines = shown(false, [1, 9.9, 10, 15, 20.5]);
    assert.deepEqual(lines, ["13 %, simulated 00:16:40, 10 s\n", "28 %, simulated 00:34:10, 21 s\n"]);
  });
});

describe("tables", () => {
  it("align their columns, and show numbers with six digits", () => {
    assert.equal(
      alignRows([
        ["a", "1"],
        ["long", "22"],
        ["b", ""],
      ]),
      "a     1\nlong  22\nb",
    );
    assert.deepEqual([1234567, 0.123456789, undefined, "x", { a: 1 }].map(formatValue), [
      "1234567",
      "0.123457",
      "-",
      "x",
      '{"a":1}',
    ]);
  });
});
