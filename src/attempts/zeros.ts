// Who may be given a zero because nothing was handed in, and who never is. A teacher decides; this says what may be decided.
import { dueFor, type Accommodation } from '../courses/accommodation.ts';
import { mayDo } from '../courses/rights.ts';
import type { CellState } from '../grades/grade-status.ts';
import type { CourseRole } from '../lti/roles.ts';

/** Somebody of a course, as far as a zero at one placement goes. */
export interface RosterPerson {
  personId: number;
  name: string | null;
  language: string;
  role: CourseRole;
  isTestUser: boolean;
  isActive: boolean;
  /** Null: has never opened anything. */
  launchedAt: Date | null;
  /** What there is of theirs; an attempt without points to give is handed in, too. */
  work: 'none' | 'open' | 'handed-in';
  accommodation: Accommodation;
  cell: CellState | null;
}

/** What everybody's time follows from. */
export interface Timing {
  /** Null: nobody said; then the teacher says that the time is over. */
  dueAt: Date | null;
  /** Of the quiz that stands there. */
  timeLimitMinutes: number | null;
  now: Date;
}

/**
 * How somebody stands: a zero may be given to who has not begun, and, as it is not what a zero is for, to who has begun only where
 * the teacher asks for just that; who has time left gets none; who has one may have it taken back; the rest are not spoken of.
 */
export type ZeroStanding = 'not-begun' | 'begun' | 'has-time' | 'has-zero' | 'no-matter';

export function zeroStanding(person: RosterPerson, timing: Timing): ZeroStanding {
  if (person.cell?.basis === 'zero') return 'has-zero';
  const isGraded = person.isActive && !person.isTestUser && mayDo(person.role, 'be-graded');
  if (!isGraded || person.work === 'handed-in') return 'no-matter';
  if (timeLeftUntil(person, timing) !== null) return 'has-time';
  return person.work === 'open' ? 'begun' : 'not-begun';
}

/** Until when somebody may still hand in without being late; null where that is over. Their own date holds where nobody set one. */
export function timeLeftUntil(
  { accommodation }: Pick<RosterPerson, 'accommodation'>,
  { dueAt, timeLimitMinutes, now }: Timing,
): Date | null {
  const until = dueFor(dueAt ?? new Date(0), timeLimitMinutes, accommodation);
  return until !== null && until > now ? until : null;
}

/** Whether to offer zeros at all: not while everybody's time runs. */
export function isTimeOver(dueAt: Date | null, now: Date): boolean {
  return dueAt === null || dueAt <= now;
}
