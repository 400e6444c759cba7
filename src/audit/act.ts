// What can stand in the log. A code that was used once stays here for ever, for its entries stay.

/** Acts of the people of a course. */
export const courseActs = [
  'quiz-settings-changed',
  'quiz-published',
  'quiz-chosen',
  'quiz-detached',
  'bank-shared',
  'bank-share-ended',
  'accommodation-changed',
  'time-given',
  'answer-marked',
  'regraded',
  'zeros-given',
  'zeros-taken-back',
  'rescue-file-brought',
  'late-answers-counted',
  'grades-sent',
  'column-made',
  'credit-rules-changed',
  'credit-plan-published',
  'credit-marks-entered',
  'credits-confirmed',
  'credits-taken-back',
  'credits-recognised',
  'credits-evaluated-anew',
  'student-numbers-given',
  'student-number-removed',
] as const;

/** Acts of the administrator and of the command line. */
export const administrationActs = [
  'administration-entered',
  'administration-left',
  'secret-changed',
  'invite-made',
  'invite-withdrawn',
  'platform-registered',
  'platform-saved',
  'platform-let-in',
  'platform-kept-out',
  'platform-switched',
  'deployment-changed',
  'key-rotated',
  'person-erased',
] as const;

export const acts = [...courseActs, ...administrationActs] as const;

export type Act = (typeof acts)[number];

/** What became of an act; null: it was begun, and nobody knows. */
export type Outcome = 'done' | 'refused' | 'failed' | null;

/** Who acts, where it is nobody of a course: `stranger` is who is not signed in, at a door. */
export type Actor =
  { kind: 'person'; personId: number } | { kind: 'administrator' } | { kind: 'command-line' } | { kind: 'stranger' };

/** The fields of a form, each as a list. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** A route whose use is written down. */
export interface AuditedRoute {
  act: Act | ((fields: Fields) => Act);
  /** Whom the form is about, as our keys of people; what is none is left out. Where the address names somebody, it is about them. */
  people?: (fields: Fields) => readonly string[];
  /** Whoever comes here need not be signed in: it is a door. */
  isDoor?: true;
}

/** What became of a request, by the status of its answer. */
export function outcomeOf(status: number): 'done' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'done';
}
