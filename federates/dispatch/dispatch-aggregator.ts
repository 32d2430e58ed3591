import { z } from "zod";
import { defineFederate, type Context } from "../../runtime/index.js";
import { readAnswer, type AnswerMessage, type NodePayload } from "./messages.js";
import { addAnswers, dropKeys } from "./sealing.js";

/** Answers of the round that is collected, by node, and what was told of it once it was whole. */
interface State {
  round: Omit<AnswerMessage, "answers"> | undefined;
  answers: Record<number, NodePayload>;
  told: AnswerMessage | undefined;
}

/** Stands between agents and operator: it adds sealed offers, which it cannot read, and passes on their sums. */
export default defineFederate({
  doc: "Adds the sealed answers of agents, so that the operator opens sums only.",
  params: z.strictObject({}),
  inputs: { answers: { type: "message", wakes: "any", doc: "`AnswerMessage` of agents." } },
  outputs: { answers: { type: "message", doc: "`AnswerMessage` of all of them, with sums." } },
  create: (): { state: State } => ({ state: { round: undefined, answers: {}, told: undefined } }),
  async step(state, { inputs, context }) {
    let isWhole = false;
    for (const { payload } of inputs.answers) isWhole = collect(state, readAnswer(payload)) || isWhole;
    if (isWhole) state.told ??= await sumOf(state, context);
    if (!isWhole || state.told === undefined) return undefined;
    return { messages: [{ output: "answers" as const, payload: state.told }] };
  },
  close: (_state, context) => dropKeys(context),
});

/** Takes answers in; true when all of the round are there. A later round or a new key begins anew. */
function collect(state: State, { answers, ...round }: AnswerMessage): boolean {
  const known = state.round;
  if (known !== undefined && isEarlier(round, known)) return false;
  if (known === undefined || isEarlier(known, round) || known.key !== round.key) {
    Object.assign(state, { round, answers: {}, told: undefined });
  }
  for (const answer of answers) state.answers[answer.node] ??= answer;
  return Object.keys(state.answers).length === round.asked;
}

type Round = Pick<AnswerMessage, "horizon" | "round">;

const isEarlier = (a: Round, b: Round) => a.horizon < b.horizon || (a.horizon === b.horizon && a.round < b.round);

/** The whole round with its sums; answers are in the order of their nodes. */
async function sumOf({ answers, round }: State, context: Context): Promise<AnswerMessage | undefined> {
  return round && { ...round, answers: await addAnswers(Object.values(answers), context) };
}
