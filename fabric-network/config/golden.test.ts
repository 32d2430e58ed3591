import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SOURCES } from "../project.js";
import { fixedNetwork, generatedFiles } from "../testing/fixed-network.js";
import { readYaml } from "../testing/reader.js";

const NETWORKS = { "native-dev": ["native", "dev"], "docker-ha": ["docker", "ha"] } as const;

/** With UPDATE_GOLDEN=1 the expected files are written anew; look at the difference before you commit them. */
const updates = process.env.UPDATE_GOLDEN === "1";

describe("the generated configuration", () => {
  for (const [name, [mode, profile]] of Object.entries(NETWORKS)) {
    const folder = join(SOURCES, "testing", "golden", name);
    const files = generatedFiles(fixedNetwork(mode, profile));

    for (const [file, text] of Object.entries(files)) {
      it(`${name}/${file} is as expected`, () => {
        if (updates) {
          mkdirSync(folder, { recursive: true });
          writeFileSync(join(folder, file), text);
        }
        assert.equal(text, readFileSync(join(folder, file), "utf8"));
      });
    }

    it(`${name} has no expected file too many`, () => {
      assert.deepEqual(readdirSync(folder).sort(), Object.keys(files).sort());
    });
  }

  it("has eight containers in dev, ten in ha, none of which listens to other machines", () => {
    for (const [profile, count] of [
      ["dev", 8],
      ["ha", 10],
    ] as const) {
      const compose = readYaml(generatedFiles(fixedNetwork("docker", profile))["docker-compose.yaml"]) as Compose;
      const services = Object.values(compose.services);
      assert.equal(services.length, count);
      for (const { ports, image } of services) {
        assert.ok(
          ports.every(port => port.startsWith("127.0.0.1:")),
          image,
        );
        assert.doesNotMatch(image, /:latest$/);
      }
    }
  });

  it("binds every port of a native network to 127.0.0.1, each to one node", () => {
    const files = generatedFiles(fixedNetwork("native", "ha"));
    const bound = Object.values(files).flatMap(text => text.match(/\d+\.\d+\.\d+\.\d+:\d+/g) ?? []);
    assert.ok(bound.length > 10);
    assert.ok(bound.every(address => address.startsWith("127.0.0.1:")));
  });

  it("gives no node another's port", () => {
    const { ordering, members } = fixedNetwork("native", "ha");
    const nodes = [
      ...[...ordering.orderers, ordering.authority],
      ...members.flatMap(({ peer, chaincode, authority }) => [peer, chaincode, authority]),
    ];
    const ports = nodes.flatMap(({ ports: own }) => Object.values(own));
    assert.equal(new Set(ports).size, ports.length);
  });
});

interface Compose {
  readonly services: Readonly<Record<string, { readonly image: string; readonly ports: readonly string[] }>>;
}
