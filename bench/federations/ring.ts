import { z } from "zod";
import { defineFederate } from "../../runtime/index.js";
import { anyFederate, forEachName, FRAME, leafNames, TEXT, tickLink, type Pattern, type Size } from "./federation.js";
import { countActivation, newCount, tell } from "./tally.js";

const node = defineFederate({
  doc: "Hands a token on; the first one starts it and counts the laps.",
  params: z.strictObject({ isFirst: z.boolean(), steps: z.number(), warmUp: z.number() }),
  inputs: { token: { type: "string", wakes: "any", initial: "" } },
  outputs: { token: { type: "string" } },
  create: ({ isFirst, steps, warmUp }) => {
    const laps = steps + warmUp;
    return { state: { isFirst, laps, count: isFirst ? newCount(warmUp, laps) : newCount() } };
  },
  step({ isFirst, laps, count }, { inputs }) {
    countActivation(count);
    if (inputs.token === TEXT) count.items++;
    const passes = isFirst ? count.items < laps : inputs.token === TEXT;
    return passes ? { outputs: { token: TEXT } } : undefined;
  },
  close({ count }, context) {
    tell(count, context);
  },
});

/** A token that goes around a ring, as in HELICS' ring benchmark. */
export const ring: Pattern = {
  kinds: { "ring-node": anyFederate(node) },
  federation({ federates, steps, warmUp }: Size) {
    const names = leafNames(federates);
    const laps = steps + warmUp;
    const member = (name: string) => ({ use: "ring-node", params: { isFirst: name === names[0], steps, warmUp } });
    return {
      shape: {
        ...FRAME,
        name: "ring",
        until: `${laps * federates + 1}ns`,
        federates: Object.fromEntries(names.map(name => [name, member(name)])),
        links: names.map((name, k) => tickLink(`${name}.token`, `${names[(k + 1) % federates]}.token`)),
      },
      expected: forEachName(names, { activations: laps + 1, items: laps }),
    };
  },
};
