import type { FederateShape, Federation, InputShape, LinkShape, OutputShape } from "../federation.js";
import { Dice } from "./dice.js";
import { hashingFederate, jitteryLink, type Flavour, type Habit, type Jitter } from "./habits.js";
import { findLevels, ownerOf } from "./levels.js";
import type { Model } from "./model.js";

/** A random federation as plain data: it can be printed, cut down and run again. */
export interface Sketch {
  readonly federation: Federation;
  readonly habits: Readonly<Record<string, Habit>>;
  readonly jitters: Readonly<Record<string, Jitter>>;
}

/** The name by which a sketch knows a link, whatever its place in the list. */
export function linkKey({ from, to }: LinkShape): string {
  return `${from} -> ${to}`;
}

/** A valid random federation of 2 to 7 federates; the same seed gives the same one. */
export function sketchFederation(seed: number): Sketch {
  const dice = new Dice(seed);
  const names = dice.shuffle(["a", "b", "c", "d", "e", "f", "g"].slice(0, 2 + dice.roll(6)));
  const federates = names.map(name => sketchFederate(dice, name));
  const flavours = Object.fromEntries(federates.map(f => [f.name, sketchFlavours(dice, f)]));
  const links = settleIterating(
    federates.flatMap(target => sketchLinks(dice, federates, target, flavours)),
    names,
  );
  const listed = dice.shuffle(federates.map(f => wakeIterated(f, links)));
  const bounds = { maxIterations: dice.chance(10) ? 3 : 30, maxActivationsPerSecond: dice.chance(5) ? 6 : 1000 };
  const federation = {
    federates: listed,
    links: dice.shuffle(links),
    until: 20 + dice.roll(30),
    ticksPerSecond: 10,
    ...bounds,
  };
  const habits = Object.fromEntries(names.map(n => [n, sketchHabit(dice, flavours[n])]));
  const jittery = links.filter(l => l.delay !== undefined && dice.chance(30));
  return { federation, habits, jitters: Object.fromEntries(jittery.map(l => [linkKey(l), sketchJitter(dice)])) };
}

/** The model of a sketch. */
export function modelOf({ federation, habits, jitters }: Sketch): Model {
  const { federates, links } = federation;
  const entries = federates.map(f => [f.name, () => hashingFederate(f, habits[f.name], links)] as const);
  const wrapped = links.flatMap((l, i) => {
    const jitter = jitters[linkKey(l)] as Jitter | undefined;
    return jitter === undefined ? [] : [[i, jitteryLink(jitter)] as const];
  });
  return { federation, behaviours: Object.fromEntries(entries), wrappers: new Map(wrapped) };
}

function sketchFederate(dice: Dice, name: string): FederateShape {
  const inputs = Array.from({ length: dice.roll(4) }, (_, i) => sketchInput(dice, `i${i}`));
  const outputs: OutputShape[] = [{ name: "x", carries: "value" }];
  if (dice.chance(30)) outputs.push({ name: "w", carries: "value" });
  if (dice.chance(60)) outputs.push({ name: "m", carries: "messages" });
  return { name, ...sketchTiming(dice), inputs, outputs };
}

function sketchTiming(dice: Dice): Partial<FederateShape> {
  if (dice.chance(55)) return dice.chance(40) ? { startsAt: dice.roll(10) } : {};
  const period = 1 + dice.roll(10);
  const offset = dice.pick([undefined, period, dice.roll(8)]);
  return { period, offset, wakesOnGrid: dice.chance(40) };
}

function sketchInput(dice: Dice, name: string): InputShape {
  const wakes = dice.pick(["never", "any", "change", "change"] as const);
  if (dice.chance(30)) return { name, carries: "messages", wakes };
  const initial = dice.chance(20) ? dice.roll(3) : undefined;
  const combine = dice.chance(45) ? dice.pick(["sum", "min", "max", "mean", "list"] as const) : undefined;
  return { name, carries: "value", wakes, combine, initial };
}

function sketchFlavours(dice: Dice, { outputs }: FederateShape): Record<string, Flavour> {
  const flavours: Flavour[] = ["digit", "digit", "seventh", "vector", "record"];
  return Object.fromEntries(outputs.map(o => [o.name, dice.pick(flavours)]));
}

function sketchHabit(dice: Dice, flavours: Record<string, Flavour>): Habit {
  return {
    seed: dice.roll(1e9),
    flavours,
    wakesPercent: dice.pick([0, 30, 60]),
    publishesPercent: dice.pick([40, 70, 100]),
  };
}

function sketchJitter(dice: Dice): Jitter {
  return {
    seed: dice.roll(1e9),
    spread: dice.roll(6),
    lossPercent: dice.pick([0, 20]),
    copyPercent: dice.pick([0, 20]),
  };
}

/** Links into every input of one federate; `federates` stand in an order that same-time links follow. */
function sketchLinks(
  dice: Dice,
  federates: readonly FederateShape[],
  target: FederateShape,
  flavours: Readonly<Record<string, Readonly<Record<string, Flavour>>>>,
): LinkShape[] {
  const isNumber = (flavour: Flavour) => flavour === "digit" || flavour === "seventh";
  return target.inputs.flatMap(input => {
    const numeric = input.combine !== undefined && input.combine !== "list";
    const sources = federates.flatMap((source, at) => {
      const fits = source.outputs.filter(
        o => o.carries === input.carries && (!numeric || isNumber(flavours[source.name][o.name])),
      );
      return fits.map(o => ({ from: `${source.name}.${o.name}`, isEarlier: at < federates.indexOf(target) }));
    });
    const single = input.carries === "value" && input.combine === undefined;
    const chosen = dice.shuffle(sources).slice(0, single ? 1 : 1 + dice.roll(3));
    return chosen.map(({ from, isEarlier }) => ({
      from,
      to: `${target.name}.${input.name}`,
      ...sketchKind(dice, isEarlier),
    }));
  });
}

function sketchKind(dice: Dice, isEarlier: boolean): Pick<LinkShape, "delay" | "iterate"> {
  const kind = dice.pick(isEarlier ? ["same", "same", "same", "delayed", "iterating"] : ["delayed", "iterating"]);
  if (kind === "delayed") return { delay: 1 + dice.roll(8) };
  return kind === "iterating" ? { iterate: true } : {};
}

/** Iterating links that turn out to be in no loop become same-time links, or delayed ones where those would close a cycle. */
function settleIterating(links: readonly LinkShape[], names: readonly string[]): LinkShape[] {
  const federates = names.map(name => ({ name, inputs: [], outputs: [] }));
  const levels = findLevels({ federates, links, until: 0 });
  const settled = links.map(link => {
    const { from, to } = link;
    if (link.iterate !== true || levels.get(ownerOf(from))?.loop.includes(ownerOf(to))) return link;
    return names.indexOf(ownerOf(from)) < names.indexOf(ownerOf(to)) ? { from, to } : { from, to, delay: 1 };
  });
  return settled.every((link, i) => link === links[i]) ? settled : settleIterating(settled, names);
}

function wakeIterated(federate: FederateShape, links: readonly LinkShape[]): FederateShape {
  const iterated = (input: InputShape) =>
    links.some(l => l.iterate === true && l.to === `${federate.name}.${input.name}`);
  const inputs = federate.inputs.map(i =>
    i.wakes === "never" && iterated(i) ? { ...i, wakes: "change" as const } : i,
  );
  return { ...federate, inputs };
}
