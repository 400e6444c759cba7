// The time of an attempt as pages show it and scripts are told.
import type { Accommodation } from '../courses/accommodation.ts';
import type { Formats } from '../i18n/formats.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import type { CountedScore } from '../quizzes/counting-attempt.ts';
import { timeRulesOf, type TimeRules } from '../quizzes/time-rules.ts';
import type { RuledAttempt } from './attempt.store.ts';
import {
  endsAt,
  minutesOver,
  timeAllowance,
  timeLeft,
  timeOverAt,
  type TimedAttempt,
  type TimeLeft,
} from './time-limit.ts';

const halfADay = 12 * 60 * 60;

/** What is left, in seconds and, begun minutes counted as whole ones, in hours and minutes; and until when that is, in words. */
export function shownTimeLeft(left: TimeLeft | null, formats: Formats) {
  if (left === null) return null;
  const { endsAt, seconds: secondsLeft } = left;
  const minutesLeft = Math.ceil(secondsLeft / 60);
  return {
    secondsLeft,
    until: secondsLeft > halfADay ? formats.dateTime(endsAt) : formats.time(endsAt),
    hours: Math.floor(minutesLeft / 60),
    minutes: minutesLeft % 60,
  };
}

/**
 * What to say beside the button that begins or continues: of an open attempt what is left, before the next one what it will have.
 *
 * @param attempts the learner's at this placement
 * @param settings of the quiz that stands there
 */
export function startTime(
  attempts: readonly RuledAttempt[],
  settings: TimeRules,
  accommodation: Accommodation,
  { now, formats }: { now: Date; formats: Formats },
) {
  const open = attempts.find(isOpen);
  const rules = (open ?? settings).timeLimitMinutes === null ? null : timeRulesOf(open ?? settings);
  if (!open) return { left: null, overtime: null, allowance: timeAllowance(settings, accommodation), rules };
  return {
    left: shownTimeLeft(timeLeft(endsAt(open, open, accommodation), now), formats),
    overtime: shownOvertime(open, open, accommodation, { now, formats }),
    allowance: null,
    rules,
  };
}

/** The attempts, each with how much of its overtime it took. */
export function withOvertime<One extends RuledAttempt>(
  attempts: readonly One[],
  accommodation: Accommodation,
): (One & { minutesOver: number })[] {
  return attempts.map((attempt) => ({ ...attempt, minutesOver: minutesOver(attempt, attempt, accommodation) }));
}

/** From when an attempt is in its overtime, in words, and whether it is by now; null where it has none. */
export function shownOvertime(
  attempt: TimedAttempt,
  rules: TimeRules,
  accommodation: Accommodation,
  { now, formats }: { now: Date; formats: Formats },
) {
  const from = rules.overdue === 'overtime' ? timeOverAt(attempt, rules, accommodation) : null;
  return from && { from: formats.time(from), isRunning: now > from };
}

/** How much overtime is in what counts: that of the attempt, or the most of those that an average is made of. */
export function countedMinutesOver(
  counted: Pick<CountedScore, 'number'> | null,
  attempts: readonly { number: number; minutesOver: number }[],
): number {
  if (counted === null) return 0;
  const those = attempts.filter(({ number }) => counted.number === null || counted.number === number);
  return Math.max(0, ...those.map((attempt) => attempt.minutesOver));
}
