// The substitution variables: those that a Moodle 5.1 lists in its configuration, and the ones a better LMS adds.
import { addresses } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { fullName } from './directory.ts';
import { basicOutcome } from './resource-link-claims.ts';
import type { Recipient } from './shared-claims.ts';
import type { Activity } from './state.ts';

/** As recorded, in Moodle's order; the first three are message types. */
export const moodleVariables: readonly string[] = [
  ...['basic-lti-launch-request', 'ContentItemSelectionRequest', 'ToolProxyRegistrationRequest'],
  ...['Context.id', 'Context.title', 'Context.label', 'Context.id.history', 'Context.sourcedId'],
  ...['Context.longDescription', 'Context.timeFrame.begin', 'CourseSection.title', 'CourseSection.label'],
  ...['CourseSection.sourcedId', 'CourseSection.longDescription', 'CourseSection.timeFrame.begin'],
  ...['CourseSection.timeFrame.end', 'ResourceLink.id', 'ResourceLink.title', 'ResourceLink.description'],
  ...['User.id', 'User.username', 'Person.name.full', 'Person.name.given', 'Person.name.family'],
  ...['Person.email.primary', 'Person.sourcedId', 'Person.name.middle', 'Person.address.street1'],
  ...['Person.address.locality', 'Person.address.country', 'Person.address.timezone', 'Person.phone.primary'],
  ...['Person.phone.mobile', 'Person.webaddress', 'Membership.role', 'Result.sourcedId', 'Result.autocreate'],
  ...['BasicOutcome.sourcedId', 'BasicOutcome.url', 'Moodle.Person.userGroupIds'],
];

/** Of the specifications, and of no use in Moodle (lti.md 50). */
export const dateVariables: readonly string[] = [
  'ResourceLink.id.history',
  ...['ResourceLink.available.startDateTime', 'ResourceLink.available.endDateTime'],
  ...['ResourceLink.submission.startDateTime', 'ResourceLink.submission.endDateTime'],
];

/** `$name` → value, for every variable that this LMS knows; a known one without a value is empty. */
export function variablesFor(
  lms: LmsContext,
  recipient: Recipient,
  activity: Activity | null,
): ReadonlyMap<string, string> {
  const names = [...moodleVariables, ...(lms.quirks.hasDateVariables ? dateVariables : [])];
  const values = { ...ofCourse(lms, recipient), ...ofPerson(recipient), ...ofActivity(lms, recipient, activity) };
  return new Map(names.map((name) => [`$${name}`, values[name] ?? '']));
}

function ofCourse(lms: LmsContext, { course }: Recipient): Record<string, string> {
  const began = new Date(Date.UTC(lms.now().getUTCFullYear(), 8, 1));
  return {
    'Context.id': course.id,
    'Context.title': course.title,
    'Context.label': course.shortName,
    'Context.id.history': course.copiedFromIds.join(','),
    'Context.timeFrame.begin': String(unixSeconds(began)),
    'CourseSection.title': course.title,
    'CourseSection.label': course.shortName,
    'CourseSection.timeFrame.begin': began.toISOString(),
  };
}

function ofPerson({ person, tool, role }: Recipient): Record<string, string> {
  const isInstructor = role === 'teacher' || role === 'assistant' || role === 'author';
  return {
    'User.id': person.id,
    // Leaks whatever the privacy settings say.
    'User.username': person.username,
    'Person.sourcedId': person.idNumber,
    // "The server's", in Moodle's numbers.
    'Person.address.timezone': '99',
    'Membership.role': isInstructor ? 'Instructor' : 'Learner',
    ...(tool.sharesName && {
      'Person.name.full': fullName(person),
      'Person.name.given': person.givenName,
      'Person.name.family': person.familyName,
    }),
    ...(tool.sharesEmail && { 'Person.email.primary': person.email }),
  };
}

function ofActivity(lms: LmsContext, recipient: Recipient, activity: Activity | null): Record<string, string> {
  if (!activity) return {};
  return {
    'ResourceLink.id': activity.id,
    'ResourceLink.title': activity.title,
    'ResourceLink.description': activity.description,
    'ResourceLink.id.history': activity.copiedFromIds.join(','),
    'ResourceLink.available.startDateTime': activity.available?.start ?? '',
    'ResourceLink.available.endDateTime': activity.available?.end ?? '',
    'ResourceLink.submission.startDateTime': activity.submission?.start ?? '',
    'ResourceLink.submission.endDateTime': activity.submission?.end ?? '',
    'BasicOutcome.url': addresses(lms.url).outcomes,
    'BasicOutcome.sourcedId': JSON.stringify(basicOutcome(lms, recipient, activity)),
  };
}
