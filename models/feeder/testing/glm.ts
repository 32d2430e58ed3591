import { diagonal } from "../complex-matrix.js";
import type {
  FeederDescription,
  LineCode,
  LoadDescription,
  NodeDescription,
  Phases,
  Terminal,
  TransformerDescription,
  ZipPart,
} from "../description.js";
import { cableLineCode, overheadLineCode, type Wire } from "../line-geometry.js";
import { growTree } from "../tree.js";

type GlmObject = Readonly<Record<string, string>>;
type Complex = readonly [re: number, im: number];

const MILE_PER_FOOT = 1 / 5280;
const KM_PER_MILE = 1.609344;

/** Reads as much of a flat GridLAB-D model as the IEEE test feeders use; test support, not an importer. */
export function readGlm(text: string): FeederDescription {
  const objects = parseObjects(text);
  const all = [...new Set(objects.values())];
  const ofClass = (...classes: string[]): GlmObject[] => all.filter(object => classes.includes(object["class"]));
  const nameOf = (reference: string): string => objects.get(reference)?.["name"] ?? reference;
  const isCharging = /line_capacitance\s+true/i.test(text);
  const switches = ofClass("switch").filter(one => one["status"] !== "OPEN");
  const ends = (object: GlmObject) => ({
    name: object["name"],
    from: nameOf(object["from"]),
    to: nameOf(object["to"]),
  });
  const spots = ofClass("node", "load", "meter").filter(object => !object["parent"]);
  const lines = ofClass("overhead_line", "underground_line");
  const configuration = (object: GlmObject): GlmObject => objects.get(object["configuration"]) ?? {};
  const secondaryV = new Map(
    ofClass("transformer").map(one => [nameOf(one["to"]), number(configuration(one)["secondary_voltage"])]),
  );
  return dropIslands({
    source: spots.find(object => object["bustype"] === "SWING")?.["name"] ?? "",
    nodes: spots.map(spot => readNode(spot, secondaryV.get(spot["name"]))),
    lineCodes: [
      ...lines
        .map(line => readCode(line, configuration(line), objects))
        .map(isCharging ? code => code : withoutCharging),
      ...switches.map(switchCode),
    ],
    lines: [
      ...lines.map(line => ({
        ...ends(line),
        code: line["name"],
        lengthKm: number(line["length"]) * MILE_PER_FOOT * KM_PER_MILE,
      })),
      ...switches.map(one => ({ ...ends(one), code: one["name"], lengthKm: 1 })),
    ],
    transformers: ofClass("transformer").map(one => ({ ...ends(one), ...readTransformer(configuration(one)) })),
    regulators: ofClass("regulator").map(one => ({
      ...ends(one),
      ratios: tapRatios(one, configuration(one)),
      resistanceOhm: 1e-4,
    })),
    loads: ofClass("load").flatMap(load => readLoad(load, nameOf(load["parent"] ?? load["name"]))),
  });
}

function parseObjects(text: string): Map<string, GlmObject> {
  const objects = new Map<string, GlmObject>();
  const bare = text.replaceAll(/\/\/.*$/gm, "");
  for (const [, kind, id, body] of bare.matchAll(/object\s+(\w+)(?::(\w+))?\s*\{([^}]*)\}/g)) {
    const object: Record<string, string> = { class: kind };
    for (const [, key, value] of body.matchAll(/(\w+)\s+([^;]+?)\s*;/g)) object[key] = value.replaceAll('"', "");
    const alias = id ? `${kind}:${id}` : object["name"];
    object["name"] ??= alias ?? `${object["from"]}-${object["to"]}`;
    for (const key of [alias, object["name"]]) if (key) objects.set(key, object);
  }
  return objects;
}

/** Leaves out what lies behind open switches. */
function dropIslands(description: FeederDescription): FeederDescription {
  const { members } = growTree(description);
  const reached = new Set(members.map(({ node }) => node.name));
  const { nodes, lines = [] } = description;
  return {
    ...description,
    nodes: nodes.filter(({ name }) => reached.has(name)),
    lines: lines.filter(({ from }) => reached.has(from)),
  };
}

/** Behind a transformer these models state the line-to-line voltage. */
function readNode(object: GlmObject, lineToLineV?: number): NodeDescription {
  const nominalV = lineToLineV ? lineToLineV / Math.sqrt(3) : number(object["nominal_voltage"]);
  return { name: object["name"], phases: phasesOf(object), nominalV };
}

function phasesOf(object: GlmObject): Phases {
  return [..."ABC"].filter(phase => object["phases"].includes(phase)).join("") as Phases;
}

function readCode(line: GlmObject, configuration: GlmObject, objects: Map<string, GlmObject>): LineCode {
  const phases: string[] = [...phasesOf(line)];
  const neutrals = line["phases"].includes("N") || line["class"] === "underground_line" ? ["N"] : [];
  const conductors = [...phases, ...neutrals.filter(neutral => configuration[`conductor_${neutral}`])];
  const parts = conductors.map(one => objects.get(configuration[`conductor_${one}`]) ?? {});
  const spacing = objects.get(configuration["spacing"]) ?? {};
  const distance = (a: string, b: string): number =>
    number(spacing[`distance_${a}${b}`] ?? spacing[`distance_${b}${a}`] ?? "0");
  const spacingFt = conductors.map(a => conductors.map(b => distance(a, b)));
  const name = line["name"];
  if (line["class"] === "underground_line") {
    const cables = parts.slice(0, phases.length).map(readCable);
    return cableLineCode({ name, cables, neutrals: parts.slice(phases.length).map(readCable), spacingFt });
  }
  const geometry = { name, wires: parts.map(readWire), phaseCount: phases.length, spacingFt };
  if (parts.some(part => !part["diameter"]) || distance("A", "E") + distance("C", "E") === 0)
    return overheadLineCode(geometry);
  const heightFt = conductors.map(one => distance(one, "E"));
  return overheadLineCode({ ...geometry, heightFt, diameterIn: parts.map(part => number(part["diameter"])) });
}

