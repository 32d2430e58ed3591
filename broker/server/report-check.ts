import { isBefore, type Publication, type Report, type Stamp } from "../wire/index.js";
import { PackedValue } from "../wire/protocol.js";
import type { Plan } from "../core/index.js";

/** What a host may say: its own federates and outputs, no further than it was released. */
export interface Bounds {
  readonly plan: Plan;
  readonly members: ReadonlySet<number>;
  /** Largest stamp that the host was released to. */
  readonly horizon: Stamp;
  /** The host's first report, which names all its federates. */
  readonly first: boolean;
}

/** What is wrong with a report, in one sentence; undefined when it can be taken in. */
export function reportFault({ due, publications }: Report, bounds: Bounds): string | undefined {
  const { members, first } = bounds;
  const named = new Set<number>();
  for (const { federate, time, phase } of due) {
    if (!members.has(federate)) return `it says when federate ${federate} is due, which is not on this host`;
    if (named.has(federate)) return `it names federate ${federate} twice`;
    if (!isTime(time) || !isPhase(phase)) return `federate ${federate} is due at no stamp: ${time}, ${phase}`;
    named.add(federate);
  }
  if (first && named.size !== members.size) return "the first report does not name every federate of the host";
  for (const publication of publications) {
    const fault = publicationFault(publication, bounds);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function publicationFault(publication: Publication, { plan, members, horizon }: Bounds): string | undefined {
  const { source, output, time, phase, sequence, value, link, extraDelay = 0 } = publication;
  if (!members.has(source)) return `it publishes for federate ${source}, which is not on this host`;
  const { name, outputs } = plan.federates[source].shape;
  if (output >= outputs.length) return `${name} has no output ${output}`;
  const where = `${name}.${outputs[output].name}`;
  const beforeStart = time === -1 && phase === 0;
  if (!beforeStart && !(Number.isSafeInteger(time) && time >= 0 && Number.isSafeInteger(phase) && phase >= 0)) {
    return `${where} is published at no stamp: ${time}, ${phase}`;
  }
  if (isBefore(horizon.time, horizon.phase, time, phase)) return `${where} is published beyond the release`;
  if (!Number.isFinite(sequence) || sequence < 0) return `${where} has the sequence number ${sequence}`;
  if (!Number.isSafeInteger(extraDelay) || extraDelay < 0) return `${where} is delayed by ${extraDelay} ticks`;
  if (link !== undefined && !plan.federates[source].outLinks[output].includes(link))
    return `${where} has no link ${link}`;
  return value instanceof PackedValue ? undefined : `${where} carries no packed value`;
}

function isTime(time: number): boolean {
  return time === Infinity || (Number.isSafeInteger(time) && time >= 0);
}

function isPhase(phase: number): boolean {
  return phase === Infinity || (Number.isSafeInteger(phase) && phase >= 0);
}
