import { readReferenceJson } from "../../../testing/reference.js";

/** A complex number as the snapshot writes it, in either form. */
export type SnapshotComplex =
  { readonly re: number; readonly im: number } | { readonly mag: number; readonly deg: number };
type Fields = Record<string, number & string & SnapshotComplex>;

/** The electrical state of the recorded case at one moment of a controlled run, by class and object. */
export interface Snapshot {
  readonly time_s: number;
  readonly objects: Record<string, Record<string, Fields>>;
}

export function readSnapshot(): Snapshot {
  return readReferenceJson<Snapshot>("pemt/r5/feeder-snapshot.json");
}

/** Magnitude of a complex number of the snapshot. */
export function magnitude(value: SnapshotComplex): number {
  return "mag" in value ? value.mag : Math.hypot(value.re, value.im);
}

/** Real part of a complex number of the snapshot. */
export function realPart(value: SnapshotComplex): number {
  return "mag" in value ? value.mag * Math.cos((value.deg * Math.PI) / 180) : value.re;
}
