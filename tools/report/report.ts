import { join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { writeAtomic } from "../run/atomic-file.js";
import { drawChart, type Chart } from "./chart.js";
import { renderPage } from "./page.js";
import { PLOTS } from "./plots.js";
import { readRun } from "./run-data.js";

/**
 * Writes `report.html` into a run folder and returns its path; one file that needs no network.
 * @throws CosimError `COSIM_RUN_FOLDER` when the folder cannot be read or written.
 */
export function reportRun(folder: string): string {
  const run = readRun(folder);
  const charts = Object.entries(PLOTS).flatMap(([name, plot]): Chart[] => {
    const chart = plot(run);
    return chart === undefined ? [] : [{ ...chart, name }];
  });
  return write(join(folder, "report.html"), renderPage(run, charts));
}

/**
 * Writes one plot into a run folder as `<name>.svg` and returns its path.
 * @throws CosimError `COSIM_OPTION_INVALID` for a name that there is not, `COSIM_RUN_FOLDER` when the run has no such data.
 */
export function plotRun(folder: string, name: string): string {
  if (!Object.hasOwn(PLOTS, name)) {
    throw new CosimError(
      "COSIM_OPTION_INVALID",
      `There is no plot "${name}"; there are ${Object.keys(PLOTS).join(", ")}.`,
    );
  }
  const chart = PLOTS[name](readRun(folder));
  if (chart === undefined) {
    throw new CosimError("COSIM_RUN_FOLDER", `The run in ${folder} has not recorded what the plot "${name}" shows.`);
  }
  return write(join(folder, `${name}.svg`), drawChart({ ...chart, name }, true));
}

function write(path: string, text: string): string {
  writeAtomic(path, text);
  return path;
}
