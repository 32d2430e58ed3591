import assert from "node:assert/strict";
import { RandomStream } from "../../../runtime/stream.js";
import { solveDense } from "../kernel/index.js";
import { solutionError } from "../verification/index.js";
import { NullSpaceForm } from "./null-space.js";
import { polish } from "./polish.js";
import { sampleProgram } from "./testing/sample-program.js";

describe("polishing", () => {
  for (const isQuadratic of [true, false]) {
    it(`makes a ${isQuadratic ? "quadratic" : "linear"} program's rough solution exact, and never a bad one worse`, () => {
      for (let seed = 0; seed < 20; seed++) {
        const stream = new RandomStream(seed, "rough");
        const { linear, curvature, ...rest } = sampleProgram({ steps: 4, isQuadratic }, () => stream.next());
        const program = new NullSpaceForm({ linear, curvature, ...rest }).program(linear, curvature);
        const exact = solveDense(program);
        for (const roughness of [1e-6, 1e-2, 10]) {
          const answer = { ...exact, y: exact.y.map(value => value + roughness * (stream.next() - 0.5)) };
          const [before, after] = [answer, polish(program, answer)].map(solution =>
            solutionError({ program, solution }),
          );
          assert.ok(after <= before);
          if (roughness === 1e-6) assert.ok(after < 1e-10, `seed ${seed}: ${after}`);
        }
      }
    });
  }
});
