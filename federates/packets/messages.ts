/** A house asks for a packet. Powers in whole watts. */
export interface PacketAsked {
  readonly packet: "request";
  readonly house: string;
  /** What its cooling draws while it runs, as far as the house knows. */
  readonly powerW: number;
  /** What its cooling draws now. */
  readonly drawingW: number;
  /** Length of the packet. */
  readonly seconds: number;
}

/** The coordinator's answer, with what it rested on: the estimate in case of a yes stood against the cap. */
export interface PacketAnswered {
  readonly packet: "answer";
  readonly house: string;
  readonly accepted: boolean;
  readonly estimateW: number;
  readonly measuredW: number;
}

/** A packet has ended: used up, or cut short because the house protects its comfort. */
export interface PacketExpired {
  readonly packet: "expiry";
  readonly house: string;
  readonly deliveredSeconds: number;
}

/**
 * The request in a message.
 * @throws RangeError for what is no request, or one whose power or length is no positive number.
 */
export function readRequest(payload: unknown): PacketAsked {
  const request = payload as Partial<PacketAsked> | null;
  const { house, powerW = NaN, drawingW = NaN, seconds = NaN } = request ?? {};
  if (typeof house !== "string") throw new RangeError(`A request names no house: ${JSON.stringify(payload)}.`);
  if (!(powerW > 0 && Number.isFinite(powerW)))
    throw new RangeError(`${house} asks for ${powerW} W; give more than 0.`);
  if (!(drawingW >= 0)) throw new RangeError(`${house} says that it draws ${drawingW} W; give 0 or more.`);
  if (!(seconds > 0)) throw new RangeError(`${house} asks for ${seconds} s; give more than 0.`);
  return { packet: "request", house, powerW, drawingW, seconds };
}
