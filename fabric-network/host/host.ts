import type { Mode } from "../topology.js";

/** Where the network's programs run: processes of this machine, or containers. */
export interface Host {
  readonly mode: Mode;
  /** Where the programs came from, in words. */
  readonly programs: string;
  /** The state folder as the tools see it. */
  readonly root: string;
  /** Starts the nodes that do not run, or run with an older configuration. */
  up(): Promise<void>;
  /** Stops all nodes; their data stay. */
  down(): Promise<void>;
  /** Ends one node at once, as a power cut would. */
  kill(name: string): Promise<void>;
  /** Process ids of the nodes that run; those of containers as this machine sees them. */
  running(): Promise<ReadonlyMap<string, number>>;
  /** Runs one of Fabric's tools in the state folder and gives what it wrote to stdout. */
  tool(program: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string>;
}
