// Takes the LMS's list of a course into the database.
import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Transaction } from '../database/database.ts';
import { courses, memberships, people } from '../database/tables/courses.ts';
import { chooseLanguage, type Language } from '../i18n/i18n.ts';
import { isTestUser } from '../lti/roles.ts';
import type { RosterMember } from '../lti/roster.ts';
import { listErased, lockForRoster } from './erased.store.ts';
import { personName } from './person-name.ts';
import { rosterChanges, type KnownMember, type RosterChanges, type Standing } from './roster-changes.ts';

/**
 * Takes a whole list in, by the rules of `rosterChanges`. Nobody is let in by it: `launchedAt` is not touched. A person's name, and
 * what the institution calls them, change where the list says something of it; all else that is known of a person stays. Who was
 * erased and has not launched since is passed over.
 *
 * Locks people before the course and the course before memberships, as a launch does, and each in one order: nobody waits for
 * one another in a circle.
 *
 * @param members all of them, each once
 */
export async function applyRoster(
  tx: Transaction,
  roster: { courseId: number; deploymentId: number; members: readonly RosterMember[]; startedAt: Date },
): Promise<void> {
  const { courseId, deploymentId, startedAt } = roster;
  await lockForRoster(tx, deploymentId);
  const personIds = await savePeople(tx, roster);
  // Of who was erased there is no person.
  const members = roster.members.filter(({ subject }) => personIds.has(subject));
  await lockCourse(tx, courseId);
  const { joining, seen, missing } = rosterChanges(await lockMembers(tx, courseId), members, startedAt);
  await insertMembers(tx, roster, joining, personIds);
  for (const [standing, ids] of byStanding(seen)) {
    await changeMembers(tx, courseId, ids, { ...standing, rosterSeenAt: startedAt });
  }
  await changeMembers(tx, courseId, missing, { isActive: false });
}

/** Our keys of everybody in a list, by subject. Who is new, or has another name or number now, is written. */
async function savePeople(
  tx: Transaction,
  { courseId, deploymentId, members }: { courseId: number; deploymentId: number; members: readonly RosterMember[] },
): Promise<Map<string, number>> {
  const language = await languageOf(tx, courseId);
  const ids = new Map<string, number>();
  const inOrder = [...members].sort((one, other) => (one.subject < other.subject ? -1 : 1));
  for (const batch of inBatches(inOrder)) {
    const known = await findPeople(tx, deploymentId, batch);
    const strangers = batch.flatMap(({ subject }) => (known.has(subject) ? [] : [subject]));
    const erased = await listErased(tx, deploymentId, strangers);
    const isFresh = (member: RosterMember) => {
      if (erased.has(member.subject)) return false;
      const person = known.get(member.subject);
      const isNamedAnew = (personName(member) ?? person?.name) !== person?.name;
      const isNumberedAnew = (member.sourcedId ?? person?.sourcedId) !== person?.sourcedId;
      return !person || isNamedAnew || isNumberedAnew;
    };
    const saved = await upsertPeople(
      tx,
      batch.filter(isFresh).map((member) => ({
        deploymentId,
        subject: member.subject,
        name: personName(member),
        sourcedId: member.sourcedId,
        language,
        isTestUser: isTestUser(member.roles),
      })),
    );
    for (const { subject, id } of [...known.values(), ...saved]) if (subject !== null) ids.set(subject, id);
  }
  return ids;
}

async function findPeople(tx: Transaction, deploymentId: number, members: readonly RosterMember[]) {
  const { id, subject, name, sourcedId } = people;
  const subjects = members.map((member) => member.subject);
  const rows = await tx
    .select({ id, subject, name, sourcedId })
    .from(people)
    .where(and(eq(people.deploymentId, deploymentId), inArray(subject, subjects)));
  return new Map(rows.map((person) => [person.subject, person]));
}

async function upsertPeople(tx: Transaction, rows: (typeof people.$inferInsert)[]) {
  if (rows.length === 0) return [];
  return tx
    .insert(people)
    .values(rows)
    .onConflictDoUpdate({
      target: [people.deploymentId, people.subject],
      set: {
        name: sql`coalesce(excluded.name, ${people.name})`,
        sourcedId: sql`coalesce(excluded.sourced_id, ${people.sourcedId})`,
      },
    })
    .returning({ id: people.id, subject: people.subject });
}

/** In which language to meet somebody who has not come yet: that of the teacher who was here last. Their first launch decides. */
async function languageOf(tx: Transaction, courseId: number): Promise<Language> {
  const [teacher] = await tx
    .select({ language: people.language })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(eq(memberships.courseId, courseId), eq(memberships.role, 'instructor'), isNotNull(memberships.launchedAt)),
    )
    .orderBy(desc(memberships.launchedAt))
    .limit(1);
  return chooseLanguage([teacher?.language]);
}

/** Holds a course until the transaction ends; what came of the asking is written there in the end. */
async function lockCourse(tx: Transaction, courseId: number): Promise<void> {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('no key update');
}

/** Everybody known in a course, held until the transaction ends. */
async function lockMembers(tx: Transaction, courseId: number): Promise<KnownMember[]> {
  return tx
    .select({
      personId: people.id,
      subject: people.subject,
      isTestUser: people.isTestUser,
      role: memberships.role,
      launchedAt: memberships.launchedAt,
      isActive: memberships.isActive,
      rosterSeenAt: memberships.rosterSeenAt,
    })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(eq(memberships.courseId, courseId))
    .orderBy(asc(memberships.personId))
    .for('update', { of: memberships });
}

/** Whoever a launch has let in at this very moment is known better by it. */
async function insertMembers(
  tx: Transaction,
  { courseId, startedAt }: { courseId: number; startedAt: Date },
  joining: RosterChanges['joining'],
  personIds: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = joining.flatMap(({ subject, ...standing }) => {
    const personId = personIds.get(subject);
    return personId === undefined ? [] : [{ courseId, personId, ...standing, rosterSeenAt: startedAt }];
  });
  for (const batch of inBatches(rows)) await tx.insert(memberships).values(batch).onConflictDoNothing();
}

async function changeMembers(
  tx: Transaction,
  courseId: number,
  personIds: readonly number[],
  change: Partial<Standing> & { rosterSeenAt?: Date },
): Promise<void> {
  for (const batch of inBatches(personIds)) {
    await tx
      .update(memberships)
      .set(change)
      .where(and(eq(memberships.courseId, courseId), inArray(memberships.personId, batch)));
  }
}

/** One statement for all who are alike. */
function byStanding(seen: RosterChanges['seen']): [Standing, number[]][] {
  const groups = new Map<string, [Standing, number[]]>();
  for (const { personId, ...standing } of seen) {
    const key = JSON.stringify([standing.role, standing.isActive]);
    const group = groups.get(key) ?? [standing, []];
    group[1].push(personId);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A statement has room for 65,535 values; and while a large one is put together, nobody else is served. */
function inBatches<Row>(rows: readonly Row[]): Row[][] {
  const size = 500;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_batch, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
