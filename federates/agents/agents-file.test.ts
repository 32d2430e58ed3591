import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { agents } from "../../cases/neighbourhood/agents.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { comfortEntry, traderEntry } from "./agent-entry.js";
import { agentsFaults, readAgents } from "./agents-file.js";

const HOUSES = ["A", "B"];
const [published] = agents(housePlaces(1), 0);
const agent = (house: string, priceCapUsdPerKwh: number, sellerPriceUsdPerKwh = 0.01) => ({
  ...{ house, sellerPriceUsdPerKwh },
  agent: { ...published.agent, priceCapUsdPerKwh },
});

const problemsOf = (content: unknown, behaviour: "published" | "corrected" = "corrected", priceCapUsdPerKwh?: number) =>
  withFolder(folder => {
    writeFileSync(join(folder, "agents.json"), JSON.stringify(content));
    const settings = { agents: "agents.json", houses: HOUSES, priceCapUsdPerKwh };
    return agentsFaults(settings, { folder, behaviour }, traderEntry).map(({ path, problem }) => `${path}: ${problem}`);
  });

describe("an agents' file", () => {
  it("names the houses of the parameters in their order, no more and no fewer", async () => {
    assert.deepEqual(await problemsOf({ agents: [agent("A", 1), agent("B", 1)] }), []);
    const places = [
      [["B", "A"], 0],
      [["A", "C"], 1],
      [["A"], 1],
      [["A", "B", "C"], 2],
    ] as const;
    for (const [houses, place] of places)
      assert.deepEqual(await problemsOf({ agents: houses.map(house => agent(house, 1)) }), [
        `params.agents: Its houses differ from params.houses, first at place ${place}.`,
      ]);
  });

  it("holds a list; what it holds instead is no crash", async () => {
    for (const content of [{}, null, [], 7, { agents: { A: 1 } }])
      assert.deepEqual(await problemsOf(content), ['params.agents: agents.json holds no list "agents".']);
    assert.throws(() => readAgents({ agents: "none.json" }, "."), { code: "COSIM_DATA_INVALID" });
  });

  it("has values within their bounds; every other one is named with house, value and bound", async () => {
    const torn = agent("A", -1);
    const { rampSigma, ...blunt } = { ...torn.agent, deadbandF: 0, offsetLimitF: "2" };
    assert.ok(rampSigma > 0);
    const late = { ...blunt, schedule: { ...blunt.schedule, nightStartH: 25 } };
    const content = { agents: [{ ...torn, agent: late }, { house: "B" }] };
    assert.deepEqual(await problemsOf(content), [
      "params.agents: A.agent.schedule.nightStartH is 25; too big: expected number to be <=24.",
      "params.agents: A.agent.deadbandF is 0; too small: expected number to be >0.",
      'params.agents: A.agent.offsetLimitF is "2"; expected number, received string.',
      "params.agents: A.agent.rampSigma is missing.",
      "params.agents: A.agent.priceCapUsdPerKwh is -1; too small: expected number to be >0.",
      "params.agents: B.agent is missing.",
      "params.agents: B.sellerPriceUsdPerKwh is missing.",
    ]);
  });

  it("may hold any household that is drawn", () => {
    for (const entry of agents(housePlaces(3000), 7)) {
      assert.deepEqual(traderEntry.parse(entry), entry);
      assert.equal(comfortEntry.parse(entry).house, entry.house);
    }
  });

  it("lets no corrected agent bid above the market's cap, where the case tells it; names each with value and bound", async () => {
    const content = { agents: [agent("A", 2.5), agent("B", 1, 1.01)] };
    assert.deepEqual(await problemsOf(content, "corrected", 1), [
      "params.agents: A.agent.priceCapUsdPerKwh is 2.5, above the market's cap of 1 USD/kWh.",
      "params.agents: B.sellerPriceUsdPerKwh is 1.01, above the market's cap of 1 USD/kWh.",
    ]);
    assert.deepEqual(await problemsOf(content, "corrected"), []);
    assert.deepEqual(await problemsOf(content, "published", 1), []);
  });
});
