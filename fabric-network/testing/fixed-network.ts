import { composeFile } from "../config/compose.js";
import { authorityConfig } from "../config/authority-config.js";
import { channelConfig } from "../config/channel-config.js";
import { connectionProfile } from "../config/connection-profile.js";
import { cryptoConfig } from "../config/crypto-config.js";
import { contractEnvironment, launchPlan } from "../config/launch-plan.js";
import { ordererConfig } from "../config/orderer-config.js";
import { peerConfig } from "../config/peer-config.js";
import { toYaml, type Yaml } from "../config/yaml.js";
import { alternativeNames, bindTo, layOut, type Mode, portsNeeded, type Profile, type Topology } from "../topology.js";

/** A network on the ports from 20000 on. */
export function fixedNetwork(mode: Mode, profile: Profile): Topology {
  const ports = Array.from({ length: portsNeeded(profile) }, (_, index) => 20_000 + index);
  return layOut({ mode, profile, project: "gridloom-fixed", ports });
}

/** Every generated text of a network by file name, as it stands in the folder of expected files. */
export function generatedFiles(topology: Topology): Readonly<Record<string, string>> {
  const [orderer] = topology.ordering.orderers;
  const [member] = topology.members;
  const { name, ports } = topology.ordering.authority;
  const hosts = alternativeNames(name);
  const packageIds = { operator: "settlement_1:11", prosumers: "settlement_1:22" };
  const profile = connectionProfile(topology, member, path => `the text of ${path}`);
  const files = {
    "crypto-config.yaml": cryptoConfig(topology),
    "configtx.yaml": channelConfig(topology),
    "orderer.yaml": ordererConfig(topology, orderer),
    "core.yaml": peerConfig(topology, member, "/state/nodes/peer"),
    "fabric-ca-server-config.yaml": authorityConfig({
      ...{ name, hosts, ports, bind: bindTo(topology), secret: "secret", hasKeys: true },
    }),
    "connection.yaml": toYaml(profile as Yaml),
  };
  if (topology.mode === "native") {
    const premises = { root: "/state", contract: "/contract", shim: "/shim/cli.js", packageIds };
    const plan = launchPlan(topology, premises).map(launch => ({
      ...launch,
      program: launch.program === process.execPath ? "node" : launch.program,
    }));
    return { ...files, "launch-plan.yaml": toYaml(plan) };
  }
  const compose = composeFile(topology, {
    user: "1000:1000",
    contract: "/contract",
    modules: "/modules",
    contractEnvironment: (of, folder) => contractEnvironment(topology, of, { folder, id: packageIds.operator }),
  });
  return { ...files, "docker-compose.yaml": compose };
}
