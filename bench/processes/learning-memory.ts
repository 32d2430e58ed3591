/** Fills the memories of as many agents as its argument says, lets all learn once, and prints its peak memory in MB. */
import { createDdpg, ddpgDefaults, plainBackend, remember, update } from "../../methods/learning/index.js";
import { RandomStream } from "../../runtime/index.js";

const randoms = Array.from({ length: Number(process.argv[2]) }, (_, k) => new RandomStream(1, `agent ${k}`));
const state = createDdpg(ddpgDefaults, randoms);
const random = new RandomStream(2, "observations");
const observation = Array.from({ length: ddpgDefaults.observations }, () => random.next());

for (let k = 0; k < ddpgDefaults.replayCapacity; k++) {
  const transition = {
    observation,
    action: random.uniform(-1, 1),
    reward: random.normal(),
    nextObservation: observation,
  };
  for (let agent = 0; agent < randoms.length; agent++) remember(state, agent, transition);
}
state.due.fill(1);
update(state, randoms, plainBackend());
console.log(process.resourceUsage().maxRSS / 1000);
