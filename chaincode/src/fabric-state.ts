import type { Context } from "fabric-contract-api";
import type { Caller, Page, State } from "./rules/index.js";

type Stub = Context["stub"];

/** The state of a Fabric peer, or of a stub that behaves as one. */
export function fabricState(stub: Stub): State {
  return {
    get: async key => {
      const value = await stub.getState(key);
      return value.length === 0 ? undefined : textOf(value);
    },
    put: (key, value) => stub.putState(key, Buffer.from(value)),
    delete: key => stub.deleteState(key),
    range: async function* (type, attributes) {
      for await (const { key, value } of stub.getStateByPartialCompositeKey(type, [...attributes]))
        yield { key, value: textOf(value) };
    },
    page: async (type, attributes, { limit, bookmark }): Promise<Page> => {
      const found = stub.getStateByPartialCompositeKeyWithPagination(type, [...attributes], limit, bookmark);
      const entries: { key: string; value: string }[] = [];
      for await (const { key, value } of found) entries.push({ key, value: textOf(value) });
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
