import { CosimError } from "../../broker/wire/index.js";
import type { Engine } from "./engine.js";

/** Runs a federation in several processes behind the ZeroMQ broker. */
export const runOnHosts: Engine = () => Promise.reject(new CosimError("COSIM_NOT_BUILT", "--hosts: not built yet."));
