import { CosimError, type BrokerAddress } from "../broker/wire/index.js";
import { errorOf } from "../broker/wire/protocol.js";
import { SocketLine } from "./socket-line.js";

/**
 * Asks a running broker who is where in time and who waits for whom; the answer is its `Status` as JSON.
 * @throws CosimError `COSIM_BROKER_LOST` when it does not answer within `seconds`.
 */
export async function queryBroker(address: BrokerAddress, seconds = 5): Promise<string> {
  const line = new SocketLine(address);
  const timer = setTimeout(() => {
    const message = `The broker at ${address.endpoint} did not answer within ${seconds} s.`;
    line.received.lose(new CosimError("COSIM_BROKER_LOST", message));
  }, seconds * 1000);
  try {
    await line.send({ kind: "query", token: address.token });
    const frame = await line.received.next();
    if (frame.kind === "fail") throw errorOf(frame);
    if (frame.kind !== "answer")
      throw new CosimError("COSIM_FRAME_INVALID", `The broker answers with "${frame.kind}".`);
    return frame.json;
  } finally {
    clearTimeout(timer);
    line.close();
  }
}
