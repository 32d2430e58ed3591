import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { findRefusals } from "./oracle/levels.js";
import { averagingRing, helicsScenarios, helicsTable, stagePlay, type GrantCount } from "./oracle/helics/index.js";
import { chooseSpread, runInOneHost, runOnHosts } from "./oracle/host-runners.js";
import type { Runner } from "./oracle/model.js";
import { Oracle } from "./oracle/oracle.js";
import { drawFederation } from "./oracle/picture.js";
import { needReference, readReferenceJson } from "../../testing/reference.js";
import { planFederation } from "./plan.js";

/** Longest play that the oracle, whose time grows with the square of the grants, is asked for. */
const ORACLE_GRANTS = 2000;

const runners: [string, Runner, number][] = [
  ["oracle", model => new Oracle(model).run(), ORACLE_GRANTS],
  ["one host", model => runInOneHost(model), Infinity],
  ["several hosts", model => runOnHosts(model, chooseSpread(model, 7)), ORACLE_GRANTS],
];

const isLong = (expected: string | GrantCount, limit: number) =>
  typeof expected !== "string" && expected.grants > limit;

for (const [name, run, limit] of runners) {
  describe(`HELICS scenarios: ${name}`, () => {
    for (const { id, test, script, grants = {} } of helicsScenarios) {
      if (script === undefined || Object.values(grants).some(g => isLong(g, limit))) continue;
      it(`${id} ${test}`, () => {
        const play = stagePlay(script);
        assert.equal(run(play.model).fault, undefined);
        for (const [federate, expected] of Object.entries(grants)) {
          const granted = play.grants[federate];
          const actual =
            typeof expected === "string" ? granted.join(" ") : { grants: granted.length, last: granted.at(-1) };
          assert.deepEqual(actual, expected, federate);
        }
      });
    }
  });
}

describe("HELICS scenarios with more than grants", () => {
  it("S37 round robin with five: all within 0.1 of each other in fewer than 50 iterations", () => {
    const play = stagePlay({ ...averagingRing(["A", "B", "C", "D", "E"]), until: 0 });
    assert.equal(runInOneHost(play.model).fault, undefined);
    const last = Object.values(play.grants).map(granted => granted.at(-1) ?? "");
    const iterations = last.map(grant => Number(/#(\d+)/.exec(grant)?.[1]));
    const seen = last.flatMap(grant => (/\((.*)\)/.exec(grant)?.[1] ?? "").split(" ").map(Number));
    const spread = Math.max(...seen) - Math.min(...seen);
    console.log(`      ${Math.max(...iterations)} iterations, spread ${spread.toExponential(1)}`);
    assert.equal(seen.length, 10);
    assert.ok(Math.max(...iterations) < 50 && spread < 0.1);
  });

  it("the table in the documentation is this list", () => {
    const page = readFileSync(join(process.cwd(), "docs", "helics-scenarios.md"), "utf8");
    assert.ok(page.includes(helicsTable()), "docs/helics-scenarios.md lacks the table that helicsTable() gives");
    const verdicts = helicsScenarios.map(s => s.verdict);
    const count = (verdict: string) => verdicts.filter(v => v === verdict).length;
    assert.ok(
      page.includes(`${count("same")} are the same, ${count("differs")} differ, ${count("left out")} are left out`),
    );
  });
});

describe("HELICS scenarios that are refused", () => {
  for (const { id, test, refused } of helicsScenarios) {
    if (refused === undefined) continue;
    it(`${id} ${test}`, () => {
      const { federation } = drawFederation(refused);
      assert.deepEqual(findRefusals(federation), ["cycle of same-time links"]);
      assert.equal(planFederation(federation).plan, undefined);
    });
  }
});

/** One call of a federate in the recorded scenarios. */
interface RecordedStep {
  readonly fed: string;
  readonly op: string;
  readonly time?: number | string | { readonly less_than: number };
  readonly state?: string;
  readonly value?: number;
}

interface Recorded {
  readonly id: string;
  readonly source_test: string;
  readonly steps?: readonly RecordedStep[];
}

interface RecordedGrant {
  readonly time: RecordedStep["time"];
  readonly isIterating: boolean;
  readonly values: number[];
}

/** The grants of one federate, each with the values that it was seen to read then. */
function recordedGrants(steps: readonly RecordedStep[], federate: string): RecordedGrant[] {
  const grants: RecordedGrant[] = [];
  for (const { fed, op, time, state, value } of steps) {
    if (fed !== federate) continue;
    if (op === "exec_granted" || op === "granted") {
      const isAgain = time !== undefined && time === grants.at(-1)?.time;
      grants.push({
        time: op === "granted" ? time : "entry",
        isIterating: isAgain || state === "ITERATING",
        values: [],
      });
    } else if (op === "assert_value" && value !== undefined) {
      grants.at(-1)?.values.push(value);
    }
  }
  return grants;
}

/** Why a grant of ours, `1#2(3.5)`, is not the recorded one; undefined when it is. */
function findMismatch(ours: string | undefined, { time, isIterating, values }: RecordedGrant): string | undefined {
  const match = /^([^#(]+)(#\d+)?(?:\((.*)\))?$/.exec(ours ?? "");
  if (match === null) return `${JSON.stringify(time)} is not granted`;
  const [, at, iteration, reads = ""] = match;
  const seconds = time === "1+eps" ? 1 + 1e-9 : time;
  const isTime =
    typeof seconds === "object" ? Number(at) < seconds.less_than : seconds === "entry" || Number(at) === seconds;
  if (!isTime) return `${ours ?? ""} instead of ${JSON.stringify(time)}`;
  if (isIterating !== (iteration !== undefined))
    return `${ours ?? ""} ${isIterating ? "does not iterate" : "iterates"}`;
  const missing = values.find(value => !reads.split(" ").includes(String(value)));
  return missing === undefined ? undefined : `${ours ?? ""} does not read ${missing}`;
}

describe("HELICS scenarios as recorded", () => {
  it("list every scenario once, in order", function () {
    needReference(this, "helics-scenarios.json");
    const { scenarios } = readReferenceJson<{ scenarios: Recorded[] }>("helics-scenarios.json");
    assert.deepEqual(
      helicsScenarios.map(s => s.id),
      scenarios.map(s => s.id),
    );
  });

  it("have the grants of those called the same, and not of those called different", function () {
    needReference(this, "helics-scenarios.json");
    const { scenarios } = readReferenceJson<{ scenarios: Recorded[] }>("helics-scenarios.json");
    let compared = 0;
    for (const { id, verdict, grants } of helicsScenarios) {
      const steps = scenarios.find(s => s.id === id)?.steps;
      if (grants === undefined || steps === undefined) continue;
      const mismatches = Object.entries(grants).flatMap(([federate, expected]) => {
        if (typeof expected !== "string") return [];
        const ours = expected.match(/[^\s(]+(?:\([^)]*\))?/g) ?? [];
        const recorded = recordedGrants(steps, federate);
        compared += recorded.length;
        const surplus =
          ours.length > recorded.length
            ? [`${federate}: ${ours.slice(recorded.length).join(" ")} is not recorded`]
            : [];
        return [...recorded.flatMap((grant, i) => findMismatch(ours[i], grant) ?? []), ...surplus];
      });
      if (verdict === "same") assert.deepEqual(mismatches, [], id);
      else assert.notDeepEqual(mismatches, [], `${id} is the same`);
    }
    console.log(`      ${compared} recorded grants compared`);
    assert.ok(compared >= 100, `${compared}`);
  });
});
