import { refuse } from "./errors.js";
import { readParticipant } from "./participants.js";
import { statementText } from "./signing.js";
import type { Transaction } from "./transaction.js";

/** What a participant says and signs besides bids, and who that is. */
export interface Statement {
  readonly kind: "dispute" | "rating" | "seal";
  readonly by: string;
  readonly statement: Readonly<Record<string, string>> & { readonly signature: string };
}

/** Refuses a statement that its participant did not sign: who carries it to the ledger does not matter. */
export async function checkStatement(
  { state, verifier }: Transaction,
  { kind, by, statement }: Statement,
): Promise<void> {
  const { signature, ...said } = statement;
  const { publicKey, status } = await readParticipant(state, by);
  if (status === "suspended") refuse("SUSPENDED", `${by} is suspended.`);
  const [isSound] = await verifier([{ publicKey, text: statementText(kind, said), signature }]);
  if (!isSound) refuse("SIGNATURE", `the ${kind} is not signed with the key of ${by}.`);
}
