// Credits: by which rules they are given, the course's plan, marks that people enter, and the ledger. All but the draft of a plan only
// ever grows: the past stands as it was (credits.md §5.3).
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { exactPoints, id, moment, reference } from './columns.ts';
import { courses, memberships, people } from './courses.ts';

const entryKinds = ['award', 'reversal', 'transfer'] as const;

/** The rules of a course, by number; the newest is offered to the next plan. Append-only. */
export const creditPolicies = pgTable(
  'credit_policies',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    /** 1 for the first, then 2, 3 … */
    number: integer().notNull(),
    /** `CreditPolicy`, parsed when read. */
    rules: jsonb().$type<unknown>().notNull(),
    madeBy: reference()
      .notNull()
      .references(() => people.id),
    madeAt: moment().notNull(),
  },
  (table) => [unique().on(table.courseId, table.number), unique().on(table.id, table.courseId)],
);

/** The plan that the teachers of a course work on. */
export const creditPlanDrafts = pgTable('credit_plan_drafts', {
  courseId: reference()
    .primaryKey()
    .references(() => courses.id),
  /** `DraftPlan`, parsed when read: what is typed so far, right or not. */
  plan: jsonb().$type<unknown>().notNull(),
  /** Rises with every change, so that of two who edit it the later is told. */
  revision: integer().notNull().default(1),
  changedBy: reference()
    .notNull()
    .references(() => people.id),
  changedAt: moment().notNull(),
});

/** Plans as they were published. Append-only; the newest is in force. */
export const creditPlans = pgTable(
  'credit_plans',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    number: integer().notNull(),
    policyId: reference().notNull(),
    /** `CreditPlan`, parsed when read. */
    plan: jsonb().$type<unknown>().notNull(),
    publishedBy: reference()
      .notNull()
      .references(() => people.id),
    publishedAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.courseId, table.number),
    unique().on(table.id, table.courseId),
    foreignKey({
      name: 'credit_plans_policy_fk',
      columns: [table.policyId, table.courseId],
      foreignColumns: [creditPolicies.id, creditPolicies.courseId],
    }),
  ],
);

/** What of a published plan bears credits: the whole course, or each of its modules. Append-only. */
export const creditComponents = pgTable(
  'credit_components',
  {
    planId: reference()
      .notNull()
      .references(() => creditPlans.id),
    /** `course`, or the module's own key. */
    key: text().notNull(),
    title: text().notNull(),
    /** In hundredths of a credit. */
    units: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.key] }),
    unique().on(table.planId, table.key, table.units),
    check('credit_components_units', sql`${table.units} > 0`),
  ],
);

/**
 * What people enter for what no machine marks: an activity of the plan, by its key. Append-only: the last of a sitting counts. The
 * number makes of two who enter at once one the later, who is told.
 */
export const creditMarks = pgTable(
  'credit_marks',
  {
    id: id(),
    courseId: reference().notNull(),
    personId: reference().notNull(),
    activityKey: text().notNull(),
    /** 1, and 2, 3 … for retakes. */
    sitting: integer().notNull().default(1),
    /** 1 for the first that was entered there, then 2, 3 … */
    number: integer().notNull(),
    /** `empty`: what stood there is taken back. Absent is not zero. */
    state: text({ enum: ['points', 'absent', 'excused', 'empty'] }).notNull(),
    points: exactPoints(),
    /** Out of how many they were given: the plan may change later. */
    maximumPoints: exactPoints(),
    /** For each criterion of the activity's rubric the place of the level that was picked, from 0; null without a rubric. */
    levels: jsonb().$type<number[]>(),
    /** What the student reads, as it was typed; empty for nothing. */
    comment: text().notNull(),
    /** Where the evidence is, an address or one of the course's files (`/courses/…/assets/…`); empty for none. */
    evidence: text().notNull(),
    markedBy: reference()
      .notNull()
      .references(() => people.id),
    markedAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.courseId, table.activityKey, table.personId, table.sitting, table.number),
    index().on(table.personId, table.courseId),
    foreignKey({
      name: 'credit_marks_member_fk',
      columns: [table.courseId, table.personId],
      foreignColumns: [memberships.courseId, memberships.personId],
    }),
    check('credit_marks_number', sql`${table.number} > 0`),
    check('credit_marks_sitting', sql`${table.sitting} between 1 and 5`),
    check('credit_marks_state', sql`${table.state} in ('points', 'absent', 'excused', 'empty')`),
    check('credit_marks_points', sql`(${table.state} = 'points') = (${table.points} is not null)`),
    check('credit_marks_maximum', sql`(${table.points} is null) = (${table.maximumPoints} is null)`),
    check('credit_marks_not_negative', sql`${table.points} not like '-%'`),
  ],
);

/** That a teacher confirmed a list, once for each key however often it is sent. Append-only. */
export const creditConfirmations = pgTable(
  'credit_confirmations',
  {
    id: id(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    planId: reference().notNull(),
    /** Chosen when the list was shown. */
    key: text().notNull(),
    note: text().notNull(),
    confirmedBy: reference()
      .notNull()
      .references(() => people.id),
    confirmedAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.courseId, table.key),
    foreignKey({
      name: 'credit_confirmations_plan_fk',
      columns: [table.planId, table.courseId],
      foreignColumns: [creditPlans.id, creditPlans.courseId],
    }),
  ],
);

