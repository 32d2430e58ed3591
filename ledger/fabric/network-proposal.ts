import type { Gateway, Network } from "fabric-network";
import { LedgerError } from "../errors.js";
import type { Command } from "../port.js";
import { readFault, type Step } from "./faults.js";

/** The SDK's lower layer, whose types have no package of their own here. */
export type Channel = ReturnType<Network["getChannel"]>;
export type Endorsement = ReturnType<Channel["newEndorsement"]>;
export type Query = ReturnType<Channel["newQuery"]>;
export type Responses = Awaited<ReturnType<Endorsement["send"]>>;
export type Response = Responses["responses"][number];
export type Handler = NonNullable<Parameters<Endorsement["send"]>[0]>["handler"];
export type IdentityContext = NonNullable<Gateway["identityContext"]>;

/** Of steps whose caller has no patience of its own: connecting, and asking who is there. */
const LONGEST_MS = 30_000;

/** Writes a command down as a proposal and signs it. */
export function build(proposal: Endorsement | Query, identity: IdentityContext, command: Command): void {
  const transient = Object.entries(command.transient ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes)] as const);
  const transientMap = transient.length === 0 ? undefined : Object.fromEntries(transient);
  proposal.build(identity, { fcn: command.function, args: [...command.args], transientMap });
  proposal.sign(identity);
}

/** The peers' answers, all of them good. @throws LedgerError for the first that is not. */
export function accepted({ responses, errors }: Responses, step: Step): readonly Response[] {
  for (const { response } of responses) {
    if (response.status >= 400) {
      throw readFault({ step, text: `chaincode response ${response.status}, ${response.message}` });
    }
  }
  if (errors.length > 0 || responses.length === 0) {
    const said = errors.map(({ connection, message }) => `${message} (${connection.name})`);
    throw readFault({ step, status: statusOf(errors.at(0)), text: said.join("; ") || "no peer answered" });
  }
  return responses;
}

/**
 * Turns what the SDK throws into the ledger's error. The SDK's own deadlines end with a node that closes the connection
 * without an answer, so there is one more here.
 */
export async function attempt<T>(step: Step, act: () => Promise<T>, ms = LONGEST_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`timed out: no answer within ${ms / 1000} s`));
    }, ms);
  });
  try {
    return await Promise.race([act(), late]);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw readFault({ step, status: statusOf(error), text: error instanceof Error ? error.message : String(error) });
  } finally {
    clearTimeout(timer);
  }
}

function statusOf(error: unknown): number | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "number" ? code : undefined;
}
