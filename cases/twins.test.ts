import assert from "node:assert/strict";
import { twinFaults, twinOf } from "./twins.js";

const given = {
  format: "gridloom-case/1",
  name: "pair",
  start: "2020-01-01T00:00:00Z",
  until: "1h",
  federates: { hub: { use: "counter", period: "60s" }, leaf: { use: "echo" } },
  links: ["hub.count -> leaf.in", { from: "leaf.out", to: "hub.echo", delay: "1s" }],
};

const faultsOf = async (twins: unknown) =>
  (await twinFaults({ value: { ...given, twins }, folder: "." })).map(({ path, problem }) => `${path} ${problem}`);

describe("twins of a case", () => {
  it("are found by name, and a wrong name is told those that there are", () => {
    const value = { ...given, twins: { slow: ["federates.hub.period=120s"], late: ["links[1].delay=5s"] } };
    assert.deepEqual(twinOf(value, "late"), ["links[1].delay=5s"]);
    assert.throws(() => twinOf(value, "fast"), { code: "COSIM_OPTION_INVALID", message: /Its twins are slow, late\./ });
    assert.throws(() => twinOf(given, "fast"), { message: /names none; add them to case\.json under "twins"/ });
    assert.throws(() => twinOf(value, "constructor"), { code: "COSIM_OPTION_INVALID" });
  });

  it("are free of faults when every change fits and the changed case can run", async () => {
    assert.deepEqual(await faultsOf({ slow: ["federates.hub.period=120s", "until=2h"] }), []);
    assert.deepEqual(await faultsOf(undefined), []);
  });

  it("name the change that leads nowhere and the fault of the case that a change makes", async () => {
    const [first, second, ...others] = await faultsOf({
      a: ["until=2h", "federates.hubs.period=1s"],
      b: ["federates.leaf.use=ehco"],
    });
    assert.equal(first, 'twins.a[1] is "federates.hubs.period=1s"; there is no "hubs".');
    assert.match(second, /^twins\.b: federates\.leaf\.use There is no kind of federate "ehco"/);
    assert.deepEqual(others, []);
  });
});
