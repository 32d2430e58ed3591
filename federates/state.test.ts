import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOptions } from "../cases/options.js";
import pet from "../cases/pet/index.js";
import te30 from "../cases/te30/index.js";
import {
  decodeImage,
  encodeImage,
  LocalHost,
  requireAssembly,
  type CaseShape,
  type Effects,
} from "../runtime/index.js";
import { loadFederate } from "./registry.js";

/** Files that keep their text in memory. */
function memoryEffects(): { effects: Effects; texts: Map<string, Buffer[]> } {
  const texts = new Map<string, Buffer[]>();
  const openFile = (name: string) => {
    const parts: Buffer[] = [];
    texts.set(name, parts);
    return {
      path: name,
      get length() {
        return parts.reduce((sum, part) => sum + part.length, 0);
      },
      append: (data: string | Uint8Array) => void parts.push(Buffer.from(data as Uint8Array)),
      flush: () => undefined,
      close: () => undefined,
    };
  };
  return { effects: { openFile, log: () => undefined }, texts };
}

const CASES = {
  "the PET case, with two feeders and a forecast": () =>
    pet.generate(readOptions(pet.options, { houses: 4, seed: 3, feeders: 2, forecast: "uncertain" }).values),
  "the PET case, with thermostats that answer to the price": () =>
    pet.generate(
      readOptions(pet.options, { houses: 3, control: "setpoint", demandResponse: "lmp", participation: 0.7 }).values,
    ),
  "the te30 case": () => te30.generate(readOptions(te30.options, { houses: 4 }).values),
};

for (const [name, generate] of Object.entries(CASES))
  describe(`the state of every federate of ${name}`, function () {
    this.timeout(120_000);
    let folder: string;
    let shape: CaseShape;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "gridloom-state-"));
      const generated = await generate();
      for (const [file, text] of Object.entries(generated.files)) writeFileSync(join(folder, file), text);
      shape = { ...generated.case, until: "26min" };
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** Runs the case, sending states through `between` after every activation; returns all that was written and kept. */
    async function trace(between: (host: LocalHost, f: number) => void): Promise<unknown> {
      const { effects, texts } = memoryEffects();
      const host = new LocalHost(await requireAssembly(shape, folder, loadFederate), effects);
      await host.create();
      for (let f = host.queue.next(); f >= 0; f = host.queue.next()) {
        const member = host.members[f];
        assert.ok(member !== undefined);
        const result = await member.activate(host.queue.time, host.queue.inputs(f), () => host.queue.stamp());
        host.queue.finish(f, result);
        between(host, f);
      }
      const image = encodeImage(host.save());
      return { image, texts: [...texts].map(([name, parts]) => [name, Buffer.concat(parts)]) };
    }

    it("survives encoding and decoding between any two activations without changing a byte", async () => {
      const plain = await trace(() => undefined);
      const coded = await trace((host, f) => {
        const member = host.members[f];
        assert.ok(member !== undefined);
        const name = member.plan.name;
        const image = { [name]: { ...host.save()[name], state: member.state } };
        member.state = decodeImage(encodeImage(image))[name].state;
      });
      assert.deepEqual(coded, plain);
    });
  });
