import type { MemberPlan } from "./assemble.js";
import type { OutputDeclaration } from "./ports.js";

/** What is wrong with a value that federate `federate` publishes from an output; undefined when it fits the declaration. */
export type ValueFault = (federate: number, output: string, value: unknown) => string | undefined;

/** Checks values of federates that no compiler has checked. */
export function valueFaults(members: readonly MemberPlan[]): ValueFault {
  return (federate, output, value) => {
    const port = members[federate].outputs[output] as OutputDeclaration | undefined;
    return port === undefined ? undefined : valueFault(port, value);
  };
}

/**
 * What is wrong with a value for a port; undefined when it fits. Numbers must be finite; of a vector's elements only
 * their count is looked at.
 */
export function valueFault({ type, elements }: OutputDeclaration, value: unknown): string | undefined {
  switch (type) {
    case "json":
    case "message":
      return undefined;
    case "vector":
      if (!(value instanceof Float64Array)) return "it is no vector of doubles";
      if (elements === undefined || elements.length === value.length) return undefined;
      return `it has ${value.length} elements instead of ${elements.length}`;
    case "number":
      if (typeof value !== "number") return "it is no number";
      return Number.isFinite(value) ? undefined : `it is ${value}`;
    case "complex":
      return isComplex(value) ? undefined : "it is no complex number { re, im }";
    default:
      return typeof value === type ? undefined : `it is no ${type}`;
  }
}

function isComplex(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { re, im } = value as Record<string, unknown>;
  return Number.isFinite(re) && Number.isFinite(im);
}
