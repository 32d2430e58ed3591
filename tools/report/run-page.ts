import { drawPicture, type Picture } from "./picture.js";
import { cardsOf, type Card } from "./cards.js";
import { dayTable, dispatchCards } from "./dispatch-section.js";
import { escapeXml } from "./frame.js";
import { groupedNumber, htmlPage, summaryLabel } from "./page.js";
import type { RunData } from "./run-data.js";

/** A picture with the name and the group of its plot. */
export interface NamedPicture {
  readonly name: string;
  readonly group: string;
  readonly picture: Picture;
}

/** The page of a run: the figures that everybody looks for, the pictures by group, all of the summary, how it was run. */
export function runPage({ manifest, summary, dispatch }: RunData, pictures: readonly NamedPicture[]): string {
  return htmlPage(
    `${text(manifest.case, "run")}, seed ${text(manifest.seed, "-")}`,
    `${stateLine(manifest)}
${figures([...(dispatch === undefined ? [] : dispatchCards(dispatch)), ...cardsOf(summary)])}
${dispatch === undefined || dispatch.days.length === 1 ? "" : dayTable(dispatch)}
${pictures.length === 0 ? "<p>This run recorded no metrics.</p>" : groupsOf(pictures).join("\n")}
<div class="grid">
<section><h2>Summary</h2>${table(summary, summaryLabel)}</section>
<section><h2>Run</h2>${table(runFacts(manifest), escapeXml)}</section>
</div>`,
  );
}

function figures(cards: readonly Card[]): string {
  const boxes = cards.map(
    ({ title, value, unit, meaning }) =>
      `<div class="card">${escapeXml(title)}<div class="value">${typeof value === "number" ? groupedNumber(Number(value.toPrecision(4))) : escapeXml(value)} <span class="unit">${escapeXml(unit)}</span></div><div class="meaning">${escapeXml(meaning)}</div></div>`,
  );
  return boxes.length === 0 ? "" : `<div class="figures">\n${boxes.join("\n")}\n</div>`;
}

function groupsOf(pictures: readonly NamedPicture[]): string[] {
  return [...new Set(pictures.map(({ group }) => group))].map(group => {
    const cards = pictures
      .filter(one => one.group === group)
      .map(
        ({ name, picture }) =>
          `<div class="${isTall(picture) ? "card tall" : "card"}" id="${name}">${drawPicture(picture)}</div>`,
      );
    return `<h2>${group}</h2>\n<div class="grid">\n${cards.join("\n")}\n</div>`;
  });
}

/** A network of many nodes needs the height of two other pictures. */
const isTall = (picture: Picture) => picture.kind === "network" && picture.parent.length > 24;

const text = (value: unknown, missing = ""): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : missing;

function stateLine(manifest: RunData["manifest"]): string {
  const { state, simulatedSeconds, wallSeconds, error } = manifest;
  const hours = typeof simulatedSeconds === "number" ? `${groupedNumber(simulatedSeconds / 3600)} h simulated` : "";
  const wall = typeof wallSeconds === "number" ? `in ${groupedNumber(wallSeconds)} s` : "";
  const message =
    typeof error === "object" && error !== null ? text((error as { message?: unknown }).message) : text(error);
  const failure = message === "" ? "" : `<p class="error">${escapeXml(message)}</p>`;
  return `<p><span class="state">${escapeXml(text(state, "state unknown"))}</span> ${escapeXml(`${hours} ${wall}`)}</p>${failure}`;
}

function runFacts({
  version,
  node,
  startedAt,
  endedAt,
  caseHash,
  hosts,
}: RunData["manifest"]): Record<string, unknown> {
  return {
    "version": version,
    "Node": node,
    "started": startedAt,
    "ended": endedAt,
    "case (SHA-256)": typeof caseHash === "string" ? caseHash.slice(0, 16) : undefined,
    "host processes": Array.isArray(hosts) ? hosts.length : undefined,
  };
}

function table(values: Readonly<Record<string, unknown>>, label: (key: string) => string): string {
  const rows = Object.entries(values).filter(([, value]) => value !== undefined && typeof value !== "object");
  if (rows.length === 0) return "<p>None.</p>";
  const lines = rows.map(([key, value]) => {
    const cell = typeof value === "number" ? groupedNumber(value) : escapeXml(text(value));
    return `<tr><th scope="row">${label(key)}</th><td>${cell}</td></tr>`;
  });
  return `<table>\n${lines.join("\n")}\n</table>`;
}
