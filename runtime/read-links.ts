import type { Fault } from "../broker/wire/index.js";
import type { CaseShape, LinkEntry, TapEntry } from "./case-shape.js";

/** The links of a case as objects, in its order; a tap becomes a link like the one that it taps. */
export function readLinks(links: CaseShape["links"], faults: Fault[]): LinkEntry[] {
  const plain = links.map((link, i) => (isTap(link) ? undefined : readLink(link, `links[${i}]`, faults)));
  return links.map((link, i) => plain[i] ?? tapped(link as TapEntry, { plain, path: `links[${i}]`, faults }));
}

function isTap(link: CaseShape["links"][number]): link is TapEntry {
  return typeof link !== "string" && "tap" in link;
}

function readLink(link: string | LinkEntry, path: string, faults: Fault[]): LinkEntry {
  if (typeof link !== "string") return link;
  const ends = readArrow(link);
  if (ends !== undefined) return ends;
  faults.push({ path, problem: `"${link}" is no link.`, cure: 'Write "federate.output -> federate.input".' });
  return { from: "", to: "" };
}

function readArrow(text: string): LinkEntry | undefined {
  const [from, to, ...rest] = text.split("->").map(part => part.trim());
  return from === "" || to === undefined || to === "" || rest.length > 0 ? undefined : { from, to };
}

interface Tapping {
  readonly plain: readonly (LinkEntry | undefined)[];
  readonly path: string;
  readonly faults: Fault[];
}

/** The same source, delay and disturbance, with the same random draws: the observer sees what the input sees. */
function tapped({ tap, to }: TapEntry, { plain, path, faults }: Tapping): LinkEntry {
  const ends = readArrow(tap);
  const link = plain.find(other => other !== undefined && other.from === ends?.from && other.to === ends.to);
  if (link === undefined) {
    faults.push({
      path,
      problem: `There is no link "${tap}" to tap.`,
      cure: "Name a link of the case as it is written.",
    });
    return { from: tap, to };
  }
  const { from, delay, wrap } = link;
  return { from, to, delay, wrap, stream: `${from} -> ${link.to}` };
}
