import { fileURLToPath } from "node:url";
import ts from "typescript";

/** What TypeScript makes of a file and what it finds wrong with it. */
export interface Compilation {
  readonly output: string;
  readonly problems: readonly string[];
}

const options: ts.CompilerOptions = {
  strict: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  types: [],
  skipLibCheck: true,
};

/** Type-checks a TypeScript example against this build and turns it into JavaScript. */
export function compileExample(text: string): Compilation {
  const file = `${process.cwd()}/example.mts`;
  const types = fileURLToPath(new URL("../../index.d.ts", import.meta.url));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = name => (name === file ? text : readFile(name));
  host.fileExists = name => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  host.resolveModuleNameLiterals = (literals, from, redirected, settings) =>
    literals.map(({ text: name }) =>
      name === "gridloom"
        ? { resolvedModule: { resolvedFileName: types, extension: ts.Extension.Dts, isExternalLibraryImport: true } }
        : ts.resolveModuleName(name, from, settings, host, undefined, redirected, ts.ModuleKind.ESNext),
    );
  let output = "";
  host.writeFile = (_name, content) => {
    output = content;
  };
  const program = ts.createProgram([file], options, host);
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  program.emit();
  return { output, problems };
}
