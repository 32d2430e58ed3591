import { HostExchange } from "../core/host-exchange.js";
import { HostQueue, type LinkWrapper, type Message, type Plan, type StepResult } from "../core/index.js";
import { CosimError, iterationOf, type Report } from "../wire/index.js";
import {
  packValue,
  unpackValue,
  type BrokerFrame,
  type HostFrame,
  type PackedInput,
  type PackedValue,
  type ReleaseFrame,
} from "../wire/protocol.js";
import type { Peer } from "./peer.js";

type Request = Extract<HostFrame, { kind: "request" }>;

/** What a foreign host is made of. */
export interface ForeignParts {
  readonly plan: Plan;
  readonly federate: number;
  readonly wrappers?: ReadonlyMap<number, LinkWrapper>;
  readonly valueFault?: (federate: number, output: string, value: unknown) => string | undefined;
  /** The process that runs the federate. */
  readonly client: Peer;
  /** Takes the reports of this host. */
  readonly report: (report: Report) => void;
}

/**
 * The queue of a federate whose process knows requests and grants only.
 * It stands between that process and the session, and is a host with one member to the latter.
 */
export class ForeignHost implements Peer {
  private readonly exchange: HostExchange;
  private readonly name: string;
  /** The client owes a request: its values before the start at first, then the answer to a grant. */
  private awaited = true;
  private started = false;
  private left = false;

  constructor(private readonly parts: ForeignParts) {
    const { plan, federate, wrappers } = parts;
    const queue = new HostQueue(plan, [federate], wrappers);
    queue.release(-1, 0);
    queue.time = -1;
    this.exchange = new HostExchange(queue);
    this.name = plan.federates[federate].shape.name;
  }

  post(frame: BrokerFrame): void {
    if (frame.kind === "items") this.exchange.take(frame.publications);
    else if (frame.kind === "release") this.release(frame);
    else if (!this.left) this.parts.client.post(frame);
  }

  private release({ time, phase, publications }: ReleaseFrame): void {
    this.exchange.take(publications);
    this.exchange.queue.release(time, phase);
    this.advance();
  }

  private advance(): void {
    const { queue } = this.exchange;
    for (let f = queue.next(); f >= 0; f = queue.next()) {
      if (!this.left) {
        this.awaited = true;
        const iteration = iterationOf(queue.phase);
        this.parts.client.post({ kind: "grant", time: queue.time, iteration, inputs: this.inputs(f) });
        return;
      }
      queue.finish(f, { wakeAt: null });
    }
    this.parts.report(this.exchange.report(true));
  }

  private inputs(f: number): PackedInput[] {
    const { queue } = this.exchange;
    const seen = queue.inputs(f);
    return queue.plan.federates[f].shape.inputs.map(({ name, carries }): PackedInput => {
      const value = seen[name];
      if (carries === "value") return { name, value: value === undefined ? undefined : packValue(value), messages: [] };
      const messages = value as readonly Message[];
      return { name, messages: messages.map(({ payload, ...rest }) => ({ ...rest, payload: packValue(payload) })) };
    });
  }

  /**
   * Takes what the federate publishes and when it wants to run.
   * @throws CosimError when it publishes what it cannot, asks for a time that has passed, or was not asked.
   */
  request({ wakeAt, published }: Request): void {
    if (!this.awaited) throw new CosimError("COSIM_FRAME_INVALID", `${this.name} sent a request before its grant.`);
    this.awaited = false;
    const { queue } = this.exchange;
    if (this.started) {
      queue.finish(this.parts.federate, this.result(published, wakeAt));
      this.advance();
      return;
    }
    this.started = true;
    queue.seed(this.parts.federate, this.result(published, undefined).outputs ?? {});
    queue.finish(this.parts.federate, { wakeAt: wakeAt ?? null });
    this.parts.report(this.exchange.report(true));
  }

  private result(published: Request["published"], wakeAt: number | undefined): StepResult {
    const { outputs } = this.parts.plan.federates[this.parts.federate].shape;
    const isMessage = (name: string) => outputs.find(output => output.name === name)?.carries === "messages";
    const values = published.filter(({ output }) => !isMessage(output));
    const messages = published.filter(({ output }) => isMessage(output));
    return {
      outputs: Object.fromEntries(values.map(({ output, value }) => [output, this.unpack(output, value)])),
      messages: messages.map(({ output, value, to }) => ({ output, payload: unpackValue(value), to: to || undefined })),
      wakeAt: wakeAt ?? null,
    };
  }

  private unpack(output: string, packed: PackedValue): unknown {
    const { federate, valueFault } = this.parts;
    const value = unpackValue(packed);
    const fault = valueFault?.(federate, output, value);
    if (fault === undefined) return value;
    const message = `${this.name}.${output} cannot carry what was published: ${fault}.`;
    throw new CosimError("COSIM_OUTPUT_INVALID", message, { party: this.name });
  }

  /** The federate takes no further part: it sees and publishes nothing any more. */
  leave(): void {
    this.left = true;
    if (!this.awaited) return;
    this.awaited = false;
    if (this.started) this.exchange.queue.finish(this.parts.federate, { wakeAt: null });
    this.started = true;
    this.advance();
  }
}
