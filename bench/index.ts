import { measureRow, type Result } from "./measure.js";
import type { Chapter } from "./report/text.js";
import type { Settings, Suite } from "./suite.js";

export { findPeers, NO_PEERS } from "./peers/index.js";
export { toDocument, type BenchDocument } from "./report/document.js";
export { describeMachine, type Machine } from "./report/machine.js";
export { toMarkdown } from "./report/markdown.js";
export { machineLine, toText, type Chapter } from "./report/text.js";
export type { Settings, Suite } from "./suite.js";
export { SUITES } from "./suites/index.js";

/** Measures every row of the suites, one after the other; `tell` hears of each suite that is done. */
export async function runSuites(
  suites: readonly Suite[],
  settings: Settings,
  tell: (chapter: Chapter) => void,
): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  for (const suite of suites) {
    const results: Result[] = [];
    for (const row of suite.rows(settings)) results.push(await measureRow(row, settings.repetitions));
    const chapter = { suite, results };
    chapters.push(chapter);
    tell(chapter);
  }
  return chapters;
}
