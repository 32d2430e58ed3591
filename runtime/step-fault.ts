import type { StepResult } from "../broker/core/index.js";
import type { OutputDeclarations } from "./ports.js";
import { valueFault } from "./value-fault.js";

/** What is wrong with what a step returned, as a sentence; undefined when it fits the declared outputs. */
export function stepFault(outputs: OutputDeclarations, result: unknown): string | undefined {
  if (result === undefined) return undefined;
  if (typeof result !== "object" || result === null) {
    return `returned ${JSON.stringify(result) ?? typeof result} from step; return { outputs, messages, wakeAt } or nothing.`;
  }
  const { outputs: values, messages } = result as StepResult;
  for (const name in values) {
    const port = outputs[name];
    const value = values[name];
    if (port === undefined || value === undefined) continue;
    if (port.type === "message")
      return `published a value at ${name}, which carries messages; return it under messages.`;
    const fault = valueFault(port, value);
    if (fault !== undefined) return `published at ${name} what it does not declare: ${fault}.`;
  }
  for (const { output } of messages ?? []) {
    const port = outputs[output];
    if (port !== undefined && port.type !== "message") {
      return `sent a message from ${output}, which carries a ${port.type}; return it under outputs.`;
    }
  }
  return undefined;
}
