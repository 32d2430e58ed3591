import { type Places, terminalEnds, terminalNominalV } from "./places.js";
import type { CapacitorDescription, FeederDescription } from "./description.js";

/** Conductor that draws the current, conductor whose voltage drives it, susceptance in siemens. */
export type Shunts = readonly (readonly [row: number, column: number, siemens: number])[];

/** Shunt susceptances of capacitors and of both ends of lines. */
export function collectShunts(description: FeederDescription, places: Places): Shunts {
  const capacitors = (description.capacitors ?? []).flatMap(bank => capacitorShunts(bank, places));
  return [...capacitors, ...chargingShunts(places)];
}

function capacitorShunts(bank: CapacitorDescription, places: Places): Shunts {
  const ground = places.firstConductor[places.parts.length];
  return bank.terminals.flatMap((terminal, k) => {
    const [from, to] = terminalEnds(terminal, bank.node, places);
    const nominalV = terminalNominalV(terminal, bank, places);
    const siemens = bank.ratedVar[k] / (nominalV * nominalV);
    const all: Shunts = [
      [from, from, siemens],
      [to, to, siemens],
      [from, to, -siemens],
      [to, from, -siemens],
    ];
    return all.filter(([row, column]) => row !== ground && column !== ground);
  });
}

function chargingShunts({ parts, firstConductor, nodeOf }: Places): Shunts {
  return parts.flatMap(({ model, feed }, n) => {
    if (!feed || !model?.chargingSiemens) return [];
    const near = firstConductor[nodeOf.get(feed.parent.node.name) ?? 0];
    const far = firstConductor[n];
    const entries = model.chargingSiemens.flatMap((row, i) => row.map((siemens, j) => [i, j, siemens] as const));
    return entries
      .filter(([, , siemens]) => siemens !== 0)
      .flatMap(([i, j, siemens]) => [
        [near + model.upstream[i], near + model.upstream[j], siemens] as const,
        [far + i, far + j, siemens] as const,
      ]);
  });
}
