import type { Complex } from "../../broker/wire/index.js";
import { branchLoadingPercent, loadPowerVa, measureFlows, solveFeeder, type Feeder } from "../../models/index.js";
import type { Network } from "./network.js";

/** A balanced source: phase A at angle 0, B and C behind it by 120 and 240 degrees. */
export function setSource({ sourceVoltage }: Network, volts: number): void {
  const sine = Math.sqrt(3) / 2;
  sourceVoltage.set([volts, 0, -volts / 2, -volts * sine, -volts / 2, volts * sine]);
}

/** What the premises and the building ask for, in the order of the feeder file. */
export interface NetworkLoads {
  readonly constantPower: Float64Array;
  readonly constantPowerReactive: Float64Array;
  readonly constantCurrent: Float64Array;
  readonly constantCurrentReactive: Float64Array;
  readonly constantImpedance: Float64Array;
  readonly constantImpedanceReactive: Float64Array;
  /** Of the branches beside the houses; left out where a case has none of a kind. */
  readonly pvPower?: Float64Array | undefined;
  readonly pvReactivePower?: Float64Array | undefined;
  readonly batteryPower?: Float64Array | undefined;
  readonly storagePower?: Float64Array | undefined;
  readonly vehiclePower?: Float64Array | undefined;
  readonly buildingPower: number;
}

/** Puts the loads in their places. */
export function takeLoads(network: Network, given: NetworkLoads): void {
  const { loads, houseElement, buildingElement } = network;
  for (let i = 0; i < houseElement.length; i++) {
    const house = houseElement[i];
    loads.constantPowerW[house] = given.constantPower[i];
    loads.constantPowerVar[house] = given.constantPowerReactive[i];
    loads.constantCurrentW[house] = given.constantCurrent[i];
    loads.constantCurrentVar[house] = given.constantCurrentReactive[i];
    loads.constantImpedanceW[house] = given.constantImpedance[i];
    loads.constantImpedanceVar[house] = given.constantImpedanceReactive[i];
  }
  scatter(given.pvPower, network.pvElement, loads.constantPowerW);
  scatter(given.pvReactivePower, network.pvElement, loads.constantPowerVar);
  scatter(given.batteryPower, network.batteryElement, loads.constantPowerW);
  scatter(given.storagePower, network.storageElement, loads.constantPowerW);
  scatter(given.vehiclePower, network.vehicleElement, loads.constantPowerW);
  for (const element of buildingElement) loads.constantPowerW[element] = given.buildingPower / buildingElement.length;
}

function scatter(values: Float64Array | undefined, element: Int32Array, into: Float64Array): void {
  if (values === undefined) return;
  for (let i = 0; i < element.length; i++) if (element[i] >= 0) into[element[i]] = values[i];
}

/** Solves the power flow and returns what the federate publishes. */
export function solveNetwork(network: Network) {
  const { feeder, loads, measures, sourceVoltage, tolerancePu } = network;
  solveFeeder(feeder, sourceVoltage, loads, { tolerancePu });
  measureFlows(feeder, measures);
  readVoltages(network);
  readMeters(network);
  const customers = loadPowerVa(feeder, loads);
  const building = network.meterNode[network.meterNode.length - 1];
  return {
    distributionLoad: { re: measures.sourceVa[0], im: measures.sourceVa[1] },
    losses: { re: measures.lossVa[0], im: measures.lossVa[1] },
    customerLoad: customers,
    ...(network.premisesNode >= 0 && { premisesPower: measures.nodeVa[2 * network.premisesNode] }),
    buildingLoad: { re: measures.nodeVa[2 * building], im: measures.nodeVa[2 * building + 1] },
    buildingVoltage: voltageBetween(feeder, feeder.firstConductor[building]),
    houseVoltage: network.houseVoltagePu,
    meterPower: network.meterPowerW,
    meterReactivePower: network.meterReactiveVar,
    meterVoltage: network.meterVoltageV,
    meterLegVoltage: network.meterLegV,
    meterVoltagePu: network.meterVoltagePu,
    meterUnbalance: network.meterUnbalanceV,
    transformerOverload: network.transformerOverload,
  };
}

/** Voltage from a conductor to the next one of its node. */
function voltageBetween({ voltage }: Feeder, conductor: number): Complex {
  const at = 2 * conductor;
  return { re: voltage[at] - voltage[at + 2], im: voltage[at + 1] - voltage[at + 3] };
}

function readVoltages({ feeder, houseNode, houseVoltagePu, transformerBranch, transformerOverload }: Network): void {
  const { voltage, firstConductor, nominalV } = feeder;
  for (let i = 0; i < houseNode.length; i++) {
    const leg = 2 * firstConductor[houseNode[i]];
    const re = voltage[leg] - voltage[leg + 2];
    const im = voltage[leg + 1] - voltage[leg + 3];
    houseVoltagePu[i] = Math.sqrt(re * re + im * im) / (2 * nominalV[houseNode[i]]);
  }
  for (let t = 0; t < transformerBranch.length; t++) {
    transformerOverload[t] = Math.max(0, branchLoadingPercent(feeder, transformerBranch[t]) - 100);
  }
}

function readMeters(network: Network): void {
  const { feeder, meterNode, meterPowerW, meterReactiveVar, measures } = network;
  for (let m = 0; m < meterNode.length; m++) {
    meterPowerW[m] = measures.nodeVa[2 * meterNode[m]];
    meterReactiveVar[m] = measures.nodeVa[2 * meterNode[m] + 1];
    const first = feeder.firstConductor[meterNode[m]];
    readMeterVoltage(network, m, first, feeder.firstConductor[meterNode[m] + 1]);
    network.meterVoltagePu[m] = network.meterLegV[m] / feeder.nominalV[meterNode[m]];
  }
}

/**
 * Voltages that a meter of `first` up to `end` conductors shows. Leg 2 of a triplex meter is opposite to leg 1,
 * so the two legs are 240 V apart; a three-phase meter shows the mean of its three line voltages.
 */
function readMeterVoltage(
  { feeder, meterVoltageV, meterLegV, meterUnbalanceV }: Network,
  m: number,
  first: number,
  end: number,
): void {
  const { voltage } = feeder;
  const count = end - first;
  let legs = 0;
  let between = 0;
  for (let c = first; c < end; c++) {
    const next = c + 1 === end ? first : c + 1;
    legs += Math.sqrt(voltage[2 * c] * voltage[2 * c] + voltage[2 * c + 1] * voltage[2 * c + 1]);
    const re = voltage[2 * c] - voltage[2 * next];
    const im = voltage[2 * c + 1] - voltage[2 * next + 1];
    between += Math.sqrt(re * re + im * im);
  }
  meterLegV[m] = legs / count;
  meterVoltageV[m] = between / count;
  let worst = 0;
  for (let c = first; c < end; c++) {
    const leg = Math.sqrt(voltage[2 * c] * voltage[2 * c] + voltage[2 * c + 1] * voltage[2 * c + 1]);
    worst = Math.max(worst, Math.abs(leg - legs / count));
  }
  meterUnbalanceV[m] = worst;
}
