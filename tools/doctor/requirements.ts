import { fileURLToPath } from "node:url";
import { findPrivateKeys } from "./keys.js";
import { fabricFolders, findLibrary, findProgram, findPythonModule } from "./programs.js";

/** Something that gridloom needs or can use. */
export interface Requirement {
  readonly name: string;
  readonly isRequired: boolean;
  readonly neededFor: string;
  /** How to get it. */
  readonly cure: string;
  look(): Promise<string | undefined> | string | undefined;
}

/** Where `fabric-network/start.sh` keeps what it makes, unless it is told another folder. */
const NETWORK_STATE = fileURLToPath(new URL("../../../fabric-network/.state", import.meta.url));
const OLDEST_NODE = [20, 19] as const;
const OPTIONAL_LIBRARIES = "Run `npm ci` without `--omit=optional`.";

/** Everything that `gridloom doctor` looks for: first what is needed, then what is optional. */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    name: `Node.js ${OLDEST_NODE.join(".")} or newer`,
    isRequired: true,
    neededFor: "everything",
    cure: "Install it from https://nodejs.org.",
    look: lookForNode,
  },
  {
    name: "zeromq",
    isRequired: false,
    neededFor: "runs with more than one host",
    cure: "Run `npm ci` again; it downloads the library for this platform.",
    look: async () => {
      try {
        return (await import("zeromq")).version;
      } catch {
        return undefined;
      }
    },
  },
  library("@tensorflow/tfjs-backend-wasm", "learning on tfjs-wasm and tfjs-cpu", OPTIONAL_LIBRARIES),
  library("@tensorflow/tfjs-node", "learning on tfjs-node", "Run `npm install @tensorflow/tfjs-node`."),
  library("@resvg/resvg-wasm", "pictures as PNG", OPTIONAL_LIBRARIES),
  python("helics", "the HELICS bridge and its benchmark", "pip install helics"),
  program("gridlabd", "comparisons with GridLAB-D", "See https://www.gridlabd.org."),
  program("energyplus", "buildings simulated by EnergyPlus", "See https://energyplus.net."),
  python("opendssdirect", "comparisons with OpenDSS", "pip install opendssdirect.py"),
  ...["peer", "orderer", "configtxgen", "cryptogen", "osnadmin"].map(fabric),
  program("go", "Fabric CA, which is built from its Go module unless FABRIC_BIN has it", "See https://go.dev/dl."),
  {
    name: "keys that only their owner can read",
    isRequired: false,
    neededFor: "ledgers whose blocks and calls nobody else can sign",
    cure: "Run `chmod 600` on every `ledger/keys/*.key` below runs/, and on what lies below fabric-network/.state.",
    look: () => findPrivateKeys("runs", NETWORK_STATE),
  },
  program("docker", "a Fabric network in containers", "See https://docs.docker.com/engine/install."),
  program("sbatch", "sweeps on a Slurm cluster", "Run gridloom on a login node of the cluster."),
  program(["chromium", "google-chrome", "chromium-browser"], "screenshots of reports", "Install the package chromium."),
];

function lookForNode(): string | undefined {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isNewEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return isNewEnough ? process.versions.node : undefined;
}

function library(name: string, neededFor: string, cure: string): Requirement {
  return { name, isRequired: false, neededFor, cure, look: () => findLibrary(name) };
}

function program(names: string | readonly string[], neededFor: string, cure: string): Requirement {
  const all = typeof names === "string" ? [names] : names;
  const look = () => all.map(one => findProgram(one)).find(found => found !== undefined);
  return { name: all[0], isRequired: false, neededFor, cure, look };
}

/** A program of Fabric's release archive, looked for where `fabric-network/start.sh` does. */
function fabric(name: string): Requirement {
  return {
    ...{ name, isRequired: false, neededFor: "a Fabric network without Docker" },
    cure: "Unpack the release archive of Hyperledger Fabric 2.5 and name its folder bin in FABRIC_BIN.",
    look: () => findProgram(name, fabricFolders()),
  };
}

function python(module: string, neededFor: string, cure: string): Requirement {
  return { name: `Python module ${module}`, isRequired: false, neededFor, cure, look: () => findPythonModule(module) };
}
