import { z } from "zod";
import { UNITS, type Unit } from "../../broker/wire/index.js";
import { ACROSS } from "./across.js";

const unit = z.enum(Object.keys(UNITS) as [Unit, ...Unit[]]);
const duration = z.union([z.string(), z.number()]);

/** Names of a vector's elements: a list, or the name of a list under `names`. */
const elements = z.union([z.string(), z.array(z.string())]);

/** One input of the recorder. */
const port = z.strictObject({
  type: z.enum(["number", "complex", "boolean", "string", "vector", "json", "message"]),
  unit: unit.optional(),
  elements: elements.optional(),
  /** Whether a new item makes the recorder run; default `any`. `never` leaves sampling to the recorder's period. */
  wakes: z.enum(["never", "any", "change"]).optional(),
  optional: z.boolean().optional(),
  initial: z.union([z.number(), z.boolean(), z.string()]).optional(),
  /** False keeps it out of `series.arrow`. */
  series: z.boolean().optional(),
});

/** A number, or one number for each object, taken from an input. */
const term = z.strictObject({
  input: z.string(),
  /** Place inside a json value: `"clearing.price"`; it leads to a value or to a list with one value for each object. */
  path: z.string().optional(),
  /** The one element of a vector that is meant, by its name on the port. */
  element: z.string().optional(),
  /** Part of a complex number. */
  part: z.enum(["re", "im", "abs"]).optional(),
  /** Makes one number of a vector. */
  over: z.enum(["sum", "mean", "min", "max"]).optional(),
  /** Factor; for sums and conversions. */
  weight: z.number().optional(),
});

const statistic = z.enum([
  "min",
  "max",
  "avg",
  "median",
  "last",
  "energy",
  "durationAbove",
  "durationBelow",
  "countAbove",
  "countBelow",
  "energyAbove",
  "energyBelow",
  "durationOutside",
  "countOutside",
  "energyOutside",
]);

/** One column: what is taken and which statistic of it. Without an input it is the constant. */
const field = z.strictObject({
  name: z.string(),
  units: z.string(),
  doc: z.string().optional(),
  statistic: statistic.default("last"),
  ...term.partial().shape,
  /** Summed; in place of `input`. */
  terms: z.array(term).nonempty().optional(),
  /** Of what is above or below it. */
  limit: z.number().optional(),
  /** Lower and upper limit of what is outside. */
  limits: z.tuple([z.number(), z.number()]).optional(),
  constant: z.union([z.number(), z.boolean(), z.string(), z.null()]).optional(),
});

/** The objects of one class that one set of inputs serves; several groups may make up a class. */
const group = z.strictObject({
  class: z.string().regex(/^[A-Za-z]\w*$/),
  elements: elements.default([]),
  /** Stands before each element's name to make the object's name. */
  prefix: z.string().default(""),
  /** First part of the names of the inputs that a class of the catalogue declares; default the class. */
  ports: z.string().optional(),
  /** Where a quantity of the catalogue comes from instead, or the constant that its fields show (0 for what is absent). */
  bind: z.record(z.string(), z.union([term, z.number()])).default({}),
  /** In place of the catalogue's. */
  fields: z.array(field).optional(),
  /** After them. */
  ownFields: z.array(field).default([]),
  period: duration.optional(),
  /** Windows end at `offset + k·period`; default the period. */
  offset: duration.optional(),
  /** Takes values at multiples of this time only; each stands for the time before it. */
  sample: duration.optional(),
  /** Text after the clock time in `StartTime`; default that of the recorder. */
  zone: z.string().optional(),
  /** Further keys of the file. */
  extra: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  /** Objects that an aggregated class still shows singly; `*` stands for any text. */
  singles: z.array(z.string()).default([]),
});

/** A quantity of the whole run, or of the windows of one metrics field. */
const summaryEntry = z.union([
  field.omit({ name: true, units: true }).extend({
    key: z.string(),
    /** The objects that the input has one value for each of; `across` makes one number of their statistics. */
    elements: elements.optional(),
    across: z.enum(ACROSS).optional(),
    /** Factor of the result. */
    scale: z.number().optional(),
  }),
  z.strictObject({
    key: z.string(),
    doc: z.string().optional(),
    class: z.string(),
    /** Several are added. */
    field: z.union([z.string(), z.array(z.string()).nonempty()]),
    /** Default: the first object of the class. */
    object: z.string().optional(),
    /** In place of one object: those, or all of the class; `across` makes one number of what their windows come to. */
    objects: elements.optional(),
    across: z.enum(ACROSS).optional(),
    /** `worst` is the largest magnitude. */
    over: z.enum(["min", "max", "mean", "sum", "last", "worst"]),
    weight: z.number().optional(),
  }),
]);

/** A table of present values in the form of GridLAB-D's recorders. */
const csvFile = z.strictObject({
  file: z.string().regex(/^[\w.-]+\.csv$/),
  period: duration,
  /** The object that the columns belong to, for the header. */
  object: z.string().default(""),
  columns: z.array(z.strictObject({ name: z.string(), units: z.string().default(""), ...term.shape })).nonempty(),
  zone: z.string().optional(),
});

/** Everything that a case says about its recording. */
export const recorderParams = z.strictObject({
  /**
   * `all` keeps every object and the series, `metrics` no series, `aggregate` statistics over the objects,
   * `none` the summary only. Without it: `all`, but `aggregate` for classes of more than 1,000 objects.
   */
  record: z.enum(["all", "metrics", "aggregate", "none"]).optional(),
  /** Text after a clock time; default the offset of the case's start. */
  zone: z.string().optional(),
  /** Lists of element names that groups and inputs refer to. */
  names: z.record(z.string(), z.array(z.string())).default({}),
  inputs: z.record(z.string(), port).default({}),
  metrics: z.array(group).default([]),
  summary: z.array(summaryEntry).default([]),
  csv: z.array(csvFile).default([]),
  series: z
    .strictObject({
      enabled: z.boolean().default(true),
      period: duration.default("60s"),
      /** Rows of one record batch. */
      rows: z.number().int().positive().default(60),
    })
    .prefault({}),
  /** Inputs whose messages and changes go to `events.jsonl`. */
  events: z.array(z.string()).default([]),
});

export type RecorderParams = z.output<typeof recorderParams>;
export type PortParams = z.output<typeof port>;
export type Term = z.output<typeof term>;
export type Statistic = z.output<typeof statistic>;
export type FieldParams = z.output<typeof field>;
export type GroupParams = z.output<typeof group>;
export type SummaryParams = z.output<typeof summaryEntry>;
export type CsvParams = z.output<typeof csvFile>;

/** A summary entry over the windows of a metrics field. */
export type WindowParams = Extract<SummaryParams, { class: string }>;

/** A summary entry over the whole run. */
export type DirectParams = Exclude<SummaryParams, WindowParams>;

/** True for an entry over the windows of a metrics field. */
export function isWindowEntry(entry: SummaryParams): entry is WindowParams {
  return "class" in entry;
}
