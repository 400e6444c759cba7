// Who is where: people, courses, memberships and placements, all known from launches.
// Ids of the LMS are opaque and only unique within their deployment.
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
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
    /** `sub` of the launch. */
    subject: text().notNull(),
    /** As the LMS says it; null where it says none. */
    name: text(),
    /** The language of the last launch, or the one the person chose here. */
    language: text().notNull(),
    languageChosen: boolean().notNull().default(false),
    /** The LMS's student preview: works like a student, never gets a grade. */
    isTestUser: boolean().notNull().default(false),
    lastLaunchAt: moment().notNull(),
  },
  (table) => [unique().on(table.deploymentId, table.subject)],
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
    /** A guest may try the quizzes, but is nobody whose grade anyone waits for. */
    role: text({ enum: ['instructor', 'learner', 'guest'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.personId] }),
    index().on(table.personId),
    check('memberships_role', sql`${table.role} in ('instructor', 'learner', 'guest')`),
  ],
);

/** A resource link of a course: the place where a quiz stands, and its column in the gradebook. */
export const placements = pgTable(
  'placements',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    resourceLinkId: text().notNull(),
    title: text(),
    quizId: reference().references(() => quizzes.id),
    /** Null where the activity has no gradebook column. May change with each launch. */
    lineItemUrl: text(),
    /** The AGS scopes that the platform granted at the last launch. */
    gradebookScopes: text().array().notNull(),
  },
  (table) => [unique().on(table.courseId, table.resourceLinkId), index().on(table.quizId)],
);
