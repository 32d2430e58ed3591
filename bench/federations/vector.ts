import { z } from "zod";
import { defineFederate, type LinkEntry } from "../../runtime/index.js";
import { anyFederate, forEachName, FRAME, type Pattern, type Size } from "./federation.js";
import { countActivation, newCount, tell } from "./tally.js";

const member = defineFederate({
  doc: "Publishes a vector every second and reads the other's of the second before.",
  params: z.strictObject({ doubles: z.number(), steps: z.number(), warmUp: z.number() }),
  inputs: { in: { type: "vector", optional: true } },
  outputs: { out: { type: "vector" } },
  create: ({ doubles, steps, warmUp }) => ({
    state: { data: new Float64Array(doubles), count: newCount(warmUp, steps + warmUp) },
  }),
  step({ data, count }, { seconds, inputs }) {
    countActivation(count);
    const { length } = data;
    const got = inputs.in;
    if (got?.length === length && got[0] === seconds - 1 && got[length - 1] === 1 - seconds) count.items++;
    data[0] = seconds;
    data[length - 1] = -seconds;
    return { outputs: { out: data } };
  },
  close({ count }, context) {
    tell(count, context);
  },
});

/** Two federates that send each other a vector every second. */
export const vector: Pattern = {
  kinds: { "vector-member": anyFederate(member) },
  federation({ doubles = 10_000, steps, warmUp }: Size) {
    const names = ["first", "second"];
    const [first, second] = names;
    const link = (from: string, to: string): LinkEntry => ({ from: `${from}.out`, to: `${to}.in`, delay: "1s" });
    return {
      shape: {
        ...FRAME,
        name: "vector",
        until: steps + warmUp,
        federates: forEachName(names, {
          use: "vector-member",
          period: "1s",
          params: { doubles, steps, warmUp },
        }),
        links: [link(first, second), link(second, first)],
      },
      expected: forEachName(names, { activations: steps + warmUp + 1, items: steps + warmUp }),
    };
  },
};
