// The ledger as people read it: who gave or took back what, when and why, the newest first.
import { and, asc, desc, eq, lt } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../database/database.ts';
import { people } from '../../database/tables/courses.ts';
import { creditComponents, creditConfirmations, creditEntries, creditPlans } from '../../database/tables/credits.ts';
import { evidenceSchema, type Evidence } from '../evidence.ts';
import type { LedgerEntry } from '../ledger.ts';
import { wholeCourse } from '../plan.ts';

/** An entry with the names around it. */
export type HistoryEntry = Pick<
  LedgerEntry,
  'id' | 'personId' | 'componentKey' | 'kind' | 'units' | 'planId' | 'evidence' | 'reason' | 'enteredAt'
> & {
  personName: string | null;
  /** Null where nobody is known by name, or the teacher's rule did it by itself. */
  actorName: string | null;
  isByRule: boolean;
  planNumber: number;
  /** Of the module; null for the course as a whole. */
  title: string | null;
  /** The list that it was confirmed with; null where it was none. */
  confirmation: { id: number; note: string } | null;
};

const student = alias(people, 'student');
const actor = alias(people, 'actor');

/**
 * Entries of a course, the newest first.
 *
 * @param choice.personId of one student; null: of everybody
 * @param choice.confirmationId of one list; null: of all
 * @param choice.before older than the entry of that key; null: from the newest on
 */
export async function listHistory(
  db: Database,
  choice: {
    courseId: number;
    personId?: number | null;
    confirmationId?: number | null;
    before?: number | null;
    limit: number;
  },
): Promise<HistoryEntry[]> {
  const { courseId, personId = null, confirmationId = null, before = null, limit } = choice;
  const rows = await db
    .select({
      entry: creditEntries,
      personName: student.name,
      actorName: actor.name,
      planNumber: creditPlans.number,
      title: creditComponents.title,
      note: creditConfirmations.note,
    })
    .from(creditEntries)
    .innerJoin(student, eq(student.id, creditEntries.personId))
    .innerJoin(creditPlans, eq(creditPlans.id, creditEntries.planId))
    .innerJoin(
      creditComponents,
      and(eq(creditComponents.planId, creditEntries.planId), eq(creditComponents.key, creditEntries.componentKey)),
    )
    .leftJoin(actor, eq(actor.id, creditEntries.actorId))
    .leftJoin(creditConfirmations, eq(creditConfirmations.id, creditEntries.confirmationId))
    .where(
      and(
        eq(creditEntries.courseId, courseId),
        personId === null ? undefined : eq(creditEntries.personId, personId),
        confirmationId === null ? undefined : eq(creditEntries.confirmationId, confirmationId),
        before === null ? undefined : lt(creditEntries.id, before),
      ),
    )
    .orderBy(desc(creditEntries.id))
    .limit(limit);
  return rows.map(({ entry, title, note, ...names }) => {
    const { id, personId: whose, componentKey, kind, units, planId, reason, enteredAt } = entry;
    return {
      ...{ id, personId: whose, componentKey, kind, units, planId, reason, enteredAt, ...names },
      evidence: evidenceSchema.parse(entry.evidence) satisfies Evidence,
      isByRule: entry.actorId === null,
      title: componentKey === wholeCourse ? null : title,
      confirmation: entry.confirmationId === null ? null : { id: entry.confirmationId, note: note ?? '' },
    };
  });
}

/** That a teacher confirmed a list. */
export interface Confirmation {
  id: number;
  key: string;
  note: string;
  confirmedAt: Date;
  confirmerName: string | null;
}

/** A confirmation of a course, by our key of it or by the one that its list was given; null where there is none. */
export async function findConfirmation(
  db: Database,
  courseId: number,
  which: { id: number } | { key: string },
): Promise<Confirmation | null> {
  const { id, key, note, confirmedAt, confirmedBy } = creditConfirmations;
  const [row] = await db
    .select({ id, key, note, confirmedAt, confirmerName: people.name })
    .from(creditConfirmations)
    .innerJoin(people, eq(people.id, confirmedBy))
    .where(and(eq(creditConfirmations.courseId, courseId), 'id' in which ? eq(id, which.id) : eq(key, which.key)));
  return row ?? null;
}

/** What the modules of a course were last called, by their keys, whichever plan they were in. */
export async function listComponentTitles(db: Database, courseId: number): Promise<Map<string, string>> {
  const rows = await db
    .select({ key: creditComponents.key, title: creditComponents.title })
    .from(creditComponents)
    .innerJoin(creditPlans, eq(creditPlans.id, creditComponents.planId))
    .where(eq(creditPlans.courseId, courseId))
    .orderBy(asc(creditPlans.number));
  return new Map(rows.filter(({ key }) => key !== wholeCourse).map(({ key, title }) => [key, title]));
}
