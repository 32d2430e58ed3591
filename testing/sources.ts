import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold nothing of the project's own. */
const FOREIGN = /^(node_modules|dist.*|runs|\.git|\.venv.*)$|^cases\/generated$|^chaincode\/(dist|node_modules)$/;

/** Paths of the project's files relative to its root, sorted; what is built, installed or run is left out. */
export function projectFiles(): string[] {
  return filesBelow("").sort();
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(process.cwd(), folder), { withFileTypes: true }).flatMap(entry => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return FOREIGN.test(path) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Text of a file of the project. */
export function readProjectText(path: string): string {
  return readFileSync(join(process.cwd(), path), "utf8");
}

/** True for files that only tests import. */
export function servesTests(path: string): boolean {
  return /\.test\.ts$|\.fixture\.ts$|(^|\/)testing(\/|\.ts$)|\/oracle\//.test(path);
}

/** Paths of the TypeScript files. */
export function sourceFiles(): string[] {
  return projectFiles().filter(path => path.endsWith(".ts"));
}

/** An import of another file of the project. */
export interface ImportEdge {
  readonly from: string;
  readonly to: string;
}

/** Relative imports of a source, static, dynamic, of types and for side effects; paths relative to the root. */
export function importsOf(path: string, text = readProjectText(path)): ImportEdge[] {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)].map(match => match[1]);
  return specifiers.map(to => ({ from: path, to: join(path, "..", to).replaceAll("\\", "/").replace(/\.js$/, ".ts") }));
}
