import type {
  FeederDescription,
  LineDescription,
  LoadDescription,
  NodeDescription,
  TransformerDescription,
} from "../description.js";
import { triplexLineCode } from "../line-geometry.js";

const KM_PER_FOOT = 0.0003048;
const SERVICE = triplexLineCode({
  name: "TLCFG",
  resistanceOhmPerMile: 0.57,
  gmrFt: 0.011,
  diameterIn: 0.368,
  insulationIn: 0.08,
});

/** Loads of one house: appliances on both legs and 240 V, a battery and a PV inverter at 240 V. */
export type PremisesPowers = (house: number) => {
  readonly house?: LoadDescription["powers"];
  readonly battery?: LoadDescription["powers"];
  readonly photovoltaics?: LoadDescription["powers"];
};

/**
 * The 30-house test feeder (substation, a school, houses behind a 150-kVA centre-tapped transformer), or more of the same:
 * one transformer for every 30 houses, over the phases A, B, C in turn, and a substation that is large enough.
 */
export function premisesFeeder(houses: number, powers: PremisesPowers = () => ({})): FeederDescription {
  const groups = Array.from({ length: Math.ceil(houses / 30) }, (_, group) => group);
  const all = Array.from({ length: houses }, (_, house) => house);
  return {
    source: "network_node",
    nodes: [
      { name: "network_node", phases: "ABC", nominalV: 133000 },
      { name: "transformer_meter", phases: "ABC", nominalV: 7200 },
      { name: "Eplus_meter", phases: "ABC", nominalV: 277 },
      ...groups.map(group => triplexNode(`triplex ${group}`)),
      ...all.flatMap(premisesNodes),
    ],
    lineCodes: [SERVICE],
    lines: all.flatMap(premisesLines),
    transformers: [
      {
        name: "sub_transformer",
        from: "network_node",
        to: "transformer_meter",
        connection: "wye-wye",
        ratedVa: 450e3 * groups.length,
        primaryV: 133000,
        secondaryV: 7200,
        resistancePu: 0.0015,
        reactancePu: 0.00675,
      },
      {
        name: "Eplus_Transformer",
        from: "transformer_meter",
        to: "Eplus_meter",
        connection: "wye-wye",
        ratedVa: 450e3,
        primaryV: 12470,
        secondaryV: 480,
        resistancePu: 0.015,
        reactancePu: 0.0675,
      },
      ...groups.map(centreTap),
    ],
    loads: [
      { name: "unresp_load", node: "transformer_meter", terminals: ["A", "B", "C"], powers: UNRESPONSIVE },
      { name: "Eplus_load", node: "Eplus_meter", terminals: ["A", "B", "C"], powers: SCHOOL },
      ...all.map(i => ({
        name: `house ${i}`,
        node: `house_A${i}`,
        terminals: ["1", "2", "12"] as const,
        powers: powers(i).house,
      })),
      ...all.map(i => ({
        name: `battery ${i}`,
        node: `batt_A${i}`,
        terminals: ["12"] as const,
        powers: powers(i).battery,
      })),
      ...all.map(i => ({
        name: `pv ${i}`,
        node: `tpm_A${i}`,
        terminals: ["12"] as const,
        powers: powers(i).photovoltaics,
      })),
    ],
  };
}

/** The unresponsive load, and the school's load at 10:42:01 with its meter's own 1 + j15 VA. */
const UNRESPONSIVE = {
  constantPowerW: [15946.6932, 20840.697, 18726.2091],
  constantPowerVar: [7723.33601583, 10093.6102373, 9069.51700695],
};
const SCHOOL = { constantPowerW: [65697.667, 65697.667, 65697.667], constantPowerVar: [5, 5, 5] };

function centreTap(group: number): TransformerDescription {
  return {
    name: `centre tap ${group}`,
    from: "transformer_meter",
    to: `triplex ${group}`,
    connection: "centre-tapped",
    phase: (["A", "B", "C"] as const)[group % 3],
    ratedVa: 150e3,
    primaryV: 7200,
    secondaryV: 120,
    resistancePu: 0.015,
    reactancePu: 0.0675,
  };
}

function triplexNode(name: string): NodeDescription {
  return { name, phases: "12", nominalV: 120 };
}

function premisesNodes(i: number): NodeDescription[] {
  return [`tpm_A${i}`, `tpm_A${i}_node`, `house_A${i}`, `batt_A${i}`].map(triplexNode);
}

function premisesLines(i: number): LineDescription[] {
  const line = (from: string, to: string, feet: number): LineDescription => ({
    name: `to ${to}`,
    from,
    to,
    code: SERVICE.name,
    lengthKm: feet * KM_PER_FOOT,
  });
  return [
    line(`triplex ${Math.floor(i / 30)}`, `tpm_A${i}`, 10),
    line(`tpm_A${i}`, `tpm_A${i}_node`, 1),
    line(`tpm_A${i}_node`, `house_A${i}`, 1),
    line(`tpm_A${i}_node`, `batt_A${i}`, 1),
  ];
}
