import { describeError, type ErrorReport } from "./error-report.js";
import { readLogLine } from "./log-line.js";

/** Whom a command talks to: results on stdout, talk on stderr; with `--json` one document and nothing else on stdout. */
export class Console {
  constructor(
    readonly json: boolean,
    readonly verbose: boolean,
  ) {}

  /** Prints the command's result: as text, or as the one JSON document. */
  result(text: string, document: unknown): void {
    process.stdout.write(this.json ? `${JSON.stringify(document, undefined, 2)}\n` : `${text}\n`);
  }

  /** Says something that is no result. */
  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Reports an error, and with `--json` as the one document; a stack trace only with `--verbose`. */
  error(error: unknown): void {
    const report = describeError(error);
    this.report(report);
    if (this.verbose && error instanceof Error) this.say(error.stack ?? "");
    if (this.json) process.stdout.write(`${JSON.stringify({ error: report }, undefined, 2)}\n`);
  }

  /** Says an error: code, party, message, the last lines of its log that say more, and the cure. */
  report({ code, party, message, log, cure }: ErrorReport): void {
    this.say(`${code}${party === undefined ? "" : ` (${party})`}: ${message}`);
    const lines = (log ?? []).map(line => (this.verbose ? line : readLogLine(line, message)));
    for (const line of lines) if (line !== undefined) this.say(`    ${line}`);
    this.say(`  ${cure}`);
  }
}
