import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { CosimError } from "../../broker/wire/index.js";

type Resvg = typeof import("@resvg/resvg-wasm");

/** Pixels of the PNG for one of the SVG. */
const ZOOM = 2;
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];

let renderer: Promise<Resvg> | undefined;
let fonts: Promise<Uint8Array[]> | undefined;

/**
 * An SVG as PNG, with fonts of its own: the same picture on every machine.
 * @throws CosimError `COSIM_OPTION_INVALID` where the optional packages are not installed.
 */
export async function toPng(svg: string): Promise<Uint8Array> {
  const [{ Resvg }, fontBuffers] = await parts();
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: ZOOM },
    font: { fontBuffers, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  });
  const image = picture.render();
  try {
    return image.asPng();
  } finally {
    image.free();
    picture.free();
  }
}

/** The renderer and its fonts; a WebAssembly module can be set up only once in a process. */
async function parts(): Promise<[Resvg, Uint8Array[]]> {
  const { resolve } = createRequire(import.meta.url);
  try {
    renderer ??= loadRenderer(resolve("@resvg/resvg-wasm/index_bg.wasm"));
    fonts ??= Promise.all(FONTS.map(name => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}`))));
    return await Promise.all([renderer, fonts]);
  } catch (cause) {
    const message =
      "PNG pictures need @resvg/resvg-wasm and dejavu-fonts-ttf: run `npm install @resvg/resvg-wasm dejavu-fonts-ttf`, or write an .svg.";
    throw new CosimError("COSIM_OPTION_INVALID", message, { cause });
  }
}

async function loadRenderer(wasm: string): Promise<Resvg> {
  const resvg = await import("@resvg/resvg-wasm");
  await resvg.initWasm(await readFile(wasm));
  return resvg;
}
