// What one learner has beyond everybody: the one place that says what their dates and their times are.

export interface Accommodation {
  /** Of every time limit: 50 makes 30 minutes 45. */
  extraTimePercent: number;
  /** Whatever is due earlier is due then; null: nothing is. */
  dueUntil: Date | null;
}

/** What everybody has. */
export const noAccommodation: Accommodation = { extraTimePercent: 0, dueUntil: null };

const minuteMs = 60_000;

/** How long an attempt of this learner may take, in milliseconds; null: as long as they like. */
export function timeAllowedMs(timeLimitMinutes: number | null, { extraTimePercent }: Accommodation): number | null {
  return timeLimitMinutes === null ? null : Math.round(timeLimitMinutes * minuteMs * (1 + extraTimePercent / 100));
}

/**
 * Until when this learner may hand something in without being late; null: whenever they like. Who has more time for an attempt
 * has the day as much longer, so that extra time is worth something to who begins at the last moment.
 */
export function dueFor(
  dueAt: Date | null,
  timeLimitMinutes: number | null,
  { extraTimePercent, dueUntil }: Accommodation,
): Date | null {
  if (dueAt === null) return null;
  const extraMs = Math.round(((timeLimitMinutes ?? 0) * minuteMs * extraTimePercent) / 100);
  return new Date(Math.max(dueAt.getTime() + extraMs, dueUntil?.getTime() ?? 0));
}
