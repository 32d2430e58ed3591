/** How the program ends when it cannot go on: it failed, the input is at fault, or what it needs is not here. */
export type FailureCode = 1 | 2 | 3;

/** A fault of the network with what to do about it. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(
    message: string,
    readonly exitCode: FailureCode = 1,
  ) {
    super(message);
  }
}
