import type { Fault } from "../../broker/wire/index.js";
import {
  arrayPowerKw,
  createPremises,
  localMoment,
  localSeconds,
  sunDirection,
  type ForecastWeather,
  type Premises,
  type SolarArrays,
} from "../../models/index.js";
import { readJsonFile, type SetupContext } from "../../runtime/index.js";
import type { PremisesFile } from "../houses.js";

/** Arrays whose power is forecast: plain data. */
export interface Arrays extends SolarArrays {
  readonly site: Premises["site"];
  readonly startsAtLocalSeconds: number;
}

/** Which premises have them. */
export interface ArraysParams {
  readonly premises: string;
  readonly houses: readonly string[];
}

function readPremises({ premises: file }: ArraysParams, setup: SetupContext): Premises {
  const { premises, site, schedules } = readJsonFile(setup.folder, file) as PremisesFile;
  const startsAtLocalSeconds = localSeconds(setup.start.slice(0, 19));
  return createPremises(premises, { site, schedules, startsAtLocalSeconds, limitsPvToArray: true });
}

/** The arrays of a premises file. Throws `ModelError` with every fault of the file. */
export function createArrays(params: ArraysParams, setup: SetupContext): Arrays {
  const { site, startsAtLocalSeconds, pv } = readPremises(params, setup);
  const { ratedKw, orientation, normals } = pv;
  return { site, startsAtLocalSeconds, ratedKw, orientation, normals };
}

/** Faults of the premises file, and names that differ from its own. */
export function arraysFaults(params: ArraysParams, setup: SetupContext): Fault[] {
  try {
    const { names } = readPremises(params, setup);
    const differs = names.length === params.houses.length ? names.findIndex((name, i) => name !== params.houses[i]) : 0;
    if (differs < 0) return [];
    const problem = `The names differ from those of ${params.premises}, first at place ${differs}.`;
    return [{ path: "params.arrays.houses", problem, cure: "Give the same names in the same order." }];
  } catch (error) {
    const cure = "Correct that file, or generate the case anew.";
    return [{ path: "params.arrays.premises", problem: (error as Error).message, cure }];
  }
}

/** Dc power of every array at the first point of a forecast, which lies at a simulated second. */
export function powerAhead(arrays: Arrays, forecast: ForecastWeather, seconds: number): Float64Array {
  return arrayPowerKw(arrays, {
    sun: sunDirection(arrays.site, localMoment(arrays.startsAtLocalSeconds + seconds)),
    light: { directNormal: forecast.directWPerSqft[0], diffuseHorizontal: forecast.diffuseWPerSqft[0] },
    outdoorF: forecast.temperatureF[0],
  });
}
