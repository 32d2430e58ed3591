import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { LedgerError } from "../errors.js";

/** What a log needs of its file; tests put in one that fails. */
export type LogFile = Pick<FileHandle, "write" | "datasync" | "truncate" | "close" | "read" | "stat">;

const NEWLINE = 0x0a;
const CHUNK_BYTES = 1 << 20;

/** Where a line of the log stands, its end included. */
export interface LinePlace {
  readonly offset: number;
  readonly length: number;
}

/** A line with its place; `torn` when the file ends before the line does. */
export interface LogLine extends LinePlace {
  readonly bytes: Buffer;
  readonly torn: boolean;
}

/** An append-only file of lines, each on the disk before `append` resolves. */
export class Log {
  #size: number;
  /** True while bytes of a failed write may stand behind the last line. */
  #soiled = false;

  private constructor(
    readonly path: string,
    readonly file: LogFile,
    size: number,
  ) {
    this.#size = size;
  }

  /** Opens a log for reading, or for writing too; a missing file is made by a writer only. */
  static async open(path: string, { write = false, file }: { write?: boolean; file?: LogFile } = {}): Promise<Log> {
    const opened = file ?? (await open(path, write ? constants.O_RDWR | constants.O_CREAT : "r"));
    return new Log(path, opened, (await opened.stat()).size);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Adds a line and waits until the disk has it; what could not be written as a whole is taken back.
   * @throws LedgerError `LEDGER_FULL_DISK`, or `LEDGER_FAILED` for other faults of the disk.
   */
  async append(bytes: Buffer, name: string): Promise<LinePlace> {
    const offset = this.#size;
    try {
      if (this.#soiled) await this.truncate(offset);
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await this.file.write(bytes, written, bytes.length - written, offset + written);
        if (bytesWritten === 0) throw Object.assign(new Error("nothing was written"), { code: "ENOSPC" });
        written += bytesWritten;
      }
      await this.file.datasync();
    } catch (error) {
      await this.#takeBack(offset);
      throw writeError(error, name);
    }
    this.#size = offset + bytes.length;
    return { offset, length: bytes.length };
  }

  /** Cuts off what follows an offset. */
  async truncate(offset: number): Promise<void> {
    await this.file.truncate(offset);
    await this.file.datasync();
    this.#size = offset;
    this.#soiled = false;
  }

  /** Reads a line, its end included. */
  async read({ offset, length }: LinePlace): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    const read = await this.#fill(bytes, offset);
    return bytes.subarray(0, read);
  }

  /** All lines from an offset to the end that the file has now. */
  async *lines(from = 0): AsyncIterable<LogLine> {
    const { size } = await this.file.stat();
    let rest: Buffer = Buffer.alloc(0);
    for (let at = from; at < size;) {
      const chunk = await this.read({ offset: at, length: Math.min(CHUNK_BYTES, size - at) });
      if (chunk.length === 0) break;
      at += chunk.length;
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
        const offset = at - rest.length + start;
        yield { bytes: rest.subarray(start, end), offset, length: end + 1 - start, torn: false };
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
    if (rest.length > 0) yield { bytes: rest, offset: size - rest.length, length: rest.length, torn: true };
  }

  close(): Promise<void> {
    return this.file.close();
  }

  async #fill(bytes: Buffer, offset: number): Promise<number> {
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await this.file.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  /** A disk that refuses this too loses nothing: a torn line is cut off before the next one, or when the log is opened. */
  async #takeBack(offset: number): Promise<void> {
    this.#soiled = true;
    await this.truncate(offset).catch(() => undefined);
  }
}

function writeError(error: unknown, name: string): LedgerError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new LedgerError("LEDGER_FULL_DISK", `There is no room for ${name}: the disk is full.`, "same");
  }
  return new LedgerError("LEDGER_FAILED", `${name} could not be written: ${message}.`, "after-query");
}
