import type { Highs } from "highs";
import type { QuadraticProgram, SparseRows } from "../../program.js";

/** Optimum of a program by HiGHS, with its constant; undefined when HiGHS gives none (its quadratic solver breaks off on some). */
export type Oracle = (program: QuadraticProgram) => number | undefined;

/** HiGHS as the second opinion of the kernel's tests. */
export async function loadOracle(): Promise<Oracle> {
  const { default: load } = (await import("highs")) as unknown as { default: () => Promise<Highs> };
  const highs = await load();
  const tolerances = { primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 };
  return program => {
    try {
      const answer = highs.solve(lpText(program), { output_flag: false, ...tolerances });
      return answer.Status === "Optimal" ? answer.ObjectiveValue + program.constant : undefined;
    } catch {
      return undefined;
    }
  };
}

/** CPLEX LP text of a program, numbers with all their digits. */
export function lpText(program: QuadraticProgram): string {
  const linear = [...program.linear].map((price, j) => term(price, j)).join(" ");
  const squares = [...program.curvature].flatMap((value, j) => (value === 0 ? [] : [`+ ${value} x${j} ^ 2`])).join(" ");
  const objective = squares === "" ? linear : `${linear} + [ ${squares} ] / 2`;
  const rows = [...rowText(program.equalities, "e", "="), ...rowText(program.inequalities, "i", "<=")];
  const bounds = [...program.lower].map((lower, j) => `${bound(lower)} <= x${j} <= ${bound(program.upper[j])}`);
  return `Minimize\nobj: ${objective}\nSubject To\n${rows.join("\n")}\nBounds\n${bounds.join("\n")}\nEnd\n`;
}

function rowText(rows: SparseRows, name: string, sense: string): string[] {
  return Array.from(rows.rhs, (rhs, r) => {
    const terms: string[] = [];
    for (let at = rows.start[r]; at < rows.start[r + 1]; at++) terms.push(term(rows.value[at], rows.column[at]));
    return `${name}${r}: ${terms.join(" ")} ${sense} ${rhs}`;
  });
}

function term(value: number, column: number): string {
  return `${value < 0 ? "-" : "+"} ${Math.abs(value)} x${column}`;
}

function bound(value: number): string {
  if (Number.isFinite(value)) return `${value}`;
  return value < 0 ? "-inf" : "+inf";
}