/** GridLAB-D's Newton solver gives regulators 1e-4 ohm, and closed switches 1e-4 - j1e-4 ohm: V / I in its own results. */
function switchCode(object: GlmObject): LineCode {
  const { re, im } = diagonal(phasesOf(object).length, 1e-4, -1e-4);
  return { name: object["name"], resistanceOhmPerKm: re, reactanceOhmPerKm: im };
}

function withoutCharging({ name, resistanceOhmPerKm, reactanceOhmPerKm }: LineCode): LineCode {
  return { name, resistanceOhmPerKm, reactanceOhmPerKm };
}

function readWire(object: GlmObject): Wire {
  return { resistanceOhmPerMile: number(object["resistance"]), gmrFt: number(object["geometric_mean_radius"]) };
}

function readCable(object: GlmObject) {
  return {
    resistanceOhmPerMile: number(object["conductor_resistance"]),
    gmrFt: number(object["conductor_gmr"]),
    diameterIn: number(object["conductor_diameter"]),
    outerDiameterIn: number(object["outer_diameter"]),
    strands: number(object["neutral_strands"]),
    strandResistanceOhmPerMile: number(object["neutral_resistance"]),
    strandGmrFt: number(object["neutral_gmr"]),
    strandDiameterIn: number(object["neutral_diameter"]),
  };
}

function readTransformer(configuration: GlmObject): Omit<TransformerDescription, "name" | "from" | "to"> {
  return {
    connection: configuration["connect_type"] === "DELTA_DELTA" ? "delta-delta" : "wye-wye",
    ratedVa: 1000 * number(configuration["power_rating"]),
    primaryV: number(configuration["primary_voltage"]),
    secondaryV: number(configuration["secondary_voltage"]),
    resistancePu: number(configuration["resistance"]),
    reactancePu: number(configuration["reactance"]),
  };
}

/** 32 steps of 5/8 percent. */
function tapRatios(regulator: GlmObject, configuration: GlmObject): number[] {
  return [...phasesOf(regulator)].map(phase => 1 + 0.00625 * number(configuration[`tap_pos_${phase}`] ?? "0"));
}

const PARTS = {
  constant_power: ["constantPowerW", "constantPowerVar"],
  constant_current: ["constantCurrentW", "constantCurrentVar"],
  constant_impedance: ["constantImpedanceW", "constantImpedanceVar"],
} as const satisfies Record<string, readonly [ZipPart, ZipPart]>;

/** Angles of the phases A, B, C and of the pairs AB, BC, CA at nominal voltage. */
const WYE_DEG = { A: 0, B: -120, C: 120 } as const;
const DELTA_DEG = { AB: 30, BC: -90, CA: 150 } as const;

function readLoad(object: GlmObject, node: string): LoadDescription[] {
  const isDelta = object["phases"].includes("D");
  const nominalV = number(object["nominal_voltage"]) * (isDelta ? Math.sqrt(3) : 1);
  const angles: readonly (readonly [string, number])[] = Object.entries(isDelta ? DELTA_DEG : WYE_DEG);
  const used = angles.filter(([terminal]) => Object.keys(PARTS).some(part => object[`${part}_${terminal.charAt(0)}`]));
  if (used.length === 0) return [];
  const powers: Partial<Record<ZipPart, number[]>> = {};
  for (const [part, [watt, reactive]] of Object.entries(PARTS)) {
    const values = used.map(([terminal, degrees]) => {
      const value = complex(object[`${part}_${terminal.charAt(0)}`] ?? "0");
      return nominalPower(part, value, nominalV, degrees);
    });
    powers[watt] = values.map(([re]) => re);
    powers[reactive] = values.map(([, im]) => im);
  }
  return [{ name: object["name"], node, terminals: used.map(([terminal]) => terminal as Terminal), powers }];
}

/** GridLAB-D gives currents in ampere at nominal angles and impedances in ohm. */
function nominalPower(part: string, [re, im]: Complex, nominalV: number, degrees: number): Complex {
  if (part === "constant_power" || (re === 0 && im === 0)) return [re, im];
  if (part === "constant_impedance") {
    const perOhm = (nominalV * nominalV) / (re * re + im * im);
    return [re * perOhm, im * perOhm];
  }
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [nominalV * (cos * re + sin * im), nominalV * (sin * re - cos * im)];
}

function number(text: string | undefined): number {
  return Number.parseFloat(text ?? "NaN");
}

function complex(text: string): Complex {
  const [, re = "0", im = "0"] = /^([+-]?[\d.]+(?![\d.]*j))?(?:([+-]?[\d.]+)j)?/.exec(text) ?? [];
  return [Number(re), Number(im)];
}
