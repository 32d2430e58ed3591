import { CosimError } from "../../broker/wire/index.js";
import { publishedHeading } from "../neighbourhood/heading.js";
import { composeCase, type ComposedCase } from "../neighbourhood/part.js";
import { buildingPart, bulkPart, distributionPart, weatherPart } from "../neighbourhood/parts/index.js";
import { housePlacesByPhase } from "../neighbourhood/premises.js";
import { definePreset } from "../preset.js";
import { balancingSignal } from "./balancing.js";
import { controllerEntries, publishedHouse } from "./houses.js";
import { OPTIONS, type PemOptions } from "./options.js";
import { packetsPart } from "./packets-part.js";
import { housesByPhase } from "./phases.js";
import { readme } from "./readme.js";

/** The packet case: sixty houses of the reference on three phases ask for packets of cooling under a power cap. */
export default definePreset({
  name: "pem",
  doc: "Houses ask at random for packets of cooling; a coordinator grants them under a power cap.",
  options: OPTIONS,
  generate: options => ({ ...pemCase(options), readme: readme(options) }),
});

/** Houses of the published case, for which its feeder, building and bulk system stand once. */
const PUBLISHED_HOUSES = 60;
/** Houses for which the usual neighbourhood stands once. */
const USUAL_HOUSES = 30;
const TRANSFORMER_KVA = 150;

function pemCase(options: PemOptions): ComposedCase {
  const { houses: count, step: stepSeconds, seed, requestSeconds, packetSeconds } = options;
  checkTimes(options);
  const places = housePlacesByPhase(housesByPhase(options.phases, count));
  const share = count / PUBLISHED_HOUSES;
  const ratingKva = TRANSFORMER_KVA * new Set(places.map(place => place.transformer)).size;
  const about = {
    name: "pem",
    title: "Packetized energy management of air-conditioned houses",
    description:
      "Houses ask at random, the likelier the warmer they are, for packets of cooling; a coordinator grants what keeps all of them below a balancing signal.",
  };
  return composeCase(publishedHeading(about, options), [
    weatherPart(),
    distributionPart({
      ...{ places, seed, stepSeconds, sampleSeconds: requestSeconds, known: publishedHouse },
      ...{ equipment: { pv: false, battery: false }, layout: { share, hasPremisesMeter: true } },
      ...{ setpointFrom: "controllers.basepoint", deadbandFrom: "controllers.deadband" },
    }),
    buildingPart({ scale: share }),
    bulkPart({ houses: USUAL_HOUSES * share }),
    packetsPart({
      entries: controllerEntries(places, seed),
      controllers: {
        ...{ requestSeconds, packetSeconds, meanTimeToRequestSeconds: options.mttr },
        exitMode: options.exitMode === "on",
      },
      coordinator: { balancing: balancingSignal(options, ratingKva), enabled: options.pem === "on" },
    }),
  ]);
}

function checkTimes({ packetSeconds, requestSeconds }: PemOptions): void {
  if (Number.isInteger(packetSeconds / requestSeconds)) return;
  throw new CosimError(
    "COSIM_OPTION_INVALID",
    `--packet-seconds ${packetSeconds} is no whole number of --request-seconds ${requestSeconds}; a packet lasts one or more of them.`,
  );
}
