/** Who may bid. */
export interface Registration {
  readonly participant: string;
  /** Base64 of the 32 bytes of an Ed25519 public key. */
  readonly publicKey: string;
  /** ISO time of the simulation from which no round of the participant settles any more; empty for no end. */
  readonly validUntil: string;
}

/** A participant as it stands in the state. */
export interface Participant extends Registration {
  readonly status: "active" | "suspended";
  /** Keys used before, newest first, so that old rounds can be checked again. */
  readonly retiredKeys: readonly string[];
}

/** A participant's money, 1e-12 currency, never negative. */
export interface Account {
  readonly available: string;
  readonly held: string;
  /** Highest nonce that was used in a bid. */
  readonly nonce: string;
  /** Number of entries in the account's journal. */
  readonly entries: string;
}

/** A change of an account outside of rounds. */
export interface JournalEntry {
  readonly kind: "deposit" | "withdrawal" | "correction" | "forfeit";
  /** 1e-12 currency; negative where the account loses it. */
  readonly amount: string;
  /** What it rests on: an external payment, or a dispute. */
  readonly reference: string;
}

/** Amount for or from a participant, with an external reference that counts once. */
export interface Transfer {
  readonly participant: string;
  readonly amount: string;
  readonly reference: string;
}
