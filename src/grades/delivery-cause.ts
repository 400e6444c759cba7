// Why a grade is not in the gradebook. The list of causes is that of platforms/service-trouble.ts, where they are told apart; here is
// what they mean for a grade. Pages say what happened (`grades.cause.<shown cause>`) and what to do (`grades.remedy.<shown cause>`).
import { serviceTroubles, type ServiceTrouble } from '../platforms/service-trouble.ts';

export const deliveryCauses = serviceTroubles;
export type DeliveryCause = ServiceTrouble;

/** A cause as it was kept; null where there was none, or it is none that we know. */
export function causeKept(kept: string | null): DeliveryCause | null {
  return deliveryCauses.find((cause) => cause === kept) ?? null;
}

/** What becomes of `person-refused` once it is known how the LMS has the learner in the course. */
export type ShownCause = Exclude<DeliveryCause, 'person-refused'> | 'not-enrolled' | 'suspended' | 'not-gradable';

/** How the LMS's list of the course has somebody, as far as we have read it. */
export interface ListedAs {
  isActive: boolean;
  /** Whether the list that was read last had them at all; an LMS may leave out whom it suspended. */
  isListed: boolean;
}

/** A cause in words that lead to a remedy. */
export function shownCause(cause: DeliveryCause, { isActive, isListed }: ListedAs): ShownCause {
  if (cause !== 'person-refused') return cause;
  if (isActive) return 'not-gradable';
  return isListed ? 'suspended' : 'not-enrolled';
}

const mended: readonly DeliveryCause[] = [
  'tool-inactive',
  'scope-not-granted',
  'key-unreachable',
  'clock-wrong',
  'teacher-must-reconnect',
];

/** Whether the same score will be taken once somebody has set the LMS right, so that it is worth trying on. */
export function healsWithoutUs(cause: DeliveryCause): boolean {
  return mended.includes(cause) || healsByItself(cause);
}

const healing: readonly DeliveryCause[] = ['rate-limited', 'lms-away', 'lms-error'];

/** Whether nobody has to do anything but wait. */
export function healsByItself(cause: DeliveryCause): boolean {
  return healing.includes(cause);
}

/**
 * Whether a failure says that the LMS as a whole takes no grades now, and not only this one. An error page may be about one cell
 * (a locked grade, lti.md §2.7), so it counts once for each.
 *
 * @param tries of this cell since it was last settled, this one included
 */
export function speaksOfLms(cause: DeliveryCause, tries: number): boolean {
  switch (cause) {
    case 'tool-inactive':
    case 'scope-not-granted':
    case 'key-unreachable':
    case 'clock-wrong':
    case 'rate-limited':
    case 'lms-away':
      return true;
    case 'lms-error':
    case 'grade-locked':
      return tries === 1;
    case 'person-refused':
    case 'column-gone':
    case 'address-refused':
    case 'teacher-must-reconnect':
    case 'other':
      return false;
  }
}
