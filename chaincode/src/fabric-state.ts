import type { Context } from "fabric-contract-api";
import { compositeKey, type Caller, type Page, type State } from "./rules/index.js";
import { readName } from "./rules/input.js";

type Stub = Context["stub"];

/** Type of all keys of a scope. */
const SCOPE = "scope";

/** A scope's name, or the empty text. @throws SettlementError `BAD_INPUT` */
export function readScope(scope: string): string {
  return scope === "" ? scope : readName(scope, "the scope");
}

/**
 * The part of a Fabric peer's state that belongs to a scope, or of a stub that behaves as one. Its keys are composed of the
 * scope's name and the keys without a scope, so that no range of one scope reaches into another.
 */
export function fabricState(stub: Stub, scope: string): State {
  const prefix = scope === "" ? "" : compositeKey(SCOPE, scope).slice(0, -1);
  const inner = ({ key, value }: { readonly key: string; readonly value: Uint8Array }) => {
    return { key: key.slice(prefix.length), value: textOf(value) };
  };
  const place = (type: string, attributes: readonly string[]): [string, string[]] =>
    scope === "" ? [type, [...attributes]] : [SCOPE, [scope, type, ...attributes]];
  return {
    get: key => stub.getState(prefix + key).then(value => (value.length === 0 ? undefined : textOf(value))),
    put: (key, value) => stub.putState(prefix + key, Buffer.from(value)),
    delete: key => stub.deleteState(prefix + key),
    range: async function* (type, attributes) {
      for await (const entry of stub.getStateByPartialCompositeKey(...place(type, attributes))) yield inner(entry);
    },
    page: async (type, attributes, { limit, bookmark }): Promise<Page> => {
      const found = stub.getStateByPartialCompositeKeyWithPagination(...place(type, attributes), limit, bookmark);
      const entries: { key: string; value: string }[] = [];
      for await (const entry of found) entries.push(inner(entry));
      const { metadata } = await found;
      return { entries, bookmark: metadata.bookmark };
    },
  };
}

/** Who submits: its certificate's organisation, name and attribute `gridloom.role`. */
export function fabricCaller({ clientIdentity }: Context): Caller {
  const roles = clientIdentity.getAttributeValue("gridloom.role") ?? "";
  return { mspId: clientIdentity.getMSPID(), id: clientIdentity.getID(), roles: roles.split(",").filter(Boolean) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
