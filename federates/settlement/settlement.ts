import { defineFederate, type OutputDeclarations, type StepOutcome } from "../../runtime/index.js";
import { closeCourier, courierOf } from "./desk.js";
import { accountFaults, settlementParams } from "./params.js";
import { inputsOf, outputsOf, tellRounds } from "./ports.js";
import { commitRounds, newRounds } from "./rounds.js";
import { createSettlement } from "./state.js";

type Outcome = StepOutcome<OutputDeclarations>;

/**
 * Hands every round of some markets to a ledger and tells the receipts. What it tells follows from the rounds alone; a ledger
 * that gives other receipts, or refuses a round, ends the run. At the case's end it waits for the ledger.
 */
export default defineFederate({
  doc: "Settles the rounds of markets on a ledger.",
  params: settlementParams,
  inputs: inputsOf,
  outputs: outputsOf,
  check: params => accountFaults(params),
  create: params => ({ state: createSettlement(params) }),
  step(state, { time, inputs, context }) {
    const { start, until } = context;
    const wakeAt = time < until ? until : undefined;
    const rounds = newRounds(state, { inputs, start });
    const tell = (settled = rounds): Outcome => ({ outputs: tellRounds(state, settled, inputs), wakeAt });
    const courier = courierOf(state, context);
    if (courier === undefined) return tell();
    if (state.params.mode === "binding")
      return commitRounds(courier, rounds, { params: state.params, start }).then(tell);
    courier.check();
    for (const { round, receipt } of rounds) courier.put({ round, receipt });
    if (time === until) return courier.drain().then(() => tell());
    return courier.isFull ? courier.room().then(() => tell()) : tell();
  },
  close: (_state, context) => closeCourier(context),
});
