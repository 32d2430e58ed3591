import type { Step } from "../faults.js";

/** Something that a node of the fake network does wrong. */
export interface Trouble {
  readonly on: Step;
  /** Status of gRPC and its text, as a real node would answer. */
  readonly status: number;
  readonly text: string;
  /** What an endorsing peer said, in the words of the gateway's error details. */
  readonly detail?: string;
  /** Carries the request out before it answers wrongly; else it does nothing. */
  readonly afterwards?: boolean;
  /** Does not answer at all. */
  readonly hangs?: boolean;
  /** How often; once unless said. */
  readonly times?: number;
}

/** An answer that is an error of gRPC. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    text: string,
    readonly detail?: string,
  ) {
    super(text);
  }
}

/** Troubles of real networks, with the codes and texts that were recorded there (Fabric 2.5.16). */
export const RECORDED = {
  noPeers: {
    on: "endorse",
    status: 9,
    text: "no combination of peers can be derived which satisfy the endorsement policy: required chaincodes are not installed on sufficient peers",
  },
  mismatch: {
    on: "endorse",
    status: 10,
    text: "failed to assemble transaction: ProposalResponsePayloads do not match (base64): 'Cg==' vs 'Cw=='",
  },
  chaincodeDown: {
    on: "endorse",
    status: 10,
    text: "failed to endorse transaction, see attached details for more info",
    detail:
      "chaincode response 500, error in simulation: failed to execute transaction 7a: could not launch chaincode settlement_1: connection to settlement_1 failed: connection refused",
  },
  crowd: {
    on: "endorse",
    status: 2,
    text: "too many requests for /gateway.Gateway, exceeding concurrency limit (500)",
  },
  peerDown: { on: "endorse", status: 14, text: "No connection established. Last error: connect ECONNREFUSED" },
  noOrderer: { on: "order", status: 14, text: "no orderers could successfully process transaction" },
  slowOrderer: { on: "order", status: 4, text: "Deadline exceeded" },
  slowCommit: { on: "commit", status: 4, text: "Deadline exceeded" },
} as const satisfies Readonly<Record<string, Trouble>>;

/** Troubles that lie ahead, in their order. */
export class Troubles {
  readonly #ahead: { readonly trouble: Trouble; left: number }[] = [];
  /** How many requests of each kind came in. */
  readonly requests: Record<Step, number> = { endorse: 0, order: 0, commit: 0, evaluate: 0 };

  add(...troubles: readonly Trouble[]): void {
    for (const trouble of troubles) this.#ahead.push({ trouble, left: trouble.times ?? 1 });
  }

  /** Carries a request out, or does with it what the next trouble of its kind says. */
  async meet<T>(step: Step, act: () => Promise<T>): Promise<T> {
    this.requests[step]++;
    const next = this.#ahead.find(({ trouble, left }) => trouble.on === step && left > 0);
    if (next === undefined) return act();
    next.left--;
    const { trouble } = next;
    if (trouble.afterwards === true) await act();
    if (trouble.hangs === true) return new Promise<never>(() => undefined);
    throw new Refused(trouble.status, trouble.text, trouble.detail);
  }
}