/**
 * The ledger. An account is one person's of one component of one course; its entries are a chain in which each says the balance
 * before and after it, and each but the first which one it follows. So the database alone refuses, from however many processes: a
 * second award of what is awarded, a part of a component, a balance below nothing, a reversal of what was reversed. Append-only.
 */
export const creditEntries = pgTable(
  'credit_entries',
  {
    id: id(),
    courseId: reference().notNull(),
    personId: reference().notNull(),
    componentKey: text().notNull(),
    kind: text({ enum: entryKinds }).notNull(),
    /** In hundredths of a credit; a reversal's are negative. */
    units: integer().notNull(),
    /** Of the component in that plan: what an award gives, and a reversal takes back. */
    componentUnits: integer().notNull(),
    balanceBefore: integer().notNull(),
    balanceAfter: integer().notNull(),
    /** The account's entry before this one; null for its first. A reversal reverses that one. */
    followsId: reference(),
    /** The plan that was in force, and with it the rules. */
    planId: reference().notNull(),
    /** `Evidence`, parsed when read: what it rests on. */
    evidence: jsonb().$type<unknown>().notNull(),
    /** SHA-256 of the evidence in its canonical form, in hexadecimal digits. */
    evidenceHash: text().notNull(),
    /** In words, or one of `entryReasons`. */
    reason: text().notNull(),
    /** Null where the teacher's explicit rule did it by itself. */
    actorId: reference().references(() => people.id),
    confirmationId: reference().references(() => creditConfirmations.id),
    /** What is done twice for the same reason is done once. */
    idempotencyKey: text().notNull(),
    enteredAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.courseId, table.idempotencyKey),
    unique().on(table.followsId),
    uniqueIndex('credit_entries_one_first')
      .on(table.courseId, table.personId, table.componentKey)
      .where(sql`${table.followsId} is null`),
    // What `followsId` and the balance point at.
    unique('credit_entries_chain').on(table.id, table.courseId, table.personId, table.componentKey, table.balanceAfter),
    foreignKey({
      name: 'credit_entries_follows_fk',
      columns: [table.followsId, table.courseId, table.personId, table.componentKey, table.balanceBefore],
      foreignColumns: [table.id, table.courseId, table.personId, table.componentKey, table.balanceAfter],
    }),
    foreignKey({
      name: 'credit_entries_plan_fk',
      columns: [table.planId, table.courseId],
      foreignColumns: [creditPlans.id, creditPlans.courseId],
    }),
    foreignKey({
      name: 'credit_entries_component_fk',
      columns: [table.planId, table.componentKey, table.componentUnits],
      foreignColumns: [creditComponents.planId, creditComponents.key, creditComponents.units],
    }),
    foreignKey({
      name: 'credit_entries_member_fk',
      columns: [table.courseId, table.personId],
      foreignColumns: [memberships.courseId, memberships.personId],
    }),
    index().on(table.personId),
    check('credit_entries_kind', sql`${table.kind} in ('award', 'reversal', 'transfer')`),
    check('credit_entries_sum', sql`${table.balanceAfter} = ${table.balanceBefore} + ${table.units}`),
    check('credit_entries_first', sql`${table.followsId} is not null or ${table.balanceBefore} = 0`),
    check(
      'credit_entries_all_or_nothing',
      sql`case when ${table.kind} = 'reversal'
        then ${table.balanceAfter} = 0 and ${table.units} = -${table.componentUnits} and ${table.followsId} is not null
        else ${table.balanceBefore} = 0 and ${table.units} = ${table.componentUnits} end`,
    ),
    check('credit_entries_reason', sql`${table.kind} = 'award' or ${table.reason} <> ''`),
    check('credit_entries_evidence', sql`${table.evidenceHash} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** Student id numbers of a course's people as a teacher gave them in a list; the LMS's own come with launches. */
export const rosterNumbers = pgTable(
  'roster_numbers',
  {
    courseId: reference().notNull(),
    personId: reference().notNull(),
    /** As HEMIS has it, at most 20 characters. */
    studentIdNumber: text().notNull(),
    /** Name and group as the list has them; empty where it does not say. */
    fullName: text().notNull(),
    groupName: text().notNull(),
    givenBy: reference()
      .notNull()
      .references(() => people.id),
    givenAt: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.courseId, table.personId] }),
    foreignKey({
      name: 'roster_numbers_member_fk',
      columns: [table.courseId, table.personId],
      foreignColumns: [memberships.courseId, memberships.personId],
    }),
    unique().on(table.courseId, table.studentIdNumber),
    check('roster_numbers_length', sql`length(${table.studentIdNumber}) between 1 and 20`),
  ],
);

/** A record book as it was printed: what the code on it vouches for. Append-only. */
export const recordBookPrints = pgTable(
  'record_book_prints',
  {
    id: id(),
    personId: reference()
      .notNull()
      .references(() => people.id),
    /** Unguessable; printed on it. */
    code: text().notNull().unique(),
    /** `RecordBook` as printed, parsed when read. */
    book: jsonb().$type<unknown>().notNull(),
    printedAt: moment().notNull(),
  },
  (table) => [index().on(table.personId)],
);
