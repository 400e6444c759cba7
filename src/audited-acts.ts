// What is written into the log when it is used, and what is not: every route that changes something, and every command, stands in one
// of these tables. A test asks the application for its routes, and fails for one that stands in none (test/audit).
import type { Act, AuditedRoute, Fields } from './audit/act.ts';

const placement = '/placements/:placementId';
const course = '/courses/:courseId';
const attempt = `${placement}/learners/:personId/attempts/:number` as const;

const values = (name: string) => (fields: Fields) => fields.get(name) ?? [];

/** Lines of credits are chosen as `person.component.…`. */
const peopleOfLines = (fields: Fields) => (fields.get('line') ?? []).map((line) => line.split('.')[0] ?? '');

/** The cells of the grid are called `m.person.…`. */
const peopleOfCells = (fields: Fields) => [...fields.keys()].flatMap((name) => /^m\.(\d+)\./.exec(name)?.[1] ?? []);

/** Lines of a list are ticked as `line:person`. */
const peopleOfMatches = (fields: Fields) => (fields.get('match') ?? []).map((match) => match.split(':')[1] ?? '');

/** What people of a course do, by method and address, as the router has them. */
export const auditedInCourses: Readonly<Record<string, AuditedRoute>> = {
  [`POST ${placement}/quiz`]: { act: 'quiz-settings-changed' },
  [`POST ${placement}/quiz/versions`]: { act: 'quiz-published' },
  [`POST ${placement}/quiz/choice`]: { act: 'quiz-chosen' },
  [`POST ${placement}/quiz/detachment`]: { act: 'quiz-detached' },
  [`POST ${course}/bank/shares`]: { act: 'bank-shared' },
  [`POST ${course}/bank/questions/:bankKey/shares`]: { act: 'bank-shared' },
  [`POST ${course}/bank/shares/:shareId/deletion`]: { act: 'bank-share-ended' },

  [`POST ${course}/people/:personId/accommodation`]: { act: 'accommodation-changed' },
  [`POST ${attempt}/time-grants`]: { act: 'time-given' },
  [`POST ${placement}/time-grants`]: { act: 'time-given' },
  [`POST ${placement}/attempts/:attemptId/marks/:field`]: { act: 'answer-marked' },
  [`POST ${placement}/quiz/regrade`]: { act: 'regraded' },
  [`POST ${placement}/zeros`]: {
    act: 'zeros-given',
    people: (fields) => [...values('notBegun')(fields), ...values('begun')(fields)],
  },
  [`POST ${placement}/zeros/withdrawal`]: { act: 'zeros-taken-back', people: values('given') },
  [`POST ${placement}/rescue-files`]: { act: 'rescue-file-brought' },
  [`POST ${attempt}/late-answers`]: { act: 'late-answers-counted' },
  [`POST ${placement}/grades/deliveries`]: { act: 'grades-sent' },
  [`POST ${placement}/learners/:personId/deliveries`]: { act: 'grades-sent' },
  [`POST ${placement}/gradebook-column`]: { act: 'column-made' },

  [`POST ${course}/credits/policy`]: { act: 'credit-rules-changed' },
  [`POST ${course}/credits/plan/versions`]: { act: 'credit-plan-published' },
  [`POST ${course}/credits/marks`]: { act: 'credit-marks-entered', people: peopleOfCells },
  [`POST ${course}/credits/marks/:activityKey/:personId`]: { act: 'credit-marks-entered' },
  [`POST ${course}/credits/confirmations`]: { act: 'credits-confirmed', people: peopleOfLines },
  [`POST ${course}/credits/reversals`]: { act: 'credits-taken-back', people: values('personId') },
  [`POST ${course}/credits/recognitions`]: { act: 'credits-recognised', people: values('personId') },
  [`POST ${course}/credits/reevaluations`]: { act: 'credits-evaluated-anew', people: peopleOfLines },
  [`POST ${course}/credits/roster`]: { act: 'student-numbers-given', people: peopleOfMatches },
  [`POST ${course}/credits/roster/removals`]: { act: 'student-number-removed', people: values('person') },
};

/** What is done at the administration and its doors. */
export const auditedInAdministration: Readonly<Record<string, AuditedRoute>> = {
  'POST /admin/sessions': { act: 'administration-entered', isDoor: true },
  'POST /admin/sessions/end': { act: 'administration-left' },
  'POST /admin/secret': { act: 'secret-changed' },
  'POST /admin/invites': { act: 'invite-made' },
  'POST /admin/invites/:inviteId/withdrawal': { act: 'invite-withdrawn' },
  'POST /admin/registrations': { act: 'platform-saved' },
  'POST /admin/registrations/:registrationId': { act: 'platform-saved' },
  'POST /admin/google': { act: 'platform-saved' },
  'POST /admin/registrations/:registrationId/state': { act: switchedTo },
  'POST /admin/registrations/:registrationId/keys': { act: 'key-rotated' },
  'POST /admin/deployments/:deploymentKey': { act: 'deployment-changed' },
  'POST /admin/people/:personId/erasure': { act: 'person-erased' },
  'POST /lti/register': { act: 'platform-registered', isDoor: true },
};

