import { join } from "node:path";
import { IMAGES } from "../config/compose.js";
import { LAYOUT } from "../layout.js";
import type { Topology } from "../topology.js";
import type { Host } from "./host.js";
import { runProgram } from "./run-program.js";

const TOOLS_FOLDER = "/network";
const PULL_MS = 120_000;
const LABEL = "gridloom.origin";

/**
 * Where the images came from, in words; undefined when there is no Docker here, or an image can be had from nowhere.
 * @param pulls False to take only what is here already.
 */
export async function findImages(say: (text: string) => void, pulls = true): Promise<string | undefined> {
  try {
    await runProgram("docker", ["info"]);
  } catch {
    return undefined;
  }
  const origins: string[] = [];
  for (const image of Object.values(IMAGES)) {
    const origin = await originOf(image, pulls ? say : undefined);
    if (origin === undefined) return undefined;
    origins.push(origin);
  }
  return origins.includes("local-build") ? "images that images.sh assembled on this machine" : "official images";
}

async function originOf(image: string, say?: (text: string) => void): Promise<string | undefined> {
  const inspect = () =>
    runProgram("docker", ["image", "inspect", "--format", `{{index .Config.Labels "${LABEL}"}}`, image]);
  try {
    return (await inspect()).trim() || "official";
  } catch {
    if (say === undefined) return undefined;
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
  const containers = async () => {
    const format = '{{.ID}} {{.Label "com.docker.compose.service"}}';
    const filter = `label=com.docker.compose.project=${project}`;
    const listed = await runProgram("docker", ["ps", "--filter", filter, "--format", format]);
    return new Map(listed.split("\n").flatMap(line => (line === "" ? [] : [swap(line)])));
  };
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
      const container = (await containers()).get(name);
      if (container !== undefined) await runProgram("docker", ["kill", container]);
    },
    async running() {
      const found = await containers();
      if (found.size === 0) return new Map();
      const pids = await runProgram("docker", ["inspect", "--format", "{{.State.Pid}}", ...found.values()]);
      const numbers = pids.trim().split("\n").map(Number);
      return new Map([...found.keys()].map((name, index) => [name, numbers[index]]));
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

/** Container and service, as `docker ps` lists them, the other way round. */
function swap(line: string): [service: string, container: string] {
  const [container, service] = line.split(" ");
  return [service, container];
}
