import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPreset, readOptions } from "../../cases/index.js";
import { decodeImage, encodeImage, LocalHost, requireAssembly, type CaseShape } from "../../runtime/index.js";
import { folderEffects, readText, withFolder } from "../../testing/case-runner.js";
import { loadFederate } from "../registry.js";

const FILES = ["setpoints.csv", "flows.csv", "convergence.csv", "horizons.csv"];

/** Runs a case; after `stop` activations everything goes on in another host, from what a checkpoint keeps. */
async function tablesOf(shape: CaseShape, folder: string, stop = Infinity): Promise<string[]> {
  const out = join(folder, "run");
  mkdirSync(out);
  const assembly = () => requireAssembly(shape, folder, loadFederate);
  const first = new LocalHost(await assembly(), folderEffects(out));
  await first.create();
  let activations = 0;
  for (let f = first.queue.next(); f >= 0 && activations < stop; f = first.queue.next(), activations++) {
    const member = first.members[f];
    assert.ok(member !== undefined);
    first.queue.finish(f, await member.activate(first.queue.time, first.queue.inputs(f), () => first.queue.stamp()));
    if (activations + 1 === stop) break;
  }
  if (stop < Infinity) {
    const image = decodeImage(encodeImage(first.save()));
    const second = new LocalHost(await assembly(), folderEffects(out));
    second.restore(image);
    await second.advance();
    await second.close();
  }
  await first.close();
  return FILES.map(file => readText(out, file));
}

describe("a dispatch that goes on from a checkpoint", function () {
  this.timeout(60_000);

  for (const [preset, given, stops] of [
    ["yingkou-60", { groups: 3, exchange: "delayed" }, [3, 8, 11]],
    ["six-bus", { groups: 2, exchange: "delayed", method: "edge-admm", stop: "paper" }, [2, 21]],
    ["six-bus", { groups: 2, mask: "rmme", workers: 2 }, [4, 7]],
    ["six-bus", { groups: 2, method: "price-bundle", encrypt: "ckks" }, [2, 4]],
    ["six-bus", { groups: 2, method: "price-bundle", encrypt: "ckks", exchange: "delayed" }, [1, 3, 4]],
  ] as const) {
    it(`${preset} comes to the same bytes from the middle of a day`, async () => {
      const { options, generate } = await loadPreset(preset);
      const { case: whole, files } = await generate(readOptions(options, given).values as never);
      const federates = Object.fromEntries(Object.entries(whole.federates).filter(([name]) => name !== "recorder"));
      (federates.operator.params as Record<string, unknown>).maxRounds = 8;
      const links = (whole.links ?? []).filter(link => !JSON.stringify(link).includes("recorder"));
      const shape = { ...whole, federates, links } as unknown as CaseShape;
      const run = (stop?: number) =>
        withFolder(folder => {
          for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text as string);
          return tablesOf(shape, folder, stop);
        });
      const expected = await run();
      for (const stop of stops) assert.deepEqual(await run(stop), expected, `after ${stop} activations`);
    });
  }
});
