import assert from "node:assert/strict";
import { feederFile } from "../../cases/neighbourhood/feeder.js";
import { housePlaces } from "../../cases/neighbourhood/premises.js";
import { chargeMeters, createBills } from "./bills.js";
import { createNetwork, meterNames } from "./network.js";
import { setSource, solveNetwork, takeLoads, type NetworkLoads } from "./network-step.js";

const COUNT = 6;
const file = feederFile(housePlaces(COUNT));
const SOURCE_V = 130_688;

function loadsOf(houseW: number, pvW: number, buildingPower = 50_000): NetworkLoads {
  const vector = (value: number) => new Float64Array(COUNT).fill(value);
  return {
    constantPower: vector(houseW),
    constantPowerReactive: vector(0),
    constantCurrent: vector(0),
    constantCurrentReactive: vector(0),
    constantImpedance: vector(0),
    constantImpedanceReactive: vector(0),
    pvPower: vector(-pvW),
    pvReactivePower: vector(0),
    batteryPower: vector(0),
    buildingPower,
  };
}

function solved(loads: NetworkLoads) {
  const network = createNetwork(file, 1e-10);
  setSource(network, SOURCE_V);
  takeLoads(network, loads);
  return solveNetwork(network);
}

describe("the feeder's network", () => {
  it("takes at its head what customers take and lines lose", () => {
    const { distributionLoad, customerLoad, losses } = solved(loadsOf(3000, 1000));
    assert.ok(Math.abs(distributionLoad.re - customerLoad.re - losses.re) < 1e-3);
    assert.ok(Math.abs(distributionLoad.im - customerLoad.im - losses.im) < 1e-3);
    assert.ok(losses.re > 0);
  });

  it("shows at each billing meter the house less its panels, and at the last one the building", () => {
    const { meterPower, buildingLoad } = solved(loadsOf(3000, 1000));
    for (let m = 0; m < COUNT; m++) assert.ok(Math.abs(meterPower[m] - 2000) < 2, `meter ${m}: ${meterPower[m]} W`);
    assert.ok(Math.abs(meterPower[COUNT] - 50_000) < 1);
    assert.equal(buildingLoad.re, meterPower[COUNT]);
  });

  it("lowers a house's voltage by load and raises it by sun", () => {
    const voltage = (houseW: number, pvW: number) => solved(loadsOf(houseW, pvW)).houseVoltage[0];
    assert.ok(voltage(6000, 0) < voltage(1000, 0));
    assert.ok(voltage(1000, 6000) > voltage(1000, 0));
  });

  it("names the load or node that a file gets wrong", () => {
    const wrong = { ...file, building: { ...file.building, meter: "nowhere" } };
    assert.throws(() => createNetwork(wrong, 1e-7), /no node "nowhere"/);
  });
});

describe("bills", () => {
  it("charge energy at the market's price, the building at its own; a net seller is paid", () => {
    const bills = createBills(file, 0.1);
    const power = new Float64Array(meterNames(file).length).fill(2000);
    power[1] = -1000;
    bills.price = 0.05;
    chargeMeters(bills, power, 3600);
    assert.ok(Math.abs(bills.usd[0] - 0.1) < 1e-12);
    assert.ok(Math.abs(bills.usd[1] + 0.05) < 1e-12);
    assert.ok(Math.abs(bills.usd[COUNT] - 0.2) < 1e-12);
  });
});
