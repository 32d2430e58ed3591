import { z } from "zod";

/** The format that this version reads and writes. */
export const CASE_FORMAT = "gridloom-case/1";

const durationError = 'takes a duration: "15s", "5m", "24h", "2d" or a number of seconds';

const duration = z
  .union(
    [
      z.string().regex(/^\d+(\.\d+)?\s*(ns|us|ms|s|min|m|h|d)?$/, { error: durationError }),
      z.number().nonnegative({ error: durationError }),
    ],
    { error: durationError },
  )
  .describe('A duration: "15s", "5m", "24h", "2d", or a number of seconds.');

const address = z
  .string()
  .regex(/^[^.\s]+\.[^.\s]+$/, { error: 'takes "federate.port"' })
  .describe("federate.port");

const params = z.record(z.string(), z.unknown()).describe("Parameters of that kind; they are checked by it.");

const wrapper = z
  .strictObject({ use: z.string().min(1).describe("Name of the disturbance."), params: params.optional() })
  .describe("A disturbance on the link: loss, jitter and the like.");

const linkEntry = z.strictObject({
  from: address.describe("The output: federate.port."),
  to: address.describe("The input: federate.port."),
  delay: duration.optional().describe("Simulated time that an item travels; none by default."),
  iterate: z.boolean().optional().describe("Closes a loop that converges within one simulated time."),
  wrap: wrapper.optional(),
});

const linkError = 'takes "federate.output -> federate.input" or an object with from and to';

const tapEntry = z.strictObject({
  tap: z.string().describe('Another link, as "federate.output -> federate.input".'),
  to: address.describe("The observer's input."),
});

const arrow = z.string().regex(/^\s*[^.\s]+\.[^.\s]+\s*->\s*[^.\s]+\.[^.\s]+\s*$/, { error: linkError });

const federateEntry = z.strictObject({
  use: z
    .string()
    .min(1)
    .describe("Name of a built-in kind, or the path of a module whose default export is a federate."),
  params: params.optional(),
  period: duration.optional().describe("Runs at offset + k periods."),
  offset: duration.optional().describe("First run of a periodic federate; 0 by default."),
  startsAt: duration.optional().describe("First run of an event-driven federate; 0 by default."),
  wakesOnGrid: z.boolean().optional().describe("Rounds wakes up to the period's grid."),
  stepTimeout: z.number().positive().optional().describe("Wall-clock seconds after which a step counts as failed."),
});

const federateName = z.string().regex(/^[A-Za-z_][\w-]*$/, {
  error: "is no name for a federate: letters, digits, _ and -, beginning with a letter",
});

const twinName = z.string().regex(/^[A-Za-z][\w-]*$/, {
  error: "is no name for a twin: letters, digits, _ and -, beginning with a letter",
});

const assignment = z
  .string()
  .regex(/^[^=]+=/, { error: 'takes "path=value", as --set does' })
  .describe("path=value, as --set takes it: federates.houses.params.count=40.");

/** The case format: what is simulated. How it is deployed belongs to the launch. */
export const caseSchema = z.strictObject({
  $schema: z.string().optional().describe("Address of the published JSON Schema, for editors."),
  format: z.literal(CASE_FORMAT, { error: `takes "${CASE_FORMAT}"` }).describe("Format and version of this file."),
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]*$/, { error: "is no name for a case: letters, digits, dot, _ and -" })
    .describe("Short name; folders and files carry it."),
  title: z.string().optional().describe("One line for reports."),
  description: z.string().optional().describe("A paragraph for reports."),
  start: z.iso
    .datetime({ offset: true, error: 'takes a date and time with its offset from UTC: "2013-07-01T00:00:00-07:00"' })
    .describe("Wall-clock time of simulated time 0."),
  until: duration.describe("Last simulated time, inclusive."),
  tick: z.enum(["1us", "1ns"], { error: 'takes "1us" or "1ns"' }).default("1us").describe("Length of a tick."),
  seed: z.int().nonnegative().max(Number.MAX_SAFE_INTEGER).default(0).describe("Seed of all random streams."),
  behaviour: z
    .enum(["published", "corrected"], { error: 'takes "published" or "corrected"' })
    .default("corrected")
    .describe("Whether the quirks of the published system are reproduced or put right."),
  record: z
    .enum(["all", "metrics", "aggregate", "none"], { error: 'takes "all", "metrics", "aggregate" or "none"' })
    .optional()
    .describe(
      "What the recorders write; everything by default, but aggregates of classes with more than 1,000 objects.",
    ),
  checkpointEvery: z
    .union([z.literal("never"), duration], { error: 'takes a duration or "never"' })
    .default("6h")
    .describe('Simulated time between two checkpoints, or "never".'),
  maxIterations: z.int().positive().default(100).describe("Iterations that a loop may take at one time."),
  maxActivationsPerSecond: z
    .int()
    .positive()
    .default(100_000)
    .describe("Activations that a federate may have within one simulated second."),
  federates: z.record(federateName, federateEntry).describe("Federates by name."),
  links: z
    .array(
      z
        .union([arrow, linkEntry, tapEntry], { error: linkError })
        .describe('"federate.output -> federate.input", or an object with from and to.'),
    )
    .describe("Who hears whom."),
  twins: z
    .record(twinName, z.array(assignment).min(1))
    .optional()
    .describe("Variants of the case by name, each a list of changes: `launch --pair NAME` runs both and compares."),
});

/** A case as it is written; what has a default may be left out. */
export type CaseFile = z.input<typeof caseSchema>;

/** A case with its defaults filled in, as it is run and kept in the run folder. */
export type Case = z.output<typeof caseSchema>;
