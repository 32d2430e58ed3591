import { COMMANDS, loadCommand } from "./commands.js";

/** The help of the whole program: one line for each command. */
export async function overview(): Promise<string> {
  const commands = await Promise.all(Object.keys(COMMANDS).map(loadCommand));
  const rows = commands.map(({ name, args, doc, isBuilt }) => {
    const usage = [name, ...args.map(a => (a.required === true ? a.name : `[${a.name}]`))].join(" ");
    return [usage, isBuilt === false ? `${doc} (not built yet)` : doc];
  });
  const width = Math.max(...rows.map(([usage]) => usage.length));
  const lines = rows.map(([usage, doc]) => `  ${usage.padEnd(width)}  ${doc}`);
  const head =
    "Co-simulation of transactive and decentralised energy systems.\n\nUsage: gridloom COMMAND [arguments] [options]\n";
  return `${head}\n${lines.join("\n")}\n\n\`gridloom COMMAND --help\` shows a command's options.\n`;
}
