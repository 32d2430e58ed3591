import { CosimError } from "../../broker/wire/index.js";
import { type Backend, plainBackend, type TensorFlow, tfjsBackend } from "../../methods/learning/index.js";

/** How to load each backend of learning; the case names one. */
const LOADERS = {
  "tfjs-wasm": loadWasm,
  "tfjs-node": loadNode,
  "tfjs-cpu": loadCpu,
  "plain": () => Promise.resolve(plainBackend()),
} as const satisfies Record<string, () => Promise<Backend>>;

/** Name of a backend of learning. */
export type BackendName = keyof typeof LOADERS;

/** Every backend of learning, the default first. */
export const BACKEND_NAMES = Object.keys(LOADERS) as readonly BackendName[];

/**
 * The backend of this name, ready to work.
 * @throws CosimError `COSIM_BACKEND_MISSING` when a package that it needs is not installed.
 */
export function loadBackend(name: BackendName): Promise<Backend> {
  return LOADERS[name]();
}

const CORE = "@tensorflow/tfjs-core";

async function loadWasm(): Promise<Backend> {
  const tf = await load<TensorFlow>("tfjs-wasm", CORE);
  const wasm = await load<WasmEngine>("tfjs-wasm", "@tensorflow/tfjs-backend-wasm");
  wasm.setThreadsCount(1);
  return start(tf, "wasm");
}

interface WasmEngine {
  setThreadsCount(count: number): void;
}

async function loadCpu(): Promise<Backend> {
  const tf = await load<TensorFlow>("tfjs-cpu", CORE);
  await load("tfjs-cpu", "@tensorflow/tfjs-backend-cpu");
  return start(tf, "cpu");
}

async function loadNode(): Promise<Backend> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  const { default: tf } = await load<{ readonly default: TensorFlow }>("tfjs-node", "@tensorflow/tfjs-node");
  return start(tf, "tensorflow");
}

async function start(tf: TensorFlow, engine: string): Promise<Backend> {
  tf.enableProdMode();
  await tf.setBackend(engine);
  return tfjsBackend(tf, engine);
}

async function load<T>(backend: BackendName, name: string): Promise<T> {
  try {
    return (await import(name)) as T;
  } catch (cause) {
    throw new CosimError(
      "COSIM_BACKEND_MISSING",
      `The learning backend ${backend} needs the package ${name}, which cannot be loaded here: ` +
        `run npm install ${name}, or let the case name the backend "plain".`,
      { cause },
    );
  }
}
