import { readFileSync } from "node:fs";

/** A fenced block of a page: what its fence says, and its lines. */
export interface Block {
  /** First word behind the fence: ts, js, json, console, ... */
  readonly language: string;
  /** Second word: the file that the block is. */
  readonly file?: string;
  readonly text: string;
  readonly line: number;
}

/** The documentation's pages with examples, relative to the project's root. */
export const PAGES = [
  "README.md",
  "docs/time.md",
  "docs/cases.md",
  "docs/weather.md",
  "docs/writing-a-federate.md",
  "docs/troubleshooting.md",
  "docs/metrics.md",
  "docs/learning.md",
  "docs/settlement.md",
  "docs/dispatch.md",
  "docs/sweeps.md",
];

/** Text of a page. */
export function readPage(page: string): string {
  return readFileSync(page, "utf8");
}

/** Fenced blocks of a text, in order. */
export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^( *)```(\w+)(?: (\S+))?\n([\s\S]*?)^\1```$/gm)].map(match => ({
    language: match[2],
    file: match[3],
    text: match[4],
    line: text.slice(0, match.index).split("\n").length,
  }));
}

/** One command of a console block and what it prints. */
export interface Command {
  readonly command: string;
  readonly expected: string;
}

/** Commands of a console block: lines with `$ `, each with the lines that follow it. */
export function commandsOf(text: string): Command[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map(part => {
      const end = part.indexOf("\n");
      return { command: part.slice(0, end), expected: part.slice(end + 1).trimEnd() };
    });
}

/** True when a text is as expected; a line `...` stands for any lines, `...` within a line for any characters. */
export function looksLike(actual: string, expected: string): boolean {
  const pattern = expected.split("\n").map(line => (line.trim() === "..." ? "(?:.*\n)*?" : `${patternOf(line)}\n`));
  return new RegExp(`^${pattern.join("")}$`).test(`${actual.trimEnd()}\n`);
}

const patternOf = (line: string) => line.split("...").map(escape).join(".*");
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Rows of the first table below a heading, header and rule left out; cells without backticks. */
export function tableBelow(text: string, heading: string): string[][] {
  const [, section = ""] = text.split(`${heading}\n`);
  const table = /(?:^\|.*\n)+/m.exec(section)?.[0] ?? "";
  return table
    .trimEnd()
    .split("\n")
    .slice(2)
    .map(row =>
      row
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map(cell => cell.trim().replaceAll("`", "").replaceAll("\\|", "|")),
    );
}
