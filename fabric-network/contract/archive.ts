import { gzipSync } from "node:zlib";

const BLOCK = 512;

/** Gzip's bytes for the level and the system, which zlib would fill in by itself. */
const [LEVEL_AT, SYSTEM_AT, UNKNOWN] = [8, 9, 255];

/**
 * A gzipped tar of small files whose bytes depend on names and contents alone: no times, no owners (POSIX ustar),
 * and stored uncompressed, since two releases of zlib need not compress alike.
 */
export function archive(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const entries = Object.entries(files).flatMap(([name, content]) => {
    const data = Buffer.from(content);
    const padding = Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK);
    return [header(name, data.length), data, padding];
  });
  const zipped = gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]), { level: 0 });
  zipped[LEVEL_AT] = 0;
  zipped[SYSTEM_AT] = UNKNOWN;
  return zipped;
}

function header(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`${name} is too long a name for an archive.`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, "0") + "\0";
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  return block;
}
