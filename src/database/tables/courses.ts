// Who is where: people, courses, memberships and placements, all known from launches.
// Ids of the LMS are opaque and only unique within their deployment.
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, moment, reference } from './columns.ts';
import { deployments } from './platforms.ts';
import { quizzes } from './quizzes.ts';

export const people = pgTable(
  'people',
  {
    id: id(),
    deploymentId: reference()
      .notNull()
      .references(() => deployments.id),
    /** `sub` of the launch; null for a guest whose LMS did not say who it was: each such launch is a person of its own. */
    subject: text(),
    /** As the LMS says it; null where it says none. */
    name: text(),
    /**
     * What the institution calls the person (`lis.person_sourcedid`; Moodle: the ID number), as the LMS last said it: empty where it
     * says that there is nothing, null where it never said anything.
     */
    sourcedId: text(),
    /** The language of the last launch, or the one the person chose here. */
    language: text().notNull(),
    languageChosen: boolean().notNull().default(false),
    /** Whether pages are shown to the person in large print. */
    isLargePrint: boolean().notNull().default(false),
    /** The LMS's student preview: works like a student, never gets a grade. */
    isTestUser: boolean().notNull().default(false),
    /** Null for who is only known from a roster. */
    lastLaunchAt: moment(),
    /** When all that was personal was taken away, for good: then the name is a number of ours. Null: it was not. */
    erasedAt: moment(),
  },
  (table) => [
    unique().on(table.deploymentId, table.subject),
    check('people_erased', sql`${table.erasedAt} is null or ${table.subject} is null`),
  ],
);

/** Whom an LMS may list as often as it likes without their coming back: only a launch of their own makes them somebody again. */
export const erasedSubjects = pgTable(
  'erased_subjects',
  {
    deploymentId: reference()
      .notNull()
      .references(() => deployments.id),
    /** SHA-256 of our key of the deployment and the `sub` there (courses/erased-subject.store.ts); it leads to nobody's row. */
    subjectHash: text().notNull(),
    erasedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.deploymentId, table.subjectHash] })],
);

export const courses = pgTable(
  'courses',
  {
    id: id(),
    deploymentId: reference()
      .notNull()
      .references(() => deployments.id),
    /** Where `contextId` comes from: an LMS need not say the course, then each resource link is one of its own. */
    contextKind: text({ enum: ['context', 'resource-link'] }).notNull(),
    contextId: text().notNull(),
    label: text(),
    title: text(),
    /** `contextId`s of the courses that the LMS made this one a copy of, as far as it says. */
    copiedFrom: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Where the LMS says who is in the course; null where it does not. May change with each launch. */
    rosterUrl: text(),
    /** When the roster was last asked for, and what came of it: `read`, or why it could not be. */
    rosterAskedAt: moment(),
    rosterOutcome: text(),
  },
  (table) => [
    unique().on(table.deploymentId, table.contextKind, table.contextId),
    check('courses_context_kind', sql`${table.contextKind} in ('context', 'resource-link')`),
  ],
);

export const memberships = pgTable(
  'memberships',
  {
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    personId: reference()
      .notNull()
      .references(() => people.id),
    /** By the last launch; before the first one, by the roster. */
    role: text({ enum: ['instructor', 'assistant', 'author', 'learner', 'mentor', 'guest'] }).notNull(),
    /** The person's last launch into this course. Null: known from the roster alone, which opens no door. */
    launchedAt: moment(),
    /** Whether the LMS still has the person in the course, as far as we know. */
    isActive: boolean().notNull().default(true),
    /** When the roster last had the person. */
    rosterSeenAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.personId] }),
    index().on(table.personId),
    check(
      'memberships_role',
      sql`${table.role} in ('instructor', 'assistant', 'author', 'learner', 'mentor', 'guest')`,
    ),
  ],
);

/** Whose progress a mentor may see in a course, by the last launch; a student need not have been here yet. */
export const mentees = pgTable(
  'mentees',
  {
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    mentorId: reference()
      .notNull()
      .references(() => people.id),
    /** The student's `sub`, within the deployment of the course. */
    subject: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.courseId, table.mentorId, table.subject] })],
);

/** What one learner is given in a course beyond what everybody has: more time, or a later day. */
export const accommodations = pgTable(
  'accommodations',
  {
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    personId: reference()
      .notNull()
      .references(() => people.id),
    /** Of every time limit: 50 makes 30 minutes 45. 0: none. */
    extraTimePercent: integer().notNull(),
    /** Whatever is due earlier is due then; null: nothing is. */
    dueUntil: moment(),
    changedBy: reference()
      .notNull()
      .references(() => people.id),
    changedAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.personId] }),
    check('accommodations_extra_time', sql`${table.extraTimePercent} between 0 and 400`),
  ],
);

/** A resource link of a course: the place where a quiz, or everybody's own progress or credits, stands, and its column in the gradebook. */
export const placements = pgTable(
  'placements',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    resourceLinkId: text().notNull(),
    title: text(),
    content: text({ enum: ['quiz', 'progress', 'credits'] })
      .notNull()
      .default('quiz'),
    /** One of another course where the LMS copied the course: shared, until a teacher detaches it. */
    quizId: reference().references(() => quizzes.id),
    /** Null where the activity has no gradebook column. May change with each launch. */
    lineItemUrl: text(),
    /** Where columns of the course are listed and made; null where the LMS does not let us. */
    lineItemsUrl: text(),
    /** Until when the LMS or the teacher wants it handed in: said, not enforced. */
    dueAt: moment(),
    /** The AGS scopes that the platform granted at the last launch. */
    gradebookScopes: text().array().notNull(),
  },
  (table) => [
    unique().on(table.courseId, table.resourceLinkId),
    index().on(table.quizId),
    check('placements_content', sql`${table.content} in ('quiz', 'progress', 'credits')`),
  ],
);
