/**
 * What a child process does that runs some federates of a case behind a broker.
 *
 * The launcher starts its own small program, which knows how to find federates and where files and logs go, with
 * whatever arguments it likes; that program calls `runHostProcess` and ends with 0 when the promise is fulfilled, with 1
 * otherwise. It should ignore SIGINT, which a terminal sends to every process: the broker tells each host what to do.
 */
import type { LoadFederate } from "./assemble.js";
import { requireAssembly } from "./assemble.js";
import { readBrokerAddress } from "./broker-address.js";
import type { CaseShape } from "./case-shape.js";
import type { HostImage } from "./checkpoint.js";
import { runJoinedHost } from "./joined-host.js";
import { LocalHost } from "./local-host.js";
import type { Effects } from "./member.js";
import { SocketLine } from "./socket-line.js";

/** What a host process is told. */
export interface HostProcessOptions {
  readonly shape: CaseShape;
  /** Folder that relative file names of the case start from. */
  readonly folder: string;
  readonly load: LoadFederate;
  readonly effects: Effects;
  /** Folder in which the broker has written `broker.json`. */
  readonly runFolder: string;
  /** Name of this host in the launch, and its federates by name. */
  readonly host: string;
  readonly federates: readonly string[];
  /** What checkpoints kept of these federates, when the run is resumed. */
  readonly image?: HostImage;
  /** Keeps the bytes of a checkpoint before the first activation at `time` (ticks). */
  readonly saveImage?: (time: number, bytes: Uint8Array) => Promise<void>;
}

/**
 * Runs the federates of one host to the end of the run.
 * @throws CosimError of this host, of another one, or `COSIM_BROKER_LOST`.
 */
export async function runHostProcess(options: HostProcessOptions): Promise<void> {
  const { shape, folder, load, effects, runFolder, host: name, federates, image, saveImage } = options;
  const [address, assembly] = await Promise.all([readBrokerAddress(runFolder), requireAssembly(shape, folder, load)]);
  const indexes = federates.map(federate => assembly.members.findIndex(member => member.name === federate));
  const host = new LocalHost(assembly, effects, indexes);
  await runJoinedHost(host, new SocketLine(address), { name, token: address.token, image, saveImage });
}
