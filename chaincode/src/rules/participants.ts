import { emptyAccount } from "./accounts.js";
import { canonical } from "./canonical.js";
import { refuse } from "./errors.js";
import { readJson, readList, readMembers, readName, readText, readTime, readWord, show } from "./input.js";
import { keys } from "./keys.js";
import type { Participant, Registration } from "./participant.js";
import { isPublicKey } from "./signing.js";
import type { State } from "./state.js";
import { load, need, save } from "./storage.js";
import type { Transaction } from "./transaction.js";

/** Registers participants with empty accounts. The same registration again changes nothing and makes no money. */
export async function registerParticipants({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const registrations = readList(readJson(args[0], "registrations"), "registrations", 20_000).map(readRegistration);
  checkDistinct(registrations.map(({ participant }) => participant));
  const registered: string[] = [];
  for (const registration of registrations) {
    const { participant } = registration;
    const before = await load<Participant>(state, keys.participant(participant));
    if (before === undefined) {
      await save(state, keys.participant(participant), { ...registration, status: "active", retiredKeys: [] });
      await save(state, keys.account(participant), emptyAccount);
      registered.push(participant);
    } else if (before.publicKey !== registration.publicKey || before.validUntil !== registration.validUntil)
      refuse(
        "CONFLICT",
        `${participant} is registered already with another key or end; rotate its key or take another name.`,
      );
  }
  if (registered.length > 0) emit("ParticipantsRegistered", { participants: registered });
  return canonical(registered);
}

/** Replaces a participant's key; bids signed with the old one are refused from now on. */
export async function rotateKey({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const name = readName(args[0], "the participant");
  const publicKey = readKey(args[1], name);
  const before = await readParticipant(state, name);
  if (before.publicKey === publicKey) return canonical(before);
  if (before.retiredKeys.includes(publicKey)) refuse("CONFLICT", `${name} had this key before; make a new one.`);
  const after: Participant = { ...before, publicKey, retiredKeys: [before.publicKey, ...before.retiredKeys] };
  await save(state, keys.participant(name), after);
  emit("KeyRotated", { participant: name });
  return canonical(after);
}

/** Suspends a participant, or lets it bid again. */
export async function setStatus({ state, emit }: Transaction, args: readonly string[]): Promise<string> {
  const name = readName(args[0], "the participant");
  const status = readWord(args[1], `the status of ${name}`, ["active", "suspended"]);
  const before = await readParticipant(state, name);
  if (before.status === status) return canonical(before);
  const after: Participant = { ...before, status };
  await save(state, keys.participant(name), after);
  emit("StatusSet", { participant: name, status });
  return canonical(after);
}

export function readParticipant(state: State, name: string): Promise<Participant> {
  return need<Participant>(state, keys.participant(name), `participant ${name}`);
}

/** Refuses what a suspended participant signs, and what is signed after its registration ended. */
export function checkActive({ participant, status, validUntil }: Participant, time: string): void {
  if (status === "suspended") refuse("SUSPENDED", `${participant} is suspended.`);
  if (validUntil !== "" && time >= validUntil)
    refuse("EXPIRED", `the registration of ${participant} ended at ${validUntil}; it is ${time}.`);
}

/** Refuses a list that names somebody twice. */
export function checkDistinct(names: readonly string[]): void {
  const seen = new Set<string>();
  const twice = names.find(name => seen.size === seen.add(name).size);
  if (twice !== undefined) refuse("BAD_INPUT", `${twice} is named twice.`);
}

function readRegistration(value: unknown): Registration {
  const registration = readMembers(value, "a registration", ["participant", "publicKey", "validUntil"]);
  const participant = readName(registration.participant, "a participant");
  const { validUntil } = registration;
  return {
    participant,
    publicKey: readKey(registration.publicKey, participant),
    validUntil: validUntil === "" ? "" : readTime(validUntil, `the end of ${participant}'s registration`),
  };
}

function readKey(value: unknown, participant: string): string {
  const text = readText(value, `the key of ${participant}`, 100);
  if (!isPublicKey(text)) refuse("BAD_INPUT", `the key of ${participant} is ${show(text)}, not base64 of 32 bytes.`);
  return text;
}
