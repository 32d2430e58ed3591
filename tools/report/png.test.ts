import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { drawPicture } from "./picture.js";
import { toPng } from "./png.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Width, height and all rows with their filter bytes. */
function decode(png: Uint8Array): { width: number; height: number; data: Buffer } {
  const bytes = Buffer.from(png);
  const parts: Buffer[] = [];
  for (let at = SIGNATURE.length; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return { width, height, data: inflateSync(Buffer.concat(parts)) };
}

const chart = (values: readonly number[], title = "Power") =>
  drawPicture(
    {
      kind: "time",
      title,
      axis: "kW",
      startTime: "",
      lines: [{ label: "mean", values, times: [0, 300, 600] }],
    },
    true,
  );

describe("PNG pictures", () => {
  it("have the signature and twice the pixels of the SVG", async () => {
    const png = await toPng(chart([1, 3, 2]));
    assert.deepEqual([...png.subarray(0, 8)], SIGNATURE);
    const { width, height, data } = decode(png);
    assert.deepEqual([width, height], [1440, 540]);
    assert.equal(data.length, height * (1 + width * 4));
  });

  it("show lines and texts: one without them is another picture", async () => {
    const pixels = async (svg: string) => decode(await toPng(svg)).data;
    const differing = (a: Buffer, b: Buffer) => a.filter((byte, i) => byte !== b[i]).length;
    const whole = await pixels(chart([1, 3, 2]));
    const noLine = differing(
      whole,
      await pixels(chart([1, 3, 2]).replace(/<path class="s0"[^>]*stroke-linejoin[^>]*>/, "")),
    );
    const noTitle = differing(whole, await pixels(chart([1, 3, 2], "")));
    const noGrid = differing(whole, await pixels(chart([1, 3, 2]).replace(/<path class="ink"[^>]*>/g, "")));
    console.log(`      bytes that differ without line, title, grid: ${noLine}, ${noTitle}, ${noGrid}`);
    assert.ok(Math.min(noLine, noTitle, noGrid) > 200);
  });

  it("are the same bytes each time", async () => {
    const svg = chart([1, 3, 2]);
    assert.deepEqual(await toPng(svg), await toPng(svg));
  });
});
