// The log in the database: written before an act and after it, and read by page, the newest first.
import { and, arrayContains, desc, eq, gte, inArray, lt, ne, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { attempts } from '../database/tables/attempts.ts';
import { auditEntries, auditOutcomes } from '../database/tables/audit.ts';
import { courses, memberships, people, placements } from '../database/tables/courses.ts';
import { registrations } from '../database/tables/platforms.ts';
import { acts, type Act, type Actor, type Outcome } from './act.ts';

/** An act that begins, with whatever its request names. */
export interface BegunAct {
  act: Act;
  actor: Actor;
  courseId: number | null;
  placementId: number | null;
  attemptId: number | null;
  /** Our keys of the people whom it is about; whose attempt it is comes by itself. */
  subjectIds: readonly number[];
  target: Record<string, string>;
  requestId: string | null;
}

/**
 * Writes down that an act begins, in one statement. The course is that of the address or of the placement, if the person is in it:
 * nobody writes into the log of a course that they know the number of and nothing else.
 *
 * @returns our key of the entry
 */
export async function insertEntry(db: Database, begun: BegunAct, now: Date): Promise<number> {
  const { actor, courseId, placementId, attemptId, subjectIds, ...entry } = begun;
  const actorId = actor.kind === 'person' ? actor.personId : null;
  const [row] = await db
    .insert(auditEntries)
    .values({
      ...entry,
      begunAt: now,
      actor: actor.kind,
      actorId,
      courseId:
        actorId === null || (courseId ?? placementId) === null ? null : courseOf({ actorId, courseId, placementId }),
      placementId,
      attemptId,
      subjectIds: attemptId === null ? [...subjectIds] : whoseAttempt({ attemptId, placementId }),
    })
    .returning({ id: auditEntries.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

function courseOf({
  actorId,
  courseId,
  placementId,
}: Record<'courseId' | 'placementId', number | null> & { actorId: number }) {
  const named =
    courseId === null ? sql`(select course_id from ${placements} where id = ${placementId})` : sql`${courseId}`;
  return sql`(select course_id from ${memberships} where person_id = ${actorId} and course_id = ${named})`;
}

function whoseAttempt({ attemptId, placementId }: { attemptId: number; placementId: number | null }) {
  return sql`array(select person_id from ${attempts} where id = ${attemptId} and placement_id = ${placementId})`;
}

/** Writes down what became of an act. */
export async function insertOutcome(
  db: Database,
  ended: { entryId: number; outcome: 'done' | 'refused' | 'failed'; status: number | null },
  now: Date,
): Promise<void> {
  await db.insert(auditOutcomes).values({ ...ended, endedAt: now });
}

/** An entry as it stands in the log. */
export interface AuditEntry {
  id: number;
  begunAt: Date;
  actor: Actor['kind'];
  actorId: number | null;
  act: Act;
  courseId: number | null;
  placementId: number | null;
  attemptId: number | null;
  subjectIds: number[];
  target: Record<string, string>;
  requestId: string | null;
  outcome: Outcome;
  status: number | null;
}

/** An entry with the names around it, as they are now; null: there is none. */
export interface NamedEntry extends AuditEntry {
  actorName: string | null;
  placementTitle: string | null;
  courseTitle: string | null;
  /** What people call the LMS that it was about. */
  platformName: string | null;
}

/** Which entries; what is not said does not matter. */
export interface EntryChoice {
  courseId?: number;
  /** Who acted, or whom it was about. */
  personId?: number | null;
  act?: Act | null;
  /** Of the administrator, the command line and strangers at a door alone. */
  isAdministration?: boolean;
  since?: Date | null;
  /** Older than the entry of that key; null: from the newest on. */
  before?: number | null;
  limit: number;
}

const target = z.record(z.string(), z.string());
const named = sql`case when ${auditEntries.target} ->> 'registrationId' ~ '^[0-9]{1,15}$'
  then (${auditEntries.target} ->> 'registrationId')::bigint end`;

/** Entries, the newest first. */
export async function listEntries(db: Database, choice: EntryChoice): Promise<NamedEntry[]> {
  const rows = await db
    .select({
      entry: auditEntries,
      outcome: auditOutcomes.outcome,
      status: auditOutcomes.status,
      actorName: people.name,
      placementTitle: placements.title,
      courseTitle: courses.title,
      platformName: registrations.name,
    })
    .from(auditEntries)
    .leftJoin(auditOutcomes, eq(auditOutcomes.entryId, auditEntries.id))
    .leftJoin(people, eq(people.id, auditEntries.actorId))
    .leftJoin(courses, eq(courses.id, auditEntries.courseId))
    // What was named and is in another course is nothing that this one's people may read the name of.
    .leftJoin(
      placements,
      and(eq(placements.id, auditEntries.placementId), eq(placements.courseId, auditEntries.courseId)),
    )
    .leftJoin(registrations, eq(registrations.id, named))
    .where(and(...chosen(choice)))
    .orderBy(desc(auditEntries.id))
    .limit(choice.limit);
  return rows.map(({ entry, ...around }) => ({
    ...entry,
    ...around,
    act: z.enum(acts).parse(entry.act),
    target: target.parse(entry.target),
  }));
}

function chosen({ courseId, personId, act, isAdministration, since, before }: EntryChoice): SQL[] {
  const is = <Value>(value: Value | null | undefined, condition: (value: Value) => SQL | undefined) => {
    const made = value === null || value === undefined ? undefined : condition(value);
    return made ? [made] : [];
  };
  return [
    ...is(courseId, (value) => eq(auditEntries.courseId, value)),
    ...is(personId, (value) => or(eq(auditEntries.actorId, value), arrayContains(auditEntries.subjectIds, [value]))),
    ...is(act, (value) => eq(auditEntries.act, value)),
    ...(isAdministration ? [ne(auditEntries.actor, 'person')] : []),
    ...is(since, (value) => gte(auditEntries.begunAt, value)),
    ...is(before, (value) => lt(auditEntries.id, value)),
  ];
}

/** Who has done something in a course that stands in its log, by name. */
export async function listActors(db: Database, courseId: number): Promise<{ personId: number; name: string | null }[]> {
  const actors = db
    .selectDistinct({ actorId: auditEntries.actorId })
    .from(auditEntries)
    .where(eq(auditEntries.courseId, courseId));
  return db
    .select({ personId: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, actors))
    .orderBy(people.name, people.id);
}

/** What people of a course are called, by our keys of them; nobody of another course is in it. */
export async function listNames(
  db: Database,
  courseId: number,
  personIds: readonly number[],
): Promise<Map<number, string | null>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ personId: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.courseId, courseId), inArray(memberships.personId, [...personIds])));
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}
