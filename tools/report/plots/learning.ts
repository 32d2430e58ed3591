import type { Line } from "../chart.js";
import { chartOf, fieldLine, type Plot } from "./plot.js";

/** Rounds over which a learning curve is smoothed: two hours of five minutes. */
const SMOOTHED_ROUNDS = 24;

/** The mean of each value and those before it. */
function smoothed(line: Line | undefined, label: string): Line | undefined {
  if (line === undefined) return undefined;
  const values = line.values.map((_, i) => {
    const some = line.values.slice(Math.max(0, i - SMOOTHED_ROUNDS + 1), i + 1).filter(Number.isFinite);
    return some.length === 0 ? NaN : some.reduce((a, b) => a + b, 0) / some.length;
  });
  return { ...line, label, values, colour: 0 };
}

/** One quantity of the agents: the mean of each round, and smoothed. */
function curve(field: string, doc: string, heading: { readonly title: string; readonly axis: string }): Plot {
  return {
    doc,
    group: "Learning",
    draw({ metrics }) {
      const data = metrics.get("learning");
      const mean = fieldLine(data, { field, label: "mean of the agents", colour: 5 });
      return chartOf(data, heading, [mean, smoothed(mean, `mean of ${SMOOTHED_ROUNDS} rounds`)]);
    },
  };
}

export const LEARNING_PLOTS: Readonly<Record<string, Plot>> = {
  "learning-reward": curve("reward", "Reward of the learning agents: mean of each round, and smoothed.", {
    title: "Reward of the agents",
    axis: "reward of a round",
  }),
  "learning-gain": curve("gain", "What each agent's trade of a round was worth to it: mean, and smoothed.", {
    title: "Gain of the agents",
    axis: "USD of a round",
  }),
  "learning-critic-loss": curve("critic_loss", "Loss of the critics at their last updates: mean, and smoothed.", {
    title: "Loss of the critics",
    axis: "squared error",
  }),
  "learning-actor-loss": curve("actor_loss", "Loss of the actors at their last updates: mean, and smoothed.", {
    title: "Loss of the actors",
    axis: "negative value",
  }),
  "learning-exploration": curve("exploration", "Noise that the agents add to what they would do: mean, and smoothed.", {
    title: "Exploration",
    axis: "standard deviation",
  }),
};
