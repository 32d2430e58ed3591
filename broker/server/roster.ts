import { timingSafeEqual } from "node:crypto";
import type { Stamp } from "../wire/index.js";
import { CosimError } from "../wire/index.js";
import { PROTOCOL_VERSION, type JoinFrame } from "../wire/protocol.js";
import type { ForeignHost } from "./foreign-host.js";
import type { HostPlan, Peer } from "./peer.js";

/** One host of a run and what the broker knows of it. */
export interface HostSlot {
  readonly index: number;
  readonly plan: HostPlan;
  readonly members: ReadonlySet<number>;
  /** Whoever joined as this host. */
  client?: Peer;
  /** Where frames for the host's queue go: the client, or the queue that the broker keeps for it. */
  peer?: Peer;
  foreign?: ForeignHost;
  /** Largest stamp that it was released to. */
  horizon: Stamp;
  reported: boolean;
  working: boolean;
  /** Wall-clock milliseconds at which it was heard last, and at which it began to work or to wait. */
  heardAt: number;
  since: number;
  hasLeft: boolean;
  gone?: Gone;
}

/** A host whose process has ended or whose connection is lost, and for how many ticks that is known. */
export interface Gone {
  readonly code: "COSIM_FEDERATE_SILENT" | "COSIM_FEDERATE_DIED";
  readonly what: string;
  ticks: number;
}

/** Who takes part in a run, and who has come. */
export class Roster {
  readonly slots: readonly HostSlot[];
  private readonly byClient = new Map<Peer, HostSlot>();

  constructor(
    hosts: readonly HostPlan[],
    private readonly token: string,
    private readonly digest: string,
  ) {
    this.slots = hosts.map((plan, index) => ({
      index,
      plan,
      members: new Set(plan.federates),
      horizon: { time: -1, phase: 0 },
      reported: false,
      working: true,
      heardAt: 0,
      since: 0,
      hasLeft: false,
    }));
  }

  find(client: Peer): HostSlot | undefined {
    return this.byClient.get(client);
  }

  hasToken(token: string): boolean {
    const [given, known] = [Buffer.from(token), Buffer.from(this.token)];
    return given.length === known.length && timingSafeEqual(given, known);
  }

  /**
   * The place of whoever asks to join, now taken.
   * @throws CosimError that is to be told to whoever asked; `party` names an expected host that can never join.
   */
  admit(client: Peer, { token, host, plan, foreign, version }: JoinFrame): HostSlot {
    if (!this.hasToken(token)) throw new CosimError("COSIM_FRAME_INVALID", "The join does not carry this run's token.");
    const slot = this.slots.find(s => s.plan.name === host);
    if (slot === undefined || (slot.plan.foreign ?? false) !== foreign) {
      const known = this.slots.filter(s => (s.plan.foreign ?? false) === foreign).map(s => s.plan.name);
      const what = foreign ? "foreign federate" : "host";
      throw new CosimError(
        "COSIM_FEDERATE_UNKNOWN",
        `This run has no ${what} "${host}"; it has ${known.join(", ") || "none"}.`,
      );
    }
    if (slot.client !== undefined) {
      throw new CosimError("COSIM_FEDERATE_DUPLICATE", `"${host}" has joined already; this second one is refused.`);
    }
    if (version !== PROTOCOL_VERSION) {
      const message = `"${host}" speaks version ${version} of the protocol, the broker version ${PROTOCOL_VERSION}.`;
      throw new CosimError("COSIM_PROTOCOL_VERSION", message, { party: host });
    }
    if (!foreign && plan !== this.digest) {
      const message = `"${host}" read another case than the broker: federates, links or times differ.`;
      throw new CosimError("COSIM_FEDERATION_INVALID", message, { party: host });
    }
    slot.client = client;
    this.byClient.set(client, slot);
    return slot;
  }
}
