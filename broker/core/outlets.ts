import { CosimError } from "../wire/errors.js";
import type { Plan } from "./plan.js";
import { OutputMemory } from "./publication.js";

/** Where the items of one output go: links inside this host, and whether other hosts take part. */
export interface Route {
  readonly local: readonly number[];
  readonly remote: boolean;
}

/** The outputs of one federate: their places by name, what they remember, and where their items go. */
export class Outlets {
  readonly memories: readonly OutputMemory[];
  readonly routes: readonly Route[];
  private readonly places: ReadonlyMap<string, number>;
  private readonly name: string;

  constructor(
    private readonly plan: Plan,
    private readonly federate: number,
    isHere: (federate: number) => boolean,
  ) {
    const { shape, outLinks } = plan.federates[federate];
    this.name = shape.name;
    this.places = new Map(shape.outputs.map((output, o) => [output.name, o]));
    this.memories = shape.outputs.map(() => new OutputMemory());
    this.routes = outLinks.map(links => ({
      local: links.filter(l => isHere(plan.links[l].target)),
      remote: links.some(l => !isHere(plan.links[l].target)),
    }));
  }

  /** The output of this name. Throws `COSIM_OUTPUT_INVALID` when there is none. */
  require(output: string, stamp: () => string): number {
    const place = this.places.get(output);
    if (place !== undefined) return place;
    const known = [...this.places.keys()].join(", ") || "none";
    const message = `${this.name} published "${output}", which is no output of its; they are ${known}.`;
    throw new CosimError("COSIM_OUTPUT_INVALID", message, { party: this.name, stamp: stamp() });
  }

  /** The runtime's own copy of a published value. Throws `COSIM_OUTPUT_INVALID` for what is no plain data. */
  keep(place: number, value: unknown, stamp: () => string): unknown {
    try {
      return this.memories[place].keep(value);
    } catch (cause) {
      const output = [...this.places.keys()][place];
      const message = `${this.name}.${output}: ${(cause as Error).message}; publish plain data.`;
      throw new CosimError("COSIM_OUTPUT_INVALID", message, { party: this.name, stamp: stamp(), cause });
    }
  }

  /** Links that a message from an output takes: all of them, or those to `to`. Throws `COSIM_OUTPUT_INVALID` when there is none. */
  linksOf(place: number, to: string | undefined, stamp: () => string): readonly number[] {
    const { links, federates } = this.plan;
    const all = federates[this.federate].outLinks[place];
    if (to === undefined) return all;
    const taken = all.filter(l => links[l].to === to);
    if (taken.length > 0) return taken;
    const output = [...this.places.keys()][place];
    const known = all.map(l => links[l].to).join(", ") || "nobody";
    const message = `${this.name}.${output} has no link to "${to}"; it reaches ${known}.`;
    throw new CosimError("COSIM_OUTPUT_INVALID", message, { party: this.name, stamp: stamp() });
  }
}
