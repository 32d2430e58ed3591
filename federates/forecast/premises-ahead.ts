import type { Fault } from "../../broker/wire/index.js";
import {
  arrayPowerKw,
  createPremises,
  localMoment,
  localSeconds,
  runningHvacKw,
  sunDirection,
  type CoolingUnits,
  type ForecastWeather,
  type Premises,
  type SolarArrays,
} from "../../models/index.js";
import type { SetupContext } from "../../runtime/index.js";
import { fileFaults } from "../file-faults.js";
import { readPremisesFile } from "../premises-file.js";

/** What of premises answers to the weather at once: plain data. */
export interface PremisesAhead extends CoolingUnits {
  readonly site: Premises["site"];
  readonly startsAtLocalSeconds: number;
  readonly arrays: SolarArrays;
}

/** Which premises are looked at. */
export interface PremisesChoice {
  readonly file: string;
  readonly houses: readonly string[];
}

function readPremises({ file }: PremisesChoice, setup: SetupContext): Premises {
  const { premises, site, schedules } = readPremisesFile(setup.folder, file);
  const startsAtLocalSeconds = localSeconds(setup.start.slice(0, 19));
  return createPremises(premises, { site, schedules, startsAtLocalSeconds, limitsPvToArray: true });
}

/** The premises of a file, at nominal voltage. Throws `ModelError` with every fault of the file. */
export function createPremisesAhead(choice: PremisesChoice, setup: SetupContext): PremisesAhead {
  const { site, startsAtLocalSeconds, pv, hvac, commands } = readPremises(choice, setup);
  return {
    site,
    startsAtLocalSeconds,
    arrays: { ratedKw: pv.ratedKw, orientation: pv.orientation, normals: pv.normals },
    hvac: { ratedCompressorKw: hvac.ratedCompressorKw, fanKw: hvac.fanKw },
    commands: { voltagePu: commands.voltagePu.fill(1) },
  };
}

/** Faults of the premises file, and names that differ from its own. */
export function premisesFaults(choice: PremisesChoice, setup: SetupContext): Fault[] {
  const { file, houses } = choice;
  try {
    const { names } = readPremises(choice, setup);
    const differs = names.length === houses.length ? names.findIndex((name, i) => name !== houses[i]) : 0;
    if (differs < 0) return [];
    const problem = `The names differ from those of ${file}, first at place ${differs}.`;
    return [{ path: "params.premises.houses", problem, cure: "Give the same names in the same order." }];
  } catch (error) {
    return fileFaults("params.premises.file", error);
  }
}

/** Powers at the first point of a forecast, which lies at a simulated second: of arrays, and of cooling units that run. */
export function powersAhead(premises: PremisesAhead, forecast: ForecastWeather, seconds: number) {
  const { arrays, site, startsAtLocalSeconds } = premises;
  const [outdoorF] = forecast.temperatureF;
  const pvAvailable = arrayPowerKw(arrays, {
    sun: sunDirection(site, localMoment(startsAtLocalSeconds + seconds)),
    light: { directNormal: forecast.directWPerSqft[0], diffuseHorizontal: forecast.diffuseWPerSqft[0] },
    outdoorF,
  });
  const hvacPower = new Float64Array(pvAvailable.length);
  runningHvacKw(premises, outdoorF, hvacPower);
  return { pvAvailable, hvacPower };
}
