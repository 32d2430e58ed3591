import { defineFederate, type Message } from "../../runtime/index.js";
import { coded } from "./coded.js";
import { caseFaults } from "./case-faults.js";
import { askAnew, nextWake, proceed, type OperatorState, type Progress, type Work } from "./conversation.js";
import { takeAnswer } from "./exchange.js";
import type { DispatchKit } from "./kit.js";
import { readAnswer } from "./messages.js";
import { operatorParams } from "./operator-params.js";
import { noTotals } from "./outcome.js";
import { publishedKit } from "./published-kit.js";
import { dropKeys, openAnswers, ownKeys } from "./sealing.js";
import { sealingFaults } from "./sealing-faults.js";
import { requireSource } from "./sources.js";

/**
 * The operator of a network: it coordinates the agents of its nodes, day after day, by rounds of orders and answers.
 * It knows network and tariff; of the agents it knows what they answer.
 */
export function dispatchOperator(kit: DispatchKit) {
  return defineFederate({
    doc: "Coordinates the agents of a network's nodes, day after day, to the dispatch of least cost.",
    params: operatorParams,
    inputs: { answers: { type: "message", wakes: "any", doc: "`AnswerMessage` of agents." } },
    outputs: {
      orders: { type: "message", doc: "`OrderMessage`, to the federate of the agents that it is for." },
      outcome: { type: "json", doc: "`HorizonReport` of each horizon." },
      totals: { type: "json", doc: "`Totals` of all horizons so far." },
    },
    check: (params, setup) => [...sealingFaults(params), ...caseFaults(params, setup, kit)],
    create(params, { folder }) {
      const source = requireSource(folder, params.problem);
      const fresh = { heard: [], assumed: 0, exchange: undefined, legacy: undefined, nextLegacy: undefined };
      const state: OperatorState = { params, source, totals: noTotals(), horizon: 0, startsAt: 0, ...fresh };
      return { state };
    },
    step(state, { time, inputs, context }) {
      const work = { state, time, context, kit };
      if (state.params.encrypt === "ckks") return proceedSealed(work, inputs.answers);
      takeAnswers(state, inputs.answers);
      const go = () => told(work, () => proceed(work));
      return kit.ready(state.params.method)?.then(go) ?? go();
    },
    close: (_state, context) => dropKeys(context),
  });
}

/** What a step of the operator leads to. */
function told(work: Work, act: () => Progress) {
  const { messages, report } = coded(act);
  const outputs = report === undefined ? undefined : { outcome: report, totals: { ...work.state.totals } };
  return { messages, outputs, wakeAt: nextWake(work) };
}

/** Answers come as sums, which only the operator can open; what was sealed under an earlier key is asked for again. */
async function proceedSealed(unsealed: Work, messages: readonly Message[]) {
  const { publicKey, sums } = await ownKeys(unsealed.context);
  const work = { ...unsealed, key: publicKey };
  const answers = messages.map(({ payload }) => readAnswer(payload));
  const own = answers.filter(({ key }) => key === undefined || key === publicKey.id);
  takeAnswers(
    work.state,
    own.map(answer => ({ payload: { ...answer, answers: openAnswers(answer.answers, sums) } })),
  );
  return told(work, () => (own.length < answers.length ? askAnew(work) : proceed(work)));
}

/** Answers that belong to the open round; late ones and repetitions of earlier rounds have been done without. */
function takeAnswers({ horizon, exchange }: OperatorState, messages: readonly Pick<Message, "payload">[]): void {
  for (const { payload } of messages) {
    const answer = readAnswer(payload);
    if (exchange === undefined || answer.horizon !== horizon || answer.round !== exchange.round) continue;
    for (const { node, payload: own } of answer.answers) takeAnswer(exchange, node, own);
  }
}

export default dispatchOperator(publishedKit);
