import { Packr } from "msgpackr";
import type { HostQueue, Item } from "../broker/core/index.js";
import { CosimError } from "../broker/wire/index.js";
import type { MemberImage } from "./member.js";

/** What a checkpoint keeps of one federate: its own state and all that the coordinator holds for it. */
export interface FederateImage extends MemberImage {
  readonly causes: Readonly<Record<string, number>>;
  /** Held value and its sequence number, by link as `from -> to`. */
  readonly held: Readonly<Record<string, readonly [value: unknown, sequence: number]>>;
  readonly unread: readonly (readonly unknown[])[];
  readonly pending: readonly Item[];
  readonly sequences: readonly number[];
}

/** What a checkpoint keeps of one host: its federates by name. */
export type HostImage = Readonly<Record<string, FederateImage>>;

const packr = new Packr({ useRecords: false, moreTypes: true });

/** Bytes of a checkpoint; `decodeImage` gives an equal one back. */
export function encodeImage(image: HostImage): Uint8Array {
  return packr.pack(image);
}

/**
 * The checkpoint behind some bytes.
 * @throws CosimError `COSIM_CHECKPOINT_INVALID` when they cannot be read.
 */
export function decodeImage(bytes: Uint8Array): HostImage {
  try {
    return packr.unpack(bytes) as HostImage;
  } catch (cause) {
    throw new CosimError("COSIM_CHECKPOINT_INVALID", `The checkpoint cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

const linkKey = (link: { from: string; to: string }) => `${link.from} -> ${link.to}`;

/** The image of a queue's federates, between two activations. */
export function saveQueue(queue: HostQueue, saveMember: (f: number) => MemberImage): HostImage {
  const image: Record<string, FederateImage> = {};
  for (const f of queue.members) {
    const inbox = queue.inboxes[f];
    if (inbox === undefined) continue;
    image[queue.plan.federates[f].shape.name] = {
      ...saveMember(f),
      causes: { ...queue.causes[f] },
      held: Object.fromEntries(inbox.slots.map(slot => [linkKey(slot.link), [slot.held, slot.sequence]])),
      unread: inbox.unread.map(messages => [...messages]),
      pending: [...inbox.waking.sorted(), ...inbox.silent.sorted()],
      sequences: queue.outlets[f].memories.map(memory => memory.sequence),
    };
  }
  return image;
}

/** Puts a queue's federates back where an image was taken. */
export function restoreQueue(
  queue: HostQueue,
  image: HostImage,
  restoreMember: (f: number, kept: MemberImage) => void,
): void {
  for (const f of queue.members) {
    const { name } = queue.plan.federates[f].shape;
    const kept = image[name];
    const inbox = queue.inboxes[f];
    if (kept === undefined || inbox === undefined) {
      throw new CosimError(
        "COSIM_CHECKPOINT_INVALID",
        `The checkpoint has nothing of ${name}; it belongs to another case.`,
      );
    }
    Object.assign(queue.causes[f], kept.causes);
    for (const slot of inbox.slots) {
      [slot.held, slot.sequence] = kept.held[linkKey(slot.link)] ?? [undefined, -1];
      if (slot.single && slot.held !== undefined) inbox.inputs[slot.input.name] = slot.held;
    }
    kept.unread.forEach((messages, i) => inbox.unread[i].push(...(messages as (typeof inbox.unread)[number])));
    for (const item of kept.pending) {
      const wakes = queue.plan.federates[f].shape.inputs[queue.plan.links[item.link].input].wakes;
      (wakes === "never" ? inbox.silent : inbox.waking).add(item);
    }
    kept.sequences.forEach((sequence, o) => {
      queue.outlets[f].memories[o].sequence = sequence;
    });
    restoreMember(f, kept);
    queue.refresh(f);
  }
}
