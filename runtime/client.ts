import { CosimError, type BrokerAddress } from "../broker/wire/index.js";
import {
  errorOf,
  packValue,
  PROTOCOL_VERSION,
  unpackValue,
  type GrantFrame,
  type PackedInput,
  type Published,
} from "../broker/wire/protocol.js";
import { join } from "./join.js";
import { SocketLine } from "./socket-line.js";

/** A message as a federate outside receives it. */
export interface ReceivedMessage {
  /** Time of its arrival, in ticks. */
  readonly time: number;
  readonly source: string;
  readonly output: string;
  readonly sequence: number;
  readonly payload: unknown;
}

/** The right to act at one time, and everything that can be seen then. */
export interface Grant {
  /** Now, in ticks since the case's start. */
  readonly time: number;
  /** Now, in simulated seconds. */
  readonly seconds: number;
  readonly iteration: number;
  /** Values by input name; undefined before the first has come. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** New messages by input name. */
  readonly messages: Readonly<Record<string, readonly ReceivedMessage[]>>;
}

/** A federate that lives in a program of its own and takes part in a run through its broker. */
export interface Client {
  /** Last simulated time, in ticks, inclusive. */
  readonly until: number;
  readonly ticksPerSecond: number;
  /** Sends a value from an output with the next request; before the first grant it stands before the start. */
  publish(output: string, value: unknown): void;
  /** Sends a message with the next request; `to` names one `federate.input` of the output's links. */
  send(output: string, payload: unknown, to?: string): void;
  /**
   * Waits for the next activation: at `time` (ticks), or earlier by the federate's period or a waking input.
   * Undefined when the run is over.
   * @throws CosimError of the run when it fails.
   */
  request(time?: number): Promise<Grant | undefined>;
  /** Takes no further part; the run goes on without this federate. */
  leave(): void;
}

/** Whom to speak for, and where. */
export interface ConnectOptions extends Omit<BrokerAddress, "pid"> {
  /** Name of the federate, which the case declares with `use: "external"`. */
  readonly name: string;
}

/**
 * Joins a run as one of its external federates.
 * @throws CosimError when the broker refuses or does not answer.
 */
export async function connect({ name, ...address }: ConnectOptions): Promise<Client> {
  const line = new SocketLine({ ...address, pid: 0 });
  try {
    const hello = { version: PROTOCOL_VERSION, token: address.token, host: name, plan: "", foreign: true };
    const { until, ticksPerSecond } = await join(line, { kind: "join", ...hello });
    return new ForeignClient(line, until, ticksPerSecond);
  } catch (error) {
    line.close();
    throw error;
  }
}

class ForeignClient implements Client {
  private published: Published[] = [];

  constructor(
    private readonly line: SocketLine,
    readonly until: number,
    readonly ticksPerSecond: number,
  ) {}

  publish(output: string, value: unknown): void {
    this.send(output, value);
  }

  send(output: string, payload: unknown, to = ""): void {
    this.published.push({ output, value: packValue(payload), to });
  }

  async request(time?: number): Promise<Grant | undefined> {
    const { published, line } = this;
    this.published = [];
    try {
      await line.send({ kind: "request", wakeAt: time, published });
      const frame = await line.received.next();
      if (frame.kind === "grant") return this.open(frame);
      if (frame.kind === "fail") throw errorOf(frame);
      if (frame.kind !== "end") throw new CosimError("COSIM_FRAME_INVALID", `The broker answers with "${frame.kind}".`);
      line.close();
      return undefined;
    } catch (error) {
      line.close();
      throw error;
    }
  }

  private open({ time, iteration, inputs }: GrantFrame): Grant {
    const value = ({ name, value }: PackedInput) => [name, value === undefined ? undefined : unpackValue(value)];
    const messages = ({ name, messages }: PackedInput) => [
      name,
      messages.map(({ payload, ...rest }) => ({ ...rest, payload: unpackValue(payload) })),
    ];
    return {
      time,
      seconds: time / this.ticksPerSecond,
      iteration,
      inputs: Object.fromEntries(inputs.map(value)),
      messages: Object.fromEntries(inputs.map(messages)),
    };
  }

  leave(): void {
    this.line.close();
  }
}
