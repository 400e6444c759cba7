// The time of an attempt as pages show it and scripts are told.
import type { Accommodation } from '../courses/accommodation.ts';
import type { Formats } from '../i18n/formats.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import type { QuizSettings } from '../quizzes/quiz.ts';
import type { RuledAttempt } from './attempt.store.ts';
import { endsAt, timeAllowance, timeLeft, type TimeLeft } from './time-limit.ts';

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
  settings: Pick<QuizSettings, 'timeLimitMinutes'>,
  accommodation: Accommodation,
  { now, formats }: { now: Date; formats: Formats },
) {
  const open = attempts.find(isOpen);
  if (!open) return { left: null, allowance: timeAllowance(settings, accommodation) };
  return { left: shownTimeLeft(timeLeft(endsAt(open, open, accommodation), now), formats), allowance: null };
}
