import { get } from "node:http";

const ANSWER_MS = 1000;

/** Text that a node's operations service answers with; an answer other than 200, or none within a second, is an error. */
export function ask(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false, timeout: ANSWER_MS }, answer => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        if (answer.statusCode === 200) resolve(text);
        else reject(new Error(`it answers ${answer.statusCode}: ${text.trim()}`));
      });
    });
    request.on("timeout", () => request.destroy(new Error(`it has not answered within ${ANSWER_MS} ms`)));
    request.on("error", reject);
  });
}
