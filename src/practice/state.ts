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
  /** What the institution calls them, as Moodle's ID number; empty: nothing. */
  idNumber: z.string().default(''),
  /** What this person chose; null: whatever their browser asks for. */
  language: z.string().nullable(),
  /** Of the whole site: manages tools, and is let into every course as a teacher. */
  isAdmin: z.boolean().default(false),
});

const parameters = z.record(z.string(), z.string());

/** What Moodle calls a tool type. Its id is the deployment id too. */
const tool = z.object({
  id,
  clientId: z.string(),
  name: z.string(),
  description: z.string(),
  /** A pending one is offered to no teacher, but launches and gets tokens, as in Moodle. */
  state: z.enum(['pending', 'active']),
  /** The LMS was started with it: its addresses are those of the start and not the ones stored here. */
  isPreregistered: z.boolean(),
  loginUrl: z.string(),
  redirectUris: z.array(z.string()),
  jwksUrl: z.string(),
  targetLinkUri: z.string(),
  /** Null: it takes no deep linking. */
  deepLinkUrl: z.string().nullable(),
  /** Host, with the port if there is one. */
  domain: z.string(),
  custom: parameters,
  scopes: z.array(z.string()),
  sharesName: z.boolean(),
  sharesEmail: z.boolean(),
});

/** `copiedFromIds`: the courses it is a copy of, the nearest first. */
const course = z.object({ id, shortName: z.string(), title: z.string(), copiedFromIds: z.array(id).default([]) });

const enrolment = z.object({
  personId: id,
  courseId: id,
  /** An assistant is Moodle's non-editing teacher. */
  role: z.enum(['teacher', 'assistant', 'author', 'student', 'mentor', 'guest']),
  isSuspended: z.boolean().default(false),
  /** Whom a mentor looks after. */
  menteeIds: z.array(id).default([]),
});

/** ISO 8601 with a zone. */
const period = z.object({ start: z.string().nullable(), end: z.string().nullable() });

const activity = z.object({
  /** The LTI resource link id. */
  id,
  /** The course module id, which the addresses of the LMS use. */
  cmid: id,
  courseId: id,
  /** Null: whichever tool the `url` belongs to at launch, and none without one. */
  toolId: id.nullable().default('1'),
  /** In the place of the tool's own target link URI. */
  url: z.string().nullable().default(null),
  title: z.string(),
  description: z.string(),
  custom: parameters,
  available: period.nullable().default(null),
  submission: period.nullable().default(null),
  /** The resource links it is a copy of, the nearest first. */
  copiedFromIds: z.array(id).default([]),
});

const lineItem = z.object({
  id,
  courseId: id,
  /** The tool that may see and fill it. */
  toolId: id.default('1'),
  /** The activity it belongs to, if any. */
  activityId: id.nullable(),
  /** Made with the activity, as its one column; columns that the tool made are not, even if they name an activity. */
  isCoupled: z.boolean(),
  label: z.string(),
  maximumPoints: z.number(),
  resourceId: z.string(),
  tag: z.string(),
  /** Where its submissions are reviewed; null: nothing was said about it. */
  submissionReview: z.object({ url: z.string().nullable(), custom: parameters }).nullable().default(null),
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

const container = z.enum(['iframe', 'window']);

/** What a launch id stands for. */
const launch = z.union([
  z.object({ kind: z.literal('deep-linking'), courseId: id, toolId: id }),
  z.object({ kind: z.literal('submission-review'), activityId: id, learnerId: id, container }),
  z.object({ kind: z.literal('resource-link').default('resource-link'), activityId: id, container }),
]);

const session = z.object({
  id,
  personId: id.nullable(),
  language: z.string().nullable(),
  /** Launch id → what is to be launched; each is used once. */
  launches: z.record(z.string(), launch),
  /** Shown on the next page of a course, once. */
  notice: z.object({ text: z.string(), isError: z.boolean() }).nullable().default(null),
});

const accessToken = z.object({
  token: z.string(),
  toolId: id.default('1'),
  scopes: z.array(z.string()),
  validUntil: z.number(),
});

const faults = z.object({
  /** The connection is cut without an answer. */
  down: z.enum(['off', 'services', 'everything']),
  /** Services answer only after as many milliseconds. */
  slowMs: z.number(),
  /** Services answer with this status; 401 and 409 leave the token endpoint alone, so that a tool gets a token nobody takes. */
  status: z.literal([401, 409, 429, 500, 503]).nullable(),
  retryAfterSeconds: z.number(),
  /** Scores of this person are answered with 400. */
  refusedPersonId: id.nullable(),
  /** The LMS's own key set answers 503. */
  jwksDown: z.boolean(),
  /**
   * What is wrong with the tool: `tool-off`, its tokens are worth nothing and it gets none; `no-grades`, the same for the services of
   * grades alone; `keys-unreachable`, its key set cannot be fetched when it wants a token.
   */
  tool: z.enum(['off', 'tool-off', 'no-grades', 'keys-unreachable']).default('off'),
  /** By how many seconds the LMS's clock is ahead of the true one; negative: behind. */
  clockAheadSeconds: z.number().default(0),
});

/** The shape of a state. */
export const stateSchema = z.object({
  /** Of the preregistered tool. */
  clientId: z.string(),
  siteGuid: z.string(),
  /** Newest last; the newest one signs, the ones before it are still published. */
  keys: z.array(key).min(1),
  tools: z.array(tool),
  /** The highest tool id ever given: a deleted tool's is not given again. */
  lastToolId: z.number(),
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
export type Tool = z.infer<typeof tool>;
export type Course = z.infer<typeof course>;
export type Enrolment = z.infer<typeof enrolment>;
export type Role = z.infer<typeof enrolment>['role'];
export type Activity = z.infer<typeof activity>;
export type LineItem = z.infer<typeof lineItem>;
export type Grade = z.infer<typeof grade>;
export type Key = z.infer<typeof key>;
export type Period = z.infer<typeof period>;
export type Launch = z.infer<typeof launch>;
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
  tool: 'off',
  clockAheadSeconds: 0,
};
