import { CosimError, formatTime } from "../broker/wire/index.js";
import type { StepResult } from "../broker/core/index.js";
import type { MemberPlan } from "./assemble.js";
import type { Context, LaunchSettings, OutputFile } from "./context.js";
import type { AnyFederate, Step } from "./define-federate.js";
import { stepFault } from "./step-fault.js";
import { RandomStream } from "./stream.js";

/** What a member needs from outside: files and a log. */
export interface Effects {
  /** Opens an output file; `length` cuts it back first, as on resume. */
  openFile(name: string, length?: number): OutputFile & { readonly length: number; close(): void };
  log(
    federate: string,
    level: "info" | "warn" | "error",
    message: string,
    details?: Readonly<Record<string, unknown>>,
  ): void;
  readonly launch?: LaunchSettings;
}

/** What a checkpoint keeps of one member, apart from its inbox. */
export interface MemberImage {
  readonly state: unknown;
  readonly streams: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, number>>;
  /** Places in the random streams of the disturbed links that leave it, by `from -> to`. */
  readonly linkDraws?: Readonly<Record<string, number>>;
}

interface MutableStep {
  time: number;
  seconds: number;
  inputs: Record<string, unknown>;
  readonly context: Context;
}

/** One running federate: its definition, its state and what it has open. */
export class Member {
  state: unknown;
  readonly context: Context;
  private readonly streams = new Map<string, RandomStream>();
  private readonly files = new Map<string, ReturnType<Effects["openFile"]>>();
  private readonly definition: AnyFederate;
  private readonly step: MutableStep;
  private readonly required: readonly string[];
  private image: MemberImage | undefined;
  private started = false;

  constructor(
    readonly plan: MemberPlan,
    private readonly effects: Effects,
  ) {
    this.definition = plan.definition;
    this.context = this.makeContext();
    this.step = { time: 0, seconds: 0, inputs: {}, context: this.context };
    this.required = Object.entries(plan.inputs).flatMap(([name, input]) =>
      input.optional === true || input.type === "message" || input.combine === "list" ? [] : [name],
    );
  }

  private makeContext(): Context {
    const { effects, streams, files } = this;
    const { setup } = this.plan;
    return {
      ...setup,
      launch: effects.launch ?? {},
      stream: name => {
        const known = streams.get(name);
        if (known !== undefined) return known;
        const stream = new RandomStream(setup.seed, `${setup.name}/${name}`, this.image?.streams[name] ?? 0);
        streams.set(name, stream);
        return stream;
      },
      file: name => {
        const known = files.get(name);
        if (known !== undefined) return known;
        const file = effects.openFile(name, this.image?.files[name]);
        files.set(name, file);
        return file;
      },
      log: (level, message, details) => {
        effects.log(setup.name, level, message, details);
      },
    };
  }

  /** Makes the state and returns the values that stand before the start. */
  async create(): Promise<Readonly<Record<string, unknown>>> {
    try {
      const { state, outputs = {} } = await this.definition.create(this.plan.params, this.context);
      this.state = state;
      return outputs;
    } catch (error) {
      throw this.failure(error, "before the start");
    }
  }

  /** Runs one activation; a promise only when the federate's step is asynchronous. */
  activate(
    time: number,
    inputs: Record<string, unknown>,
    stamp: () => string,
  ): StepResult | undefined | Promise<StepResult | undefined> {
    const { step } = this;
    step.time = time;
    step.seconds = time / this.context.ticksPerSecond;
    step.inputs = inputs;
    if (!this.started) this.checkInputs(inputs, stamp);
    try {
      const result = this.definition.step(this.state, step as Step<Record<string, never>>);
      return result instanceof Promise ? this.awaitStep(result, stamp()) : this.accept(result, stamp);
    } catch (error) {
      throw this.failure(error, stamp());
    }
  }

  private async awaitStep(result: Promise<unknown>, stamp: string): Promise<StepResult | undefined> {
    try {
      return this.accept(await result, () => stamp);
    } catch (error) {
      throw this.failure(error, stamp);
    }
  }

  private accept(result: unknown, stamp: () => string): StepResult | undefined {
    const fault = stepFault(this.plan.outputs, result);
    if (fault === undefined) return result as StepResult | undefined;
    const { name } = this.plan;
    throw new CosimError("COSIM_OUTPUT_INVALID", `${name} ${fault}`, { party: name, stamp: stamp() });
  }

  private checkInputs(inputs: Readonly<Record<string, unknown>>, stamp: () => string): void {
    this.started = true;
    const missing = this.required.filter(name => inputs[name] === undefined);
    if (missing.length === 0) return;
    const { name } = this.plan;
    const message = `${name} runs at ${stamp()} without a value at ${missing.join(", ")}.`;
    throw new CosimError("COSIM_INPUT_MISSING", message, { party: name, stamp: stamp() });
  }

  private failure(error: unknown, stamp: string): CosimError {
    if (error instanceof CosimError) return error;
    const { name } = this.plan;
    const text = error instanceof Error ? error.message : String(error);
    this.effects.log(name, "error", text, { stamp, stack: error instanceof Error ? error.stack : undefined });
    const tick = this.context.ticksPerSecond === 1e9 ? "1ns" : "1us";
    const when = stamp.startsWith("(") ? `${formatTime(this.step.time, tick)} ${stamp}` : stamp;
    return new CosimError("COSIM_FEDERATE_FAILED", `${name} failed at ${when}: ${text}`, {
      party: name,
      stamp,
      cause: error,
    });
  }

  /** What a checkpoint keeps; every file is flushed up to its length. */
  save(): MemberImage {
    for (const file of this.files.values()) file.flush();
    return {
      state: this.state,
      streams: Object.fromEntries([...this.streams].map(([name, stream]) => [name, stream.drawn])),
      files: Object.fromEntries([...this.files].map(([name, file]) => [name, file.length])),
    };
  }

  /** Takes over what a checkpoint kept: the state, the places in random streams, and files cut back to their lengths. */
  restore(image: MemberImage): void {
    this.image = image;
    this.state = image.state;
    for (const [name, stream] of this.streams) stream.drawn = image.streams[name] ?? 0;
    for (const name of Object.keys(image.files)) this.context.file(name);
    this.started = true;
  }

  /** Ends the federate and closes its files, whatever happened before. */
  async close(): Promise<void> {
    try {
      if (this.state !== undefined) await this.definition.close?.(this.state, this.context);
    } finally {
      for (const file of this.files.values()) file.close();
    }
  }
}
