import { CosimError } from "../broker/wire/index.js";

/**
 * The value behind JSON text.
 * @throws CosimError `COSIM_DATA_INVALID` naming the file, line and column of the first fault.
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const at = findFault(text);
    const before = text.slice(0, at).split("\n");
    const place = `${file}:${before.length}:${before[before.length - 1].length + 1}`;
    const found = at >= text.length ? "the text ends too early" : `unexpected ${JSON.stringify(text[at])}`;
    throw new CosimError("COSIM_DATA_INVALID", `${place}: ${found}; this is no JSON.`, { cause });
  }
}

const BLANK = /[ \t\r\n]*/y;
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Place of the first character that no JSON can have there; which one it is depends on no engine's message. */
function findFault(text: string): number {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const takeSign = (sign: string): boolean => {
    take(BLANK);
    if (text[at] !== sign) return false;
    at++;
    return true;
  };
  const takeMembers = (close: string, takeMember: () => boolean): boolean => {
    if (takeSign(close)) return true;
    for (;;) {
      if (!takeMember()) return false;
      if (takeSign(close)) return true;
      if (!takeSign(",")) return false;
    }
  };
  const takePair = (): boolean => {
    take(BLANK);
    return take(TEXT) && takeSign(":") && takeValue();
  };
  const takeValue = (): boolean => {
    if (takeSign("{")) return takeMembers("}", takePair);
    if (takeSign("[")) return takeMembers("]", takeValue);
    return take(TEXT) || take(ATOM);
  };
  if (takeValue()) take(BLANK);
  return at;
}
