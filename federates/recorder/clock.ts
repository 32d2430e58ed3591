import type { SetupContext } from "../../runtime/index.js";

/** Local clock of a case's start and the text of its zone. */
export interface Clock {
  /** Milliseconds of the local clock, as if it were UTC. */
  readonly startMs: number;
  /** The offset from UTC: `-0700`. */
  readonly zone: string;
}

/** Reads the start of a case: `2013-07-01T00:00:00-07:00`. */
export function clockOf({ start }: Pick<SetupContext, "start">): Clock {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(start);
  const startMs = match === null ? Date.parse(start) : Date.parse(`${match[1]}T${match[2] ?? "00:00"}Z`);
  const offset = match?.[3] ?? "Z";
  return { startMs, zone: offset === "Z" ? "+0000" : offset.replace(":", "") };
}

/** Local clock time at some simulated seconds: `2013-07-01 00:05:00 PDT`; an empty zone is left out. */
export function clockText({ startMs }: Clock, seconds: number, zone: string): string {
  const text = new Date(startMs + seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  return zone === "" ? text : `${text} ${zone}`;
}
