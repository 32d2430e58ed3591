import assert from "node:assert/strict";
import fc from "fast-check";
import { RandomStream } from "../../runtime/stream.js";
import { emptyReplay, newestRow, pickDistinct, rowWidth, store } from "./replay.js";

const WIDTH = rowWidth(2);

describe("the replay memory", () => {
  it("holds copies", () => {
    const replay = emptyReplay();
    const observation = [1, 2];
    const nextObservation = [4, 5];
    store(replay, { observation, action: 0.5, reward: 3, nextObservation, final: true }, 10);
    observation.fill(9);
    nextObservation.fill(9);
    assert.deepEqual([...replay.rows.subarray(0, WIDTH)], [1, 2, 0.5, 3, 0, 4, 5]);
  });

  it("keeps the newest transitions and knows the last", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 400 }), (capacity, count) => {
        const replay = emptyReplay();
        for (let k = 0; k < count; k++) {
          store(replay, { observation: [k, k], action: 0, reward: k, nextObservation: [k, k] }, capacity);
          assert.equal(replay.rows[newestRow(replay, WIDTH) * WIDTH + 3], k);
        }
        const kept = Array.from({ length: replay.stored }, (_, row) => replay.rows[row * WIDTH + 3]);
        const first = Math.max(0, count - capacity);
        const expected = Array.from({ length: count - first }, (_, k) => first + k);
        assert.deepEqual(
          kept.sort((a, b) => a - b),
          expected,
        );
        assert.ok(replay.rows.length <= capacity * WIDTH);
        assert.ok(replay.rows.length <= Math.max(64, 2 * count) * WIDTH, "grows with what it holds");
      }),
    );
  });

  it("draws different transitions, all equally often", () => {
    const random = new RandomStream(5, "picks");
    const picks = new Int32Array(6);
    const counts = new Array<number>(20).fill(0);
    const draws = 20_000;
    for (let k = 0; k < draws; k++) {
      pickDistinct(picks, 6, 20, random);
      assert.equal(new Set(picks).size, 6);
      for (const pick of picks) counts[pick]++;
    }
    const [share, sigma] = [6 / 20, Math.sqrt((6 / 20) * (14 / 20) * draws)];
    for (const count of counts) assert.ok(Math.abs(count - share * draws) < 4 * sigma, `${count}`);
  });

  it("draws all when it holds no more than are wanted", () => {
    const picks = new Int32Array(5);
    pickDistinct(picks, 5, 5, new RandomStream(6, "picks"));
    assert.deepEqual([...picks].sort(), [0, 1, 2, 3, 4]);
  });
});
