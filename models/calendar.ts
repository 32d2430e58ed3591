import { ModelError } from "./model-error.js";

const DAY_SECONDS = 86_400;

/** A moment of a local clock. Hour 0 to 24 (fraction included), day of the year 1 to 366, month 1 to 12, day of the month 1 to 31, weekday 0 (Sunday) to 6. */
export interface LocalMoment {
  readonly hour: number;
  readonly dayOfYear: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly weekday: number;
}

/** Seconds from 1970-01-01 00:00:00 to `text` ("2013-07-01 00:00:00", seconds optional) on one and the same local clock. Throws `ModelError` for any other text. */
export function localSeconds(text: string): number {
  const matched = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const numbers = matched?.slice(1).map(part => Number(part ?? 0)) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const milliseconds = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal =
    new Date(milliseconds).toISOString().startsWith(text.slice(0, 10)) && hour < 24 && minute < 60 && second < 60;
  if (!matched || !isReal) {
    throw new ModelError("MODEL_CLOCK", [`"${text}" is not a date and time. Write it as 2013-07-01 00:00:00.`]);
  }
  return milliseconds / 1000;
}

/** What the local clock shows at `seconds` since 1970-01-01 00:00:00 of that clock. */
export function localMoment(seconds: number): LocalMoment {
  const day = Math.floor(seconds / DAY_SECONDS);
  const date = new Date(day * DAY_SECONDS * 1000);
  const newYear = Date.UTC(date.getUTCFullYear(), 0, 1) / 1000 / DAY_SECONDS;
  return {
    hour: (seconds - day * DAY_SECONDS) / 3600,
    dayOfYear: day - newYear + 1,
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}
