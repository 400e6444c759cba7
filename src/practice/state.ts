// What the practice LMS remembers, as one plain object that survives JSON: who is here, what they are taught, their
// grades, the keys, and everything under way.
import { z } from 'zod';

const id = z.string();

const person = z.object({
  id,
  username: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  email: z.string(),
  /** What this person chose; null: whatever their browser asks for. */
  language: z.string().nullable(),
});

const course = z.object({ id, shortName: z.string(), title: z.string() });

const enrolment = z.object({ personId: id, courseId: id, role: z.enum(['teacher', 'student']) });

const activity = z.object({
  /** The LTI resource link id. */
  id,
  /** The course module id, which the addresses of the LMS use. */
  cmid: id,
  courseId: id,
  title: z.string(),
  description: z.string(),
  custom: z.record(z.string(), z.string()),
});

const lineItem = z.object({
  id,
  courseId: id,
  /** The activity it belongs to, if any. */
  activityId: id.nullable(),
  /** Made with the activity, as its one column; columns that the tool made are not, even if they name an activity. */
  isCoupled: z.boolean(),
  label: z.string(),
  maximumPoints: z.number(),
  resourceId: z.string(),
  tag: z.string(),
});

const grade = z.object({
  lineItemId: id,
  personId: id,
  /** What the tool last sent, scaled to the column's maximum; kept even while a teacher's own grade stands. */
  rawPoints: z.number().nullable(),
  /** What people see. */
  points: z.number().nullable(),
  comment: z.string().nullable(),
  /** Unix seconds. Null: nothing was graded yet, or the grade was erased. */
  timeModified: z.number().nullable(),
  isOverridden: z.boolean(),
  isLocked: z.boolean(),
});

const key = z.object({ kid: z.string(), privatePem: z.string(), publicPem: z.string() });

const session = z.object({
  id,
  personId: id.nullable(),
  language: z.string().nullable(),
  /** Launch id → what is to be launched; each is used once. */
  launches: z.record(z.string(), z.object({ activityId: id, container: z.enum(['iframe', 'window']) })),
});

const accessToken = z.object({ token: z.string(), scopes: z.array(z.string()), validUntil: z.number() });

const faults = z.object({
  /** The connection is cut without an answer. */
  down: z.enum(['off', 'services', 'everything']),
  /** Services answer only after as many milliseconds. */
  slowMs: z.number(),
  /** Services answer with this status; 401 leaves the token endpoint alone, so that a tool gets a token nobody takes. */
  status: z.union([z.literal(401), z.literal(429), z.literal(500)]).nullable(),
  retryAfterSeconds: z.number(),
  /** Scores of this person are answered with 400. */
  refusedPersonId: id.nullable(),
  /** The LMS's own key set answers 503. */
  jwksDown: z.boolean(),
});

/** The shape of a stored state; a file that does not fit is refused as a whole. */
export const stateSchema = z.object({
  clientId: z.string(),
  siteGuid: z.string(),
  /** Newest last; the newest one signs, the ones before it are still published. */
  keys: z.array(key).min(1),
  people: z.array(person),
  courses: z.array(course),
  enrolments: z.array(enrolment),
  activities: z.array(activity),
  lineItems: z.array(lineItem),
  grades: z.array(grade),
  sessions: z.array(session),
  accessTokens: z.array(accessToken),
  faults,
});

export type State = z.infer<typeof stateSchema>;
export type Person = z.infer<typeof person>;
export type Course = z.infer<typeof course>;
export type Role = z.infer<typeof enrolment>['role'];
export type Activity = z.infer<typeof activity>;
export type LineItem = z.infer<typeof lineItem>;
export type Grade = z.infer<typeof grade>;
export type Key = z.infer<typeof key>;
export type Session = z.infer<typeof session>;
export type Faults = z.infer<typeof faults>;

/** Everything works. */
export const noFaults: Readonly<Faults> = {
  down: 'off',
  slowMs: 0,
  status: null,
  retryAfterSeconds: 1,
  refusedPersonId: null,
  jwksDown: false,
};
