import type { DispatchSubject } from "./dispatch-case.js";
import type { DispatchOptions } from "./options.js";

/** The README beside a generated case. */
export function readme({ name, title, description, nodes, days }: DispatchSubject, options: DispatchOptions): string {
  const { method, stop, gap, steps } = options;
  return `# ${title}

${description}

${nodes} nodes, ${days} day(s) of ${steps} steps, method ${method}, stop by ${stop === "gap" ? `a certified gap of ${gap}` : "the paper's test"}.
Written by \`gridloom generate ${name}\`; run it with \`gridloom launch\`.

| file | content |
|---|---|
| \`case.json\` | operator and agents, who tells whom what |
| \`problem.json\` | what everybody may know: the framework whose rules apply, the connection at node 0 and its prices |
| \`network.csv\` | lines from the node nearer to the root to the farther one, in ohm |
| \`devices.csv\` | one row for each device: its node, its kind, its parameters; an agent reads the rows of its own node |
| other \`.csv\` | series, one column for each node; a cell \`active-load:7\` of \`devices.csv\` means column 7 of \`active-load.csv\` |

The run folder gets \`setpoints.csv\`, \`flows.csv\`, \`bills.csv\`, \`convergence.csv\` and the bounds in \`summary.json\`.
`;
}
