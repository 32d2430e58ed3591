import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { CosimError } from "../../broker/wire/index.js";
import type { OutputFile } from "../../runtime/index.js";
import { cannotWrite, writeAll } from "./atomic-file.js";

const BUFFER_BYTES = 65536;

/** A file that grows through a buffer; its bytes do not depend on when it is flushed. */
export class BufferedFile implements OutputFile {
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  private readonly file: number;
  private used = 0;
  private written: number;
  private isOpen = true;

  /** Opens the file cut to `length`, which is 0 for a new one. */
  constructor(
    readonly path: string,
    length = 0,
  ) {
    this.written = length;
    this.file = length === 0 ? openEmpty(path) : openCut(path, length);
  }

  /** Bytes appended so far, flushed or not. */
  get length(): number {
    return this.written + this.used;
  }

  append(data: string | Uint8Array): void {
    if (typeof data === "string" && data.length * 3 <= BUFFER_BYTES) {
      if (data.length * 3 > BUFFER_BYTES - this.used) this.flush();
      this.used += this.buffer.write(data, this.used);
      return;
    }
    this.flush();
    this.write(typeof data === "string" ? Buffer.from(data) : data);
  }

  flush(): void {
    const { used } = this;
    this.used = 0;
    if (used > 0) this.write(this.buffer.subarray(0, used));
  }

  private write(data: Uint8Array): void {
    try {
      writeAll(this.file, data, this.written);
    } catch (cause) {
      throw cannotWrite(this.path, cause);
    }
    this.written += data.length;
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      this.flush();
    } finally {
      closeSync(this.file);
    }
  }
}

function openEmpty(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, "w");
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

function openCut(path: string, length: number): number {
  try {
    const file = openSync(path, "r+");
    const { size } = fstatSync(file);
    if (size < length) {
      const message = `${path} has ${size} bytes, the checkpoint was taken at ${length}. The file was changed since.`;
      throw new CosimError("COSIM_CHECKPOINT_INVALID", message);
    }
    ftruncateSync(file, length);
    return file;
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}
