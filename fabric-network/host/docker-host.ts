import { join } from "node:path";
import { IMAGES } from "../config/compose.js";
import { LAYOUT } from "../layout.js";
import { organisations, type Topology } from "../topology.js";
import type { Host } from "./host.js";
import { runProgram } from "./run-program.js";

const TOOLS_FOLDER = "/network";
const PULL_MS = 120_000;
const LABEL = "gridloom.origin";

/** Where the images came from, in words; undefined when there is no Docker here, or an image can be had from nowhere. */
export async function findImages(say: (text: string) => void): Promise<string | undefined> {
  try {
    await runProgram("docker", ["info"]);
  } catch {
    return undefined;
  }
  const origins = [];
  for (const image of Object.values(IMAGES)) origins.push(await originOf(image, say));
  if (origins.includes(undefined)) return undefined;
  return origins.includes("local-build") ? "images that images.sh assembled on this machine" : "official images";
}

async function originOf(image: string, say: (text: string) => void): Promise<string | undefined> {
  const inspect = () =>
    runProgram("docker", ["image", "inspect", "--format", `{{index .Config.Labels "${LABEL}"}}`, image]);
  try {
    return (await inspect()).trim() || "official";
  } catch {
    say(`pulling ${image}`);
  }
  try {
    await runProgram("docker", ["pull", "--quiet", image], { timeoutMs: PULL_MS });
    return "official";
  } catch {
    return undefined;
  }
}

/** Options of `docker` that make files belong to who runs this program. */
export function dockerUser(): string {
  return `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
}

/** The nodes as containers of a compose project; see `composeFile`. */
export function dockerHost(root: string, topology: Topology, images: string): Host {
  const { project } = topology;
  const compose = async (...args: readonly string[]) => {
    const file = ["--project-name", project, "--file", join(root, LAYOUT.compose)];
    const hasPlugin = await runProgram("docker", ["compose", "version"]).then(
      () => true,
      () => false,
    );
    return hasPlugin
      ? runProgram("docker", ["compose", ...file, ...args])
      : runProgram("docker-compose", [...file, ...args]);
  };
  const containerOf = async (name: string) => (await compose("ps", "--quiet", name)).trim();
  const names = nodeNames(topology);
  return {
    mode: "docker",
    programs: images,
    root: TOOLS_FOLDER,
    async up() {
      await compose("up", "--detach");
    },
    async down() {
      await compose("down");
    },
    async kill(name) {
      await runProgram("docker", ["kill", await containerOf(name)]);
    },
    async running() {
      const found = new Map<string, number>();
      for (const name of names) {
        const pid = await pidOf(await containerOf(name));
        if (pid > 0) found.set(name, pid);
      }
      return found;
    },
    tool(program, args, environment = {}) {
      const variables = Object.entries(environment).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
      const place = ["--volume", `${root}:${TOOLS_FOLDER}`, "--workdir", TOOLS_FOLDER, "--user", dockerUser()];
      const network = program === "peer" || program === "osnadmin" ? `${project}_default` : "none";
      const container = ["run", "--rm", "--network", network, ...place, ...variables];
      return runProgram("docker", [...container, IMAGES.tools, program, ...args]);
    },
  };
}

function nodeNames(topology: Topology): readonly string[] {
  const authorities = organisations(topology).map(({ authority }) => authority.name);
  const members = topology.members.flatMap(({ peer, chaincode }) => [peer.name, chaincode.name]);
  return [...authorities, ...topology.ordering.orderers.map(({ name }) => name), ...members];
}

async function pidOf(container: string): Promise<number> {
  if (container === "") return 0;
  return Number(await runProgram("docker", ["inspect", "--format", "{{.State.Pid}}", container]));
}
