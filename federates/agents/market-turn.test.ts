import assert from "node:assert/strict";
import { bidderSetting, firstTurn, nextTurn, roundNews, takeTurn } from "./market-turn.js";

const setting = bidderSetting(
  { marketSeconds: 300, bidSeconds: 298 },
  { behaviour: "corrected", start: "2013-07-01T00:00:00-07:00" },
);
const begin = () => ({ ...setting, ...firstTurn(setting) });
const roundOf = (rounds: number) => ({ totals: { rounds } });

describe("a bidder's turn", () => {
  it("comes once a period, at the first step that is not too early", () => {
    const turn = begin();
    const taken = [0, 285, 298, 299, 597, 600, 615].filter(seconds => takeTurn(turn, seconds));
    assert.deepEqual(taken, [298, 600]);
    assert.equal(nextTurn(turn, { ticksPerSecond: 1e6 }), 898e6);
  });

  it("hears of a round once, and only together with what it may trade", () => {
    const turn = begin();
    const accepted = Float64Array.of(2);
    assert.equal(roundNews(turn, { round: undefined, accepted: undefined }), undefined);
    assert.equal(roundNews(turn, { round: roundOf(1), accepted: undefined }), undefined);
    assert.equal(roundNews(turn, { round: roundOf(1), accepted })?.acceptedKw, accepted);
    turn.rounds = 1;
    assert.equal(roundNews(turn, { round: roundOf(1), accepted }), undefined);
    assert.equal(roundNews(turn, { round: roundOf(2), accepted })?.round.totals.rounds, 2);
  });
});
