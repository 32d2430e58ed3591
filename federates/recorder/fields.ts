import type { InputDeclaration, InputDeclarations } from "../../runtime/index.js";
import { METRIC_CLASSES, type Quantity } from "./classes/index.js";
import type { FieldParams, GroupParams, PortParams, RecorderParams, Term } from "./params.js";

/** A field whose terms name inputs of the recorder. */
export interface ResolvedField extends Omit<FieldParams, keyof Term | "terms"> {
  readonly terms: readonly Term[];
}

/** Names behind `elements`: the list itself or the list of that name; none when there is no such list. */
export function elementsOf(
  params: Pick<RecorderParams, "names">,
  elements: string | readonly string[],
): readonly string[] {
  return typeof elements === "string" ? (params.names[elements] ?? []) : elements;
}

/** The recorder's input for a quantity of a class: `house` and `hvacLoadKw` make `houseHvacLoadKw`. */
export function portName(group: Pick<GroupParams, "class" | "ports">, quantity: string): string {
  const first = (group.ports ?? group.class).replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return first + quantity[0].toUpperCase() + quantity.slice(1);
}

/** The fields of a group in the order of its file, each with its inputs; absent quantities become the constant 0. */
export function fieldsOf(group: GroupParams): readonly ResolvedField[] {
  const fields = group.fields ?? METRIC_CLASSES[group.class]?.fields ?? [];
  return [...fields, ...group.ownFields].map(field => resolve(field, group));
}

/** A field outside any class: its terms are inputs already. */
export function plainField(field: FieldParams): ResolvedField {
  return resolve(field, undefined);
}

function resolve(field: FieldParams, group: GroupParams | undefined): ResolvedField {
  const { input, path, element, part, over, weight, terms, ...rest } = field;
  const own = terms ?? (input === undefined ? [] : [{ input, path, element, part, over, weight }]);
  const bound = own.map(term => (group === undefined ? term : bind(term, group)));
  const constant = bound.find(term => typeof term === "number");
  return constant === undefined ? { ...rest, terms: bound as Term[] } : { ...rest, terms: [], constant };
}

function bind(term: Term, group: GroupParams): Term | number {
  if (METRIC_CLASSES[group.class]?.quantities[term.input] === undefined) return term;
  const bound = group.bind[term.input];
  if (bound === undefined) return { ...term, input: portName(group, term.input) };
  if (typeof bound === "number") return bound;
  return {
    ...bound,
    path: bound.path ?? term.path,
    over: term.over ?? bound.over,
    weight: productOf(bound.weight, term.weight),
  };
}

function productOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a * b;
}

/** The term with the place of its element in the port's vector; −1 when there is no such element. */
export function withPlace({ element, ...term }: Term, ports: InputDeclarations): Term {
  if (element === undefined) return term;
  return { ...term, path: String(ports[term.input]?.elements?.indexOf(element) ?? -1) };
}

/** The recorder's inputs: those that the case declares and those of the classes that it uses. */
export function portsOf(params: RecorderParams): InputDeclarations {
  const ports: Record<string, InputDeclaration> = {};
  for (const group of params.metrics) {
    const elements = elementsOf(params, group.elements);
    if (elements.length === 0) continue;
    for (const [name, quantity] of Object.entries(METRIC_CLASSES[group.class]?.quantities ?? {})) {
      const used =
        group.fields === undefined || group.fields.some(f => f.input === name || f.terms?.some(t => t.input === name));
      if (used && group.bind[name] === undefined) ports[portName(group, name)] = quantityPort(quantity, elements);
    }
  }
  for (const [name, port] of Object.entries(params.inputs)) ports[name] = declaredPort(port, params);
  return ports;
}

function quantityPort({ type, unit, optional }: Quantity, elements: readonly string[]): InputDeclaration {
  return { type, unit, optional, elements: type === "vector" ? elements : undefined, wakes: "any" };
}

function declaredPort({ series: _, ...port }: PortParams, params: RecorderParams): InputDeclaration {
  const elements = port.elements === undefined ? undefined : elementsOf(params, port.elements);
  return { ...port, elements, wakes: port.wakes ?? "any" };
}
