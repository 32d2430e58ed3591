import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../../testing/case-runner.js";
import { agentsFaults, readAgents } from "./agents-file.js";

const HOUSES = ["A", "B"];
const agent = (house: string, priceCapUsdPerKwh: number, sellerPriceUsdPerKwh = 0.01) => ({
  ...{ house, sellerPriceUsdPerKwh },
  agent: { deadbandF: 2, priceCapUsdPerKwh },
});

const problemsOf = (content: unknown, behaviour: "published" | "corrected" = "corrected", priceCapUsdPerKwh?: number) =>
  withFolder(folder => {
    writeFileSync(join(folder, "agents.json"), JSON.stringify(content));
    const settings = { agents: "agents.json", houses: HOUSES, priceCapUsdPerKwh };
    return agentsFaults(settings, { folder, behaviour }).map(({ path, problem }) => `${path}: ${problem}`);
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
