import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NetworkError } from "./errors.js";
import { LAYOUT } from "./layout.js";
import { freePorts } from "./ports.js";
import { writeState } from "./steps/material.js";
import { type Mode, portsNeeded, type Profile, type Setup } from "./topology.js";

/** What a state folder remembers of its network. */
export interface StoredSetup extends Setup {
  /** Password of the authorities' registrars. */
  readonly secret: string;
}

/** What is asked of a network. */
export interface Wishes {
  readonly mode: Mode | "auto";
  readonly profile?: Profile;
}

/** The setup that a state folder holds, if any; refuses wishes that differ from it. */
export function storedSetup(root: string, wishes: Wishes): StoredSetup | undefined {
  const file = join(root, LAYOUT.setup);
  if (!existsSync(file)) return undefined;
  const setup = JSON.parse(readFileSync(file, "utf8")) as StoredSetup;
  const { mode = setup.mode, profile = setup.profile } = {
    ...wishes,
    ...(wishes.mode === "auto" && { mode: setup.mode }),
  };
  if (mode !== setup.mode || profile !== setup.profile) {
    const there = `a network of mode ${setup.mode} and profile ${setup.profile}`;
    throw new NetworkError(`${root} holds ${there}. Run reset.sh first, or ask for the same.`, 2);
  }
  return setup;
}

/** Makes up a new network: free ports, a name of its own, a password. */
export async function newSetup(root: string, mode: Mode, profile: Profile): Promise<StoredSetup> {
  const setup = {
    mode,
    profile,
    project: `gridloom-${createHash("sha256").update(root).digest("hex").slice(0, 8)}`,
    ports: await freePorts(portsNeeded(profile)),
    secret: randomBytes(18).toString("base64url"),
  };
  writeState(root, LAYOUT.setup, `${JSON.stringify(setup, null, 2)}\n`, 0o600);
  return setup;
}
