/**
 * The catalogue of error codes: what each one means and what to do about it.
 * `docs/troubleshooting.md` is written from it.
 */
export const ERRORS = {
  COSIM_TIME_INVALID: "A duration or time cannot be read. Write a number and a unit: 15s, 5m, 24h, 2d.",
  COSIM_CASE_INVALID: "The case has faults; each is listed with its path and its cure.",
  COSIM_FEDERATION_INVALID: "The federates and links do not fit together; each fault is listed with its cure.",
  COSIM_FEDERATE_UNKNOWN:
    "A case uses a federate that is neither built in nor a module path. `gridloom doctor` lists the names.",
  COSIM_FEDERATE_FAILED: "A federate threw an error. Read the last lines of its log, which the message quotes.",
  COSIM_FEDERATE_DIED: "A federate's process ended without saying goodbye. Read its log; look for signals and memory.",
  COSIM_FEDERATE_SILENT:
    "A federate's heartbeat is lost. Its process is stopped, its machine is gone or the network is cut.",
  COSIM_FEDERATE_DUPLICATE: "Two processes joined under one name. End the older run or give the federate another name.",
  COSIM_STEP_TIMEOUT: "A step took longer than the case's stepTimeout.",
  COSIM_OUTPUT_INVALID: "A federate published something that its output does not declare.",
  COSIM_INPUT_MISSING:
    "A federate ran before a required input had a value. Let the source publish at its start, or declare `initial`.",
  COSIM_WAKE_INVALID: "A federate asked to wake at a time that is not later than now, or is off its grid.",
  COSIM_ITERATION_LIMIT:
    "A loop did not converge within maxIterations. Look at the values on its links, or raise the limit.",
  COSIM_ACTIVATION_LIMIT: "A federate ran too often within one simulated second: a cycle of tiny delays.",
  COSIM_STALLED: "Nobody can go on: a fault of the coordinator. Please report it with the case.",
  COSIM_PROTOCOL_VERSION:
    "The other side speaks another version of the protocol. Use the same version of gridloom on both sides.",
  COSIM_FRAME_INVALID: "A frame could not be read and was refused.",
  COSIM_FRAME_TOO_LARGE: "A frame is larger than the limit and was refused.",
  COSIM_BROKER_LOST: "The broker does not answer any more.",
  COSIM_CONNECT_TIMEOUT: "Not every host joined in time. The message names those that are missing.",
  COSIM_LISTEN_NEEDS_KEYS: "Listening beyond loopback needs CURVE keys. Leave out --listen, or give --keys.",
  COSIM_CHECKPOINT_INVALID: "A checkpoint cannot be used: it is damaged or belongs to another case or version.",
  COSIM_RUN_FOLDER: "The run folder cannot be created, written or read.",
  COSIM_DATA_INVALID: "An input file has faults; file, line and column are named.",
  COSIM_OPTION_INVALID: "A command-line option is unknown or has a value that does not fit.",
  COSIM_NOT_BUILT: "This command, option or preset is part of the plan but not built yet.",
  COSIM_BACKEND_MISSING:
    "A backend of learning needs a package that is not installed. Install it, or let the case name another backend.",
  LEDGER_REFUSED: "The settlement contract refused a command; its message says which rule stands against it.",
  LEDGER_CONFLICT: "A period was settled before, and differently. The first settlement stands.",
  LEDGER_UNBALANCED: "A settlement's energy or money does not add up; nothing of it was booked.",
  LEDGER_SIGNATURE: "A bid's signature is not that of its bidder.",
  LEDGER_FORBIDDEN: "The caller's role may not use this function of the contract.",
  LEDGER_FUNDS: "A party has less money on the ledger than it would owe. Deposit first.",
  LEDGER_CORRUPT: "The ledger's log was damaged or altered. `gridloom ledger verify RUN` names the block.",
  LEDGER_UNREACHABLE: "The ledger does not answer. Look whether its network is up.",
  LEDGER_MISMATCH:
    "Peers of the network give different answers to one command, again and again. Look whether they run the same contract and keep up.",
  LEDGER_IDENTITY: "The network does not know or no longer accepts the certificate of the caller. Enrol again.",
  LEDGER_NETWORK_INVALID: "The description of the Fabric network, or a file that it names, cannot be used.",
  LEDGER_PACKAGE_MISSING:
    "A ledger's driver needs a package that is not installed. Install it, or take --ledger embedded.",
  LEDGER_RECEIPT: "The ledger gave a receipt that does not belong to the round. It runs another contract, or lies.",
  LEDGER_FULL_DISK: "The disk is full; everything committed so far is safe. Make room and `resume`.",
  LEDGER_LOCKED: "Another process writes this ledger. Wait until it has ended; queries and `verify` work meanwhile.",
  LEDGER_CLOSED: "The ledger was closed before the command was carried out.",
  LEDGER_FAILED: "The ledger failed in a way that it does not know. Please report it with the output of --verbose.",
  COSIM_INTERRUPTED: "The run was interrupted and its folder was closed properly. `resume` goes on.",
  COSIM_INTERNAL: "A fault of gridloom itself. Please report it with the output of --verbose.",
  COSIM_TIMEOUT: "The run took longer than its wall-clock limit.",
} as const;

/** One code of the catalogue. */
export type ErrorCode = keyof typeof ERRORS;

/** An error with a code of the catalogue, the party it concerns and what to do. */
export class CosimError extends Error {
  override readonly name = "CosimError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
  }
}

/** Where an error happened, as far as it is known. */
export interface ErrorDetails {
  /** Federate or host that the error concerns. */
  readonly party?: string;
  /** Last stamp of the party, as text. */
  readonly stamp?: string;
  /** Last lines of the party's log. */
  readonly log?: readonly string[];
  readonly cause?: unknown;
}

/** A fault found before a run starts: where it is, what is wrong, how to cure it. */
export interface Fault {
  /** Place in the case: `federates.houses.period` or `links[3]`. */
  readonly path: string;
  readonly problem: string;
  readonly cure: string;
}

/** One line for each fault. */
export function formatFaults(faults: readonly Fault[]): string {
  return faults.map(fault => `  ${fault.path}: ${fault.problem} ${fault.cure}`).join("\n");
}
