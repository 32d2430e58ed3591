import { DispatchError } from "../dispatch-error.js";
import type { Mask } from "./mask.js";
import { orthogonal } from "./orthogonal.js";
import { repaired } from "./repaired.js";
import { rmme } from "./rmme.js";

/** All masks by name. */
export const masks = { rmme, orthogonal, repaired } satisfies Readonly<Record<string, Mask>>;

/** @throws DispatchError `INVALID_MASK` with the names that there are */
export function maskNamed(name: string): Mask {
  const mask = (Object.values(masks) as Mask[]).find(candidate => candidate.name === name);
  if (mask !== undefined) return mask;
  throw new DispatchError("INVALID_MASK", `there is no mask "${name}": take ${Object.keys(masks).join(", ")} or none`);
}
