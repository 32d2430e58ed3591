import { CosimError } from "../broker/wire/index.js";
import { errorOf, type BrokerFrame, type HostFrame, type HostLine } from "../broker/wire/protocol.js";

type Welcome = Extract<BrokerFrame, { kind: "welcome" }>;

/**
 * Introduces a host to its broker and waits to be let in.
 * @throws CosimError that the broker refuses with, or `COSIM_CONNECT_TIMEOUT` when it says nothing within `seconds`.
 */
export async function join(line: HostLine, hello: HostFrame, seconds = 20): Promise<Welcome> {
  const timer = setTimeout(() => {
    const message = `The broker did not answer within ${seconds} s; address, port or key may be wrong.`;
    line.received.lose(new CosimError("COSIM_CONNECT_TIMEOUT", message));
  }, seconds * 1000);
  try {
    await line.send(hello);
    const frame = await line.received.next();
    if (frame.kind === "fail") throw errorOf(frame);
    if (frame.kind !== "welcome")
      throw new CosimError("COSIM_FRAME_INVALID", `The broker greets with "${frame.kind}".`);
    return frame;
  } finally {
    clearTimeout(timer);
  }
}
