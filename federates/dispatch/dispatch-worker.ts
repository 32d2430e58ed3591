import { z } from "zod";
import { DispatchError } from "../../methods/index.js";
import { solveDense, type DenseProgram } from "../../methods/dispatch/kernel/index.js";
import { defineFederate } from "../../runtime/index.js";
import { readTask, type SolutionMessage } from "./worker-messages.js";

/** A hired solver: it gets masked programs and answers them, and remembers nothing. */
export default defineFederate({
  doc: "Solves masked programs for agents who do not trust it.",
  params: z.strictObject({
    /** Is added to each number of its solutions: anything but 0 makes a worker that answers wrongly. */
    shift: z.number().default(0),
  }),
  inputs: { tasks: { type: "message", wakes: "any", doc: "`TaskMessage` of agents." } },
  outputs: { solutions: { type: "message", doc: "`SolutionMessage`, to the agents that asked." } },
  create: ({ shift }) => ({ state: { shift } }),
  step({ shift }, { inputs, context }) {
    const messages = inputs.tasks.map(({ payload }) => {
      const { customer, task, program } = readTask(payload);
      const said: SolutionMessage = { dispatch: "solution", worker: context.name, task, ...solved(program, shift) };
      return { output: "solutions" as const, to: `${customer}.solutions`, payload: said };
    });
    return { messages };
  },
});

/** A solution, shifted where the worker is to be a wrong one, or why there is none. */
function solved(program: DenseProgram, shift: number): Pick<SolutionMessage, "solution" | "reason"> {
  try {
    const solution = solveDense(program);
    return { solution: shift === 0 ? solution : { ...solution, y: solution.y.map(value => value + shift) } };
  } catch (error) {
    if (error instanceof DispatchError) return { reason: error.message };
    throw error;
  }
}
