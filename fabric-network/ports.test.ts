import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import { once } from "node:events";
import { freePorts, isFree } from "./ports.js";

describe("free ports", () => {
  let taken: Server;
  afterEach(() => {
    taken.close();
  });

  it("leave out those that somebody listens on", async () => {
    const [first] = await freePorts(1);
    taken = createServer().listen(first, "127.0.0.1");
    await once(taken, "listening");
    assert.equal(await isFree(first), false);
    const found = await freePorts(20);
    assert.equal(new Set(found).size, 20);
    assert.ok(!found.includes(first));
  });
});
