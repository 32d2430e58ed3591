import { createHash } from "node:crypto";

/** What is stored, signed and hashed: no numbers, so that every integer is exact and has one spelling. */
export type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The one text of a value: keys sorted by code unit, no spaces, absent keys left out (RFC 8785 without numbers). */
export function canonical(value: Json | object): string {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return JSON.stringify(value);
  if (typeof value !== "object") throw new TypeError(`A ${typeof value} has no canonical text; write it as a string.`);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const members: string[] = [];
  const record = value as Readonly<Record<string, Json | undefined>>;
  for (const key of Object.keys(record).sort()) {
    const member = record[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonical(member)}`);
  }
  return `{${members.join(",")}}`;
}

/** SHA-256 of a text, in hexadecimal. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
