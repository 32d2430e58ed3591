import { CosimError } from "../../broker/wire/index.js";
import { type Backend, plainBackend, type TensorFlow, tfjsBackend } from "../../methods/learning/index.js";

/** What a backend of learning needs, and how it starts once its packages are loaded, in their order. */
interface BackendSource {
  readonly packages: readonly string[];
  start(...modules: readonly unknown[]): Backend | Promise<Backend>;
}

const CORE = "@tensorflow/tfjs-core";

/** Every backend of learning, the default first; the case names one. */
const SOURCES = {
  "tfjs-wasm": {
    packages: [CORE, "@tensorflow/tfjs-backend-wasm"],
    start(tf, wasm) {
      (wasm as WasmEngine).setThreadsCount(1);
      return startEngine(tf as TensorFlow, "wasm");
    },
  },
  "tfjs-node": {
    packages: ["@tensorflow/tfjs-node"],
    start: node => startEngine((node as { readonly default: TensorFlow }).default, "tensorflow"),
  },
  "tfjs-cpu": {
    packages: [CORE, "@tensorflow/tfjs-backend-cpu"],
    start: tf => startEngine(tf as TensorFlow, "cpu"),
  },
  "plain": { packages: [], start: () => plainBackend() },
} as const satisfies Record<string, BackendSource>;

/** Name of a backend of learning. */
export type BackendName = keyof typeof SOURCES;

/** Every backend of learning, the default first. */
export const BACKEND_NAMES = Object.keys(SOURCES) as readonly BackendName[];

/** Packages that a backend needs and that cannot be found from here. */
export function missingPackages(name: BackendName): readonly string[] {
  return SOURCES[name].packages.filter(needed => !isInstalled(needed));
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The backend of this name, ready to work.
 * @throws CosimError `COSIM_BACKEND_MISSING` when a package that it needs is not installed.
 */
export async function loadBackend(name: BackendName): Promise<Backend> {
  const source: BackendSource = SOURCES[name];
  if (name === "tfjs-node") process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  const modules: unknown[] = [];
  for (const needed of source.packages) modules.push(await load(name, needed));
  return source.start(...modules);
}

interface WasmEngine {
  setThreadsCount(count: number): void;
}

async function startEngine(tf: TensorFlow, engine: string): Promise<Backend> {
  tf.enableProdMode();
  await tf.setBackend(engine);
  return tfjsBackend(tf, engine);
}

async function load(backend: BackendName, name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch (cause) {
    throw new CosimError(
      "COSIM_BACKEND_MISSING",
      `The learning backend ${backend} needs the package ${name}, which cannot be loaded here: ` +
        `run npm install ${name}, or let the case name the backend "plain".`,
      { cause },
    );
  }
}
