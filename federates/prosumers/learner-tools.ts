import type { Context } from "../../runtime/index.js";
import { loadBackend } from "../learning/load-backend.js";
import { learnerNames, type LearnerSetting, type LearnerTools } from "./learners.js";
import { usesNetworks } from "./learning-params.js";

/** Tools of the federates that run here; a run that goes on from a checkpoint makes them anew. */
const known = new WeakMap<Context, LearnerTools>();

/** What the learners of this federate work with; undefined before `prepareTools`. */
export function toolsOf(context: Context): LearnerTools | undefined {
  return known.get(context);
}

/**
 * Loads the backend and finds every agent's stream, named after it.
 * @throws CosimError `COSIM_BACKEND_MISSING`
 */
export async function prepareTools(
  { mode, backend }: Pick<LearnerSetting, "mode" | "backend">,
  houses: readonly string[],
  context: Context,
): Promise<LearnerTools> {
  const names = learnerNames(houses);
  const tools: LearnerTools = {
    randoms: names.map(name => context.stream(name)),
    backend: usesNetworks(mode) ? await loadBackend(backend) : undefined,
    diverged: ({ agent, what, value }) => {
      const message = `${names[agent]} has diverged: its ${what} is ${value}. It bids by its house's ramp from now on.`;
      context.log("warn", message, { agent: names[agent], what, value: String(value) });
    },
  };
  known.set(context, tools);
  return tools;
}
