import { extname, join } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import { writeAtomic } from "../run/atomic-file.js";
import { drawPicture } from "./picture.js";
import { PLOTS, type Plot, type PlotChoice } from "./plots/index.js";
import { objectsOf, readRun, type RunData } from "./run-data.js";
import { runPage, type NamedPicture } from "./run-page.js";

/**
 * Writes `report.html` into a run folder and returns its path; one file that needs no network.
 * @throws CosimError `COSIM_RUN_FOLDER` when the folder cannot be read or written.
 */
export function reportRun(folder: string): string {
  const run = readRun(folder);
  const pictures = Object.entries(PLOTS).flatMap(([name, plot]): NamedPicture[] => {
    const picture = plot.draw(run, {});
    return picture === undefined ? [] : [{ name, group: plot.group, picture }];
  });
  const path = join(folder, "report.html");
  writeAtomic(path, runPage(run, pictures));
  return path;
}

/** What a plot is to show, and where it goes. */
export interface PlotRequest extends PlotChoice {
  readonly name: string;
  /** `.svg` or `.png`; `<name>.svg` in the run folder by default. */
  readonly out?: string;
}

/**
 * Writes one plot and returns its path.
 * @throws CosimError `COSIM_OPTION_INVALID` for a plot, a house or a file type that there is not and for a PNG where its
 * optional packages are missing, `COSIM_RUN_FOLDER` when the run has no such data.
 */
export async function plotRun(folder: string, { name, out, ...choice }: PlotRequest): Promise<string> {
  const plot = Object.hasOwn(PLOTS, name) ? PLOTS[name] : undefined;
  if (plot === undefined) throw unknown(`There is no plot "${name}"; there are ${Object.keys(PLOTS).join(", ")}.`);
  const path = out ?? join(folder, `${name}.svg`);
  const type = extname(path);
  if (type !== ".svg" && type !== ".png") throw unknown(`"${path}" is neither an .svg nor a .png file.`);
  const run = readRun(folder);
  checkChoice(run, plot, { name, ...choice });
  const picture = plot.draw(run, choice);
  if (picture === undefined) throw nothingToDraw(folder, name, choice.roundSeconds !== undefined && plot.draw(run, {}));
  const svg = drawPicture(picture, true);
  writeAtomic(path, type === ".svg" ? svg : await (await import("./png.js")).toPng(svg));
  return path;
}

/** Why there is no picture: there is none of any round, or none until the one that was asked for. */
function nothingToDraw(folder: string, name: string, ofAnother: unknown): CosimError {
  if (ofAnother !== undefined && ofAnother !== false)
    return unknown(
      `The plot "${name}" has no round until --round. Give a later one, or leave it out for the last one.`,
    );
  const problem = `The run in ${folder} has not recorded what the plot "${name}" shows.`;
  return new CosimError("COSIM_RUN_FOLDER", `${problem} \`gridloom plot ${folder}\` lists what there is.`);
}

const unknown = (message: string) => new CosimError("COSIM_OPTION_INVALID", message);

function checkChoice(run: RunData, { takes }: Plot, { name, house, roundSeconds }: PlotRequest): void {
  if (roundSeconds !== undefined && takes !== "round") throw unknown(`The plot "${name}" takes no --round.`);
  if (house === undefined) return;
  if (takes !== "house") throw unknown(`The plot "${name}" takes no --house.`);
  const houses = objectsOf(run.metrics.get("house"));
  if (houses.some(known => known === house || known.endsWith(`_${house}`))) return;
  const known = houses.length === 0 ? "the run has kept no single house" : `there are ${houses.join(", ")}`;
  throw unknown(`There is no house "${house}"; ${known}.`);
}

/** A plot in a list. */
export interface PlotEntry {
  readonly name: string;
  readonly doc: string;
  /** Whether the run has recorded what it shows. */
  readonly isRecorded: boolean;
}

/**
 * All plots, and which of them a run has data for.
 * @throws CosimError `COSIM_RUN_FOLDER` when the folder cannot be read.
 */
export function listPlots(folder: string): readonly PlotEntry[] {
  const run = readRun(folder);
  return Object.entries(PLOTS).map(([name, plot]) => ({
    name,
    doc: plot.doc,
    isRecorded: plot.draw(run, {}) !== undefined,
  }));
}
