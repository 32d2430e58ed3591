import type { Host } from "../host/host.js";

/** A call of one of Fabric's tools. */
export interface ToolCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A host whose tools only write down what they were asked, and answer what the test says; an Error is thrown. */
export function fakeHost(answer: (call: ToolCall) => string | Error = () => ""): Host & { readonly calls: ToolCall[] } {
  const calls: ToolCall[] = [];
  return {
    ...{ mode: "native", programs: "a test", root: "/state", calls },
    up: () => Promise.resolve(),
    down: () => Promise.resolve(),
    kill: () => Promise.resolve(),
    running: () => Promise.resolve(new Map()),
    tool(program, args, environment = {}) {
      const call = { program, args, environment };
      calls.push(call);
      const said = answer(call);
      return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
    },
  };
}
