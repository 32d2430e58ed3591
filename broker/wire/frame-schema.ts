import type { Frame } from "./frame.js";

/** How a field is written; `value` is `bytes` that hold a packed value. */
export type FieldType = "uint32" | "double" | "bool" | "string" | "value" | readonly Field[];

/** One field of a message of `cosim.proto`. */
export interface Field {
  readonly id: number;
  readonly name: string;
  readonly type: FieldType;
  readonly repeated: boolean;
  /** Absent and zero are different things. */
  readonly optional: boolean;
}

const field = (id: number, name: string, type: FieldType): Field => ({
  id,
  name,
  type,
  repeated: false,
  optional: false,
});
const optional = (id: number, name: string, type: FieldType): Field => ({ ...field(id, name, type), optional: true });
const repeated = (id: number, name: string, type: FieldType): Field => ({ ...field(id, name, type), repeated: true });

const due = [field(1, "federate", "uint32"), field(2, "time", "double"), field(3, "phase", "double")];
const publication = [
  field(1, "source", "uint32"),
  field(2, "output", "uint32"),
  field(3, "time", "double"),
  field(4, "phase", "double"),
  field(5, "sequence", "double"),
  field(6, "value", "value"),
  optional(7, "link", "uint32"),
  field(8, "extraDelay", "double"),
];
const published = [field(1, "output", "string"), field(2, "value", "value"), field(3, "to", "string")];
const message = [
  field(1, "time", "double"),
  field(2, "source", "string"),
  field(3, "output", "string"),
  field(4, "sequence", "double"),
  field(5, "payload", "value"),
];
const input = [field(1, "name", "string"), optional(2, "value", "value"), repeated(3, "messages", message)];

/** One kind of frame: its number in the envelope and its fields. */
export interface Body {
  readonly id: number;
  readonly kind: Frame["kind"];
  readonly fields: readonly Field[];
}

const body = (id: number, kind: Frame["kind"], ...fields: Field[]): Body => ({ id, kind, fields });

/** Every kind of frame, as `cosim.proto` has it (a test compares the two). */
export const BODIES: readonly Body[] = [
  body(
    2,
    "join",
    field(1, "token", "string"),
    field(2, "host", "string"),
    field(3, "plan", "string"),
    field(4, "foreign", "bool"),
  ),
  body(3, "welcome", field(1, "host", "uint32"), field(2, "until", "double"), field(3, "ticksPerSecond", "double")),
  body(4, "report", repeated(1, "due", due), repeated(2, "publications", publication), field(3, "idle", "bool")),
  body(5, "items", repeated(1, "publications", publication)),
  body(6, "release", field(1, "time", "double"), field(2, "phase", "double"), repeated(3, "publications", publication)),
  body(7, "save", field(1, "time", "double")),
  body(8, "saved", field(1, "time", "double")),
  body(
    9,
    "fail",
    field(1, "code", "string"),
    field(2, "message", "string"),
    field(3, "party", "string"),
    field(4, "stamp", "string"),
    repeated(5, "log", "string"),
  ),
  body(10, "end"),
  body(11, "leave"),
  body(12, "probe"),
  body(13, "query", field(1, "token", "string")),
  body(14, "answer", field(1, "json", "string")),
  body(15, "request", optional(1, "wakeAt", "double"), repeated(2, "published", published)),
  body(16, "grant", field(1, "time", "double"), field(2, "iteration", "uint32"), repeated(3, "inputs", input)),
];
