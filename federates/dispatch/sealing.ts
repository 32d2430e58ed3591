import type { Payload } from "../../methods/index.js";
import { isSummed } from "../../methods/dispatch/price-bundle/index.js";
import { addSealed, openSealed, sealVector, SecureSum } from "../../methods/dispatch/privacy/index.js";
import type { Context } from "../../runtime/index.js";
import type { AnswerMessage, NodePayload, PublicKey } from "./messages.js";

/** Keys of the federates of a process. They stand in no state: a resumed operator makes new ones. */
const keys = new WeakMap<Context, Promise<{ readonly id: number; readonly sums: SecureSum }>>();

/** The operator's own key pair; made once. */
export async function ownKeys(context: Context): Promise<{ readonly publicKey: PublicKey; readonly sums: SecureSum }> {
  const { id, sums } = await kept(context, undefined, () => SecureSum.create());
  return { publicKey: { id, bytes: sums.publicKey }, sums };
}

/** Frees the keys that a federate has. */
export async function dropKeys(context: Context): Promise<void> {
  const known = await keys.get(context);
  keys.delete(context);
  known?.sums.close();
}

/** An agent's answers as they leave it: offers that are only needed in a sum are sealed under the operator's key. */
export async function sealAnswers(message: AnswerMessage, key: PublicKey, context: Context): Promise<AnswerMessage> {
  const { sums } = await kept(context, key.id, () => SecureSum.join(key.bytes));
  const sealed = (payload: Payload) =>
    isSummed(payload) ? { ...payload, offer: sealVector(sums, payload.offer as Float64Array) } : payload;
  return {
    ...message,
    key: key.id,
    answers: message.answers.map(({ node, payload }) => ({ node, payload: sealed(payload) })),
  };
}

/**
 * Answers of one round in which the first offer of each kind stands for the sum of all, and the others are empty.
 * Adding takes no secret: any key's context does.
 */
export async function addAnswers(answers: readonly NodePayload[], context: Context): Promise<NodePayload[]> {
  const { sums } = await kept(context, undefined, () => SecureSum.create());
  const firsts = new Map<number, Float64Array[]>();
  for (const { payload } of answers) {
    if (!isSummed(payload)) continue;
    const kind = payload.kind as number;
    firsts.set(kind, [...(firsts.get(kind) ?? []), payload.offer as Float64Array]);
  }
  return answers.map(({ node, payload }) => {
    if (!isSummed(payload)) return { node, payload };
    const offers = firsts.get(payload.kind as number);
    firsts.delete(payload.kind as number);
    return { node, payload: { ...payload, offer: offers ? addSealed(sums, offers) : new Float64Array(0) } };
  });
}

/** Answers with their sums opened; the empty offers of a kind become zeros, so that a sum over all is the sum. */
export function openAnswers(answers: readonly NodePayload[], sums: SecureSum): NodePayload[] {
  const lengths = new Map<number, number>();
  return answers.map(({ node, payload }) => {
    if (!isSummed(payload)) return { node, payload };
    const kind = payload.kind as number;
    const given = payload.offer as Float64Array;
    const offer = given.length > 0 ? openSealed(sums, given) : new Float64Array(lengths.get(kind) ?? 0);
    lengths.set(kind, offer.length);
    return { node, payload: { ...payload, offer } };
  });
}

/** The keys of a federate, made anew when another key is asked for. */
async function kept(context: Context, id: number | undefined, make: () => Promise<SecureSum>) {
  const known = await keys.get(context);
  if (known !== undefined && (id === undefined || known.id === id)) return known;
  known?.sums.close();
  const made = make().then(sums => ({ id: id ?? fingerprint(sums.publicKey), sums }));
  keys.set(context, made);
  return made;
}

/** A number by which a key is told from others (FNV-1a). */
function fingerprint(bytes: Uint8Array): number {
  let hash = 2166136261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash >>> 0;
}