/** All of them. */
export const auditedRoutes: Readonly<Record<string, AuditedRoute>> = {
  ...auditedInCourses,
  ...auditedInAdministration,
};

function switchedTo(fields: Fields): Act {
  const [state] = fields.get('state') ?? [];
  if (state === 'active') return 'platform-let-in';
  return state === 'disabled' ? 'platform-kept-out' : 'platform-switched';
}

// Why a route is left out.
const own = 'learners and their own work: it is kept where it belongs, and never waits for a log';
const entry = 'somebody comes in: what they may do here, the LMS says, and its log has it';
const draft = 'a draft is nobody’s grade before it is published';
const asks = 'it asks or shows something, and changes nothing that counts';
const settings = 'how the pages look to one person, or the end of what they had agreed to for themselves';
const placing = 'an activity is put into a course of the LMS, which knows who did that';

/** By method and address, with the reason. */
export const unauditedRoutes: Readonly<Record<string, string>> = {
  'POST /attempts/:attemptId/answers': own,
  'POST /attempts/:attemptId/checks': own,
  'POST /attempts/:attemptId/files/:field': own,
  'POST /attempts/:attemptId/files/:field/:sha256/removal': own,
  'POST /attempts/:attemptId/journal': own,
  'POST /attempts/:attemptId/practices': own,
  'POST /attempts/:attemptId/redos': own,
  'POST /attempts/:attemptId/reflection': own,
  'POST /attempts/:attemptId/rescue-files': own,
  'POST /attempts/:attemptId/submission': own,
  [`POST ${placement}/attempts`]: own,
  [`POST ${placement}/deliveries`]: own,
  'POST /practices/:practiceId/answers': own,
  'POST /practices/:practiceId/end': own,
  'POST /record-book/prints': own,
  'POST /classroom/sessions': entry,
  'POST /classroom/sign-ins': entry,
  '_ALL /lti/login': entry,
  'POST /lti/launch': entry,
  'POST /lti/sessions': entry,
  [`POST ${placement}/quiz/text`]: draft,
  [`POST ${placement}/quiz/questions`]: draft,
  [`POST ${placement}/quiz/questions/:key`]: draft,
  [`POST ${placement}/quiz/questions/:key/bank`]: draft,
  [`POST ${placement}/quiz/questions/:key/bank-version`]: draft,
  [`POST ${placement}/quiz/questions/:key/copies`]: draft,
  [`POST ${placement}/quiz/questions/:key/deletion`]: draft,
  [`POST ${placement}/quiz/questions/:key/place`]: draft,
  [`POST ${placement}/quiz/questions/:key/points`]: draft,
  [`POST ${placement}/quiz/questions/:key/restoration`]: draft,
  [`POST ${placement}/quiz/bank/choice`]: draft,
  [`POST ${placement}/quiz/bank/questions`]: draft,
  [`POST ${placement}/quiz/bank/versions`]: draft,
  [`POST ${placement}/quiz/imports`]: draft,
  [`POST ${placement}/quiz/imports/:importId/cancellation`]: draft,
  [`POST ${placement}/quiz/imports/:importId/choice`]: draft,
  [`POST ${placement}/quiz/imports/:importId/questions`]: draft,
  [`POST ${course}/assets`]: draft,
  [`POST ${course}/bank/outcomes`]: draft,
  [`POST ${course}/bank/questions`]: draft,
  [`POST ${course}/bank/questions/:bankKey/archive`]: draft,
  [`POST ${course}/bank/questions/:bankKey/facts`]: draft,
  [`POST ${course}/bank/questions/:bankKey/restoration`]: draft,
  [`POST ${course}/bank/questions/:bankKey/versions`]: draft,
  [`POST ${course}/credits/plan`]: draft,
  [`POST ${course}/credits/plan/beginnings`]: draft,
  [`POST ${course}/credits/roster/preview`]: asks,
  [`POST ${course}/roster`]: asks,
  'POST /admin/registrations/:registrationId/connection-tests': asks,
  'POST /person/language': settings,
  'POST /person/text-size': settings,
  'POST /person/disconnection': settings,
  'POST /session/removal': settings,
  'POST /content-requests/:requestId/quizzes': placing,
  'POST /content-requests/:requestId/response': placing,
  'POST /classroom/:registrationId/assign': placing,
};

/** By the words of the command. */
export const auditedCommands: Readonly<Record<string, Act>> = {
  'platform invite': 'invite-made',
  'platform add': 'platform-saved',
  'platform enable': 'platform-let-in',
  'platform disable': 'platform-kept-out',
  'classroom add': 'platform-saved',
  'keys rotate': 'key-rotated',
  'admin reset': 'secret-changed',
  'grades requeue': 'grades-sent',
  'person erase': 'person-erased',
};

/** Commands that change nothing of what is there: what is restored or moved comes into a database that is new. */
export const unauditedCommands: readonly string[] = [
  'analytics export',
  'audit list',
  'backup',
  'grades list',
  'move',
  'person export',
  'platform list',
  'questions check',
  'questions convert',
  'restore',
];
