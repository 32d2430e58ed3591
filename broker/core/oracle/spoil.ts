import type { Federation, InputShape, LinkShape } from "../federation.js";
import { Dice } from "./dice.js";
import { ownerOf, portOf, type Refusal } from "./levels.js";

/** Ways to make a federation invalid: each names the refusal that must follow, and plants its reason where it can. */
const spoilers: readonly [Refusal, (federation: Federation, dice: Dice) => Federation | undefined][] = [
  [
    "unknown port",
    (f, dice) => addLink(f, { from: dice.pick(["nobody.x", `${f.federates[0].name}.nothing`]), to: "nobody.i0" }),
  ],
  [
    "kinds differ",
    (f, dice) =>
      changeLink(
        f,
        dice,
        () => true,
        link => ({ ...link, from: `${ownerOf(link.from)}.${otherKind(f, link)}` }),
      ),
  ],
  [
    "delay below one tick",
    (f, dice) => changeLink(f, dice, isDelayed, link => ({ ...link, delay: dice.pick([0, -1, 0.5, NaN]) })),
  ],
  ["link written twice", (f, dice) => (f.links.length === 0 ? undefined : addLink(f, { ...dice.pick(f.links) }))],
  ["several links into a plain value", joinPlainValue],
  ["cycle of same-time links", closeCycle],
  [
    "iterating link outside a loop",
    (f, dice) => changeLink(f, dice, isDelayed, ({ from, to }) => ({ from, to, iterate: true })),
  ],
  ["iterating link into an input that never wakes", deafenIteration],
];

/** The federation with one reason to refuse it, chosen by the seed; undefined where it gives no room for that one. */
export function spoilFederation(
  federation: Federation,
  seed: number,
): { federation: Federation; refusal: Refusal } | undefined {
  const dice = new Dice(seed);
  const [refusal, spoil] = dice.pick(spoilers);
  const spoiled = spoil(federation, dice);
  return spoiled === undefined ? undefined : { federation: spoiled, refusal };
}

const isDelayed = (link: LinkShape) => link.delay !== undefined;

function addLink(federation: Federation, link: LinkShape): Federation {
  return { ...federation, links: [...federation.links, link] };
}

function changeLink(
  federation: Federation,
  dice: Dice,
  suits: (link: LinkShape) => boolean,
  change: (link: LinkShape) => LinkShape,
): Federation | undefined {
  const suitable = federation.links.filter(suits);
  if (suitable.length === 0) return undefined;
  const chosen = dice.pick(suitable);
  return { ...federation, links: federation.links.map(link => (link === chosen ? change(link) : link)) };
}

function inputOf({ federates }: Federation, { to }: LinkShape): InputShape | undefined {
  return federates.find(f => f.name === ownerOf(to))?.inputs.find(i => i.name === portOf(to));
}

/** An output of the link's source that carries what the link's input does not take. */
function otherKind(federation: Federation, link: LinkShape): string {
  const source = federation.federates.find(f => f.name === ownerOf(link.from));
  return source?.outputs.find(o => o.carries !== inputOf(federation, link)?.carries)?.name ?? "nothing";
}

function joinPlainValue(federation: Federation, dice: Dice): Federation | undefined {
  const plain = federation.links.filter(link => {
    const input = inputOf(federation, link);
    return input?.carries === "value" && input.combine === undefined;
  });
  if (plain.length === 0) return undefined;
  const { from, to } = dice.pick(plain);
  const others = federation.federates.map(f => `${f.name}.x`).filter(x => x !== from);
  return addLink(federation, { from: dice.pick(others), to, delay: 1 });
}

function closeCycle(federation: Federation, dice: Dice): Federation | undefined {
  const listening = federation.federates.filter(f =>
    f.inputs.some(i => i.carries === "value" && i.combine !== undefined),
  );
  if (listening.length === 0) return undefined;
  const federate = dice.pick(listening);
  const input = federate.inputs.find(i => i.carries === "value" && i.combine !== undefined);
  const to = `${federate.name}.${input?.name ?? ""}`;
  const from = `${federate.name}.x`;
  return addLink({ ...federation, links: federation.links.filter(l => l.from !== from || l.to !== to) }, { from, to });
}

function deafenIteration(federation: Federation, dice: Dice): Federation | undefined {
  const iterating = federation.links.filter(l => l.iterate === true);
  if (iterating.length === 0) return undefined;
  const { to } = dice.pick(iterating);
  const federates = federation.federates.map(f => {
    if (f.name !== ownerOf(to)) return f;
    return { ...f, inputs: f.inputs.map(i => (i.name === portOf(to) ? { ...i, wakes: "never" as const } : i)) };
  });
  return { ...federation, federates };
}
