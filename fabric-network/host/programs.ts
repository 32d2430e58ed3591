import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { NetworkError } from "../errors.js";
import { SOURCES } from "../project.js";
import { runProgram } from "./run-program.js";

/** Programs of the release archive of Fabric. */
const FABRIC = ["peer", "orderer", "configtxgen", "cryptogen", "osnadmin"] as const;
const BUILD_MS = 900_000;

/** The programs of a native network. */
export interface Programs {
  /** Where they came from, in words. */
  readonly source: string;
  /** Path of a program; one that was not looked for, or is a path already, is its own. */
  path(name: string): string;
}

/** Fabric's programs in the folder that `FABRIC_BIN` names or on the search path; those that are missing otherwise. */
export function findPrograms(environment: NodeJS.ProcessEnv = process.env): Programs | { readonly missing: string[] } {
  const { FABRIC_BIN, PATH = "" } = environment;
  const folders = [...(FABRIC_BIN === undefined ? [] : [FABRIC_BIN]), ...PATH.split(delimiter)];
  const found = new Map(FABRIC.map(name => [name as string, find(name, folders)]));
  const missing = FABRIC.filter(name => found.get(name) === undefined);
  if (missing.length > 0) return { missing };
  const own = FABRIC_BIN !== undefined && found.get("peer") === join(FABRIC_BIN, "peer");
  found.set("fabric-ca-server", find("fabric-ca-server", folders));
  return {
    source: own ? `FABRIC_BIN (${FABRIC_BIN})` : "the search path",
    path: name => (isAbsolute(name) ? name : (found.get(name) ?? name)),
  };
}

/** Adds Fabric CA: the one beside the other programs, else the one that is built from its Go module once and kept. */
export async function withAuthority(programs: Programs, say: (text: string) => void): Promise<Programs> {
  if (programs.path("fabric-ca-server") !== "fabric-ca-server") return programs;
  const server = await builtAuthority(say);
  return {
    source: `${programs.source}; Fabric CA built from its Go module`,
    path: name => (name === "fabric-ca-server" ? server : programs.path(name)),
  };
}

/** Path of a `fabric-ca-server` that was built from `ca/go.mod`; built first, in about two minutes, where there is none yet. */
export async function builtAuthority(say: (text: string) => void): Promise<string> {
  const recipe = join(SOURCES, "ca");
  const digest = createHash("sha256")
    .update(readFileSync(join(recipe, "go.sum")))
    .digest("hex")
    .slice(0, 16);
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(cache, "gridloom", "fabric-ca", digest);
  const server = join(folder, "fabric-ca-server");
  if (existsSync(server)) return server;
  if (!hasGo()) {
    throw new NetworkError(
      "fabric-ca-server is missing: add it from the release archive of Fabric CA to FABRIC_BIN, or install Go, which builds it.",
      3,
    );
  }
  say("building Fabric CA from its Go module; this takes about two minutes, once");
  await runProgram("sh", [join(recipe, "build.sh"), folder], { timeoutMs: BUILD_MS });
  return server;
}

/** True when there is a Go that can build Fabric CA. */
export function hasGo(): boolean {
  return find("go", (process.env.PATH ?? "").split(delimiter)) !== undefined;
}

/** Path of a program in one of the folders. */
export function find(name: string, folders: readonly string[]): string | undefined {
  return folders
    .map(folder => join(folder, name))
    .find(path => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
