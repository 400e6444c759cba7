// What erasing somebody takes out of the tables. What stays is what sums are made of: points, credits, revisions, under a number.
// docs/privacy.md says it for each table.
import { and, asc, eq, exists, gt, inArray, isNull, ne, not, notInArray, or, sql } from 'drizzle-orm';
import { erasedName } from '../courses/erased.store.ts';
import { entryReasons } from '../credits/ledger.ts';
import type { Transaction } from '../database/database.ts';
import { assets } from '../database/tables/assets.ts';
import { answerChecks, answers, attempts, questionRedos } from '../database/tables/attempts.ts';
import { classroomGrants, classroomSignIns, classroomSubmissions } from '../database/tables/classroom.ts';
import { accommodations, courses, memberships, mentees, people } from '../database/tables/courses.ts';
import { creditEntries, creditMarks, recordBookPrints, rosterNumbers } from '../database/tables/credits.ts';
import { gradebookCells, gradeDecisions, gradeDeliveries, scoreChanges } from '../database/tables/grades.ts';
import { answerMarks, attemptClients, attemptSignals, lateEntries, timeGrants } from '../database/tables/journal.ts';
import { answerFiles, handMarks } from '../database/tables/marking.ts';
import { questionImports } from '../database/tables/quizzes.ts';
import { practiceAnswers, practices, reflections } from '../database/tables/self-assessment.ts';
import { contentRequests, sessions } from '../database/tables/sessions.ts';

/** A person as erasure meets them. */
export type ErasedPerson = Pick<typeof people.$inferSelect, 'id' | 'deploymentId' | 'subject'>;

/** What stands in the ledger in the place of words about somebody: as the trigger of migration 0020 has it. */
const noWords = '—';

/**
 * Holds what somebody is at work on: their attempts, then their memberships, as who hands in does; then attempts that were begun
 * meanwhile, after which there are no more; then the person.
 *
 * @returns null if there is no such person
 */
export async function lockPerson(tx: Transaction, personId: number) {
  await lockAttemptsOf(tx, personId);
  const { courseId } = memberships;
  await tx
    .select({ courseId })
    .from(memberships)
    .where(eq(memberships.personId, personId))
    .orderBy(asc(courseId))
    .for('update');
  await lockAttemptsOf(tx, personId);
  const [person] = await tx.select().from(people).where(eq(people.id, personId)).for('update');
  return person ?? null;
}

async function lockAttemptsOf(tx: Transaction, personId: number) {
  const { id } = attempts;
  await tx.select({ id }).from(attempts).where(eq(attempts.personId, personId)).orderBy(asc(id)).for('update');
}

/** The person becomes a number; nobody is signed in as them, and nothing waits for them. */
export async function eraseIdentity(
  tx: Transaction,
  { id, deploymentId, subject }: ErasedPerson,
  now: Date,
): Promise<void> {
  const nobody = { subject: null, name: erasedName(id), sourcedId: null, lastLaunchAt: null, erasedAt: now };
  await tx
    .update(people)
    .set({ ...nobody, languageChosen: false, isLargePrint: false })
    .where(eq(people.id, id));
  const gone = { isActive: false, launchedAt: null, rosterSeenAt: null };
  await tx.update(memberships).set(gone).where(eq(memberships.personId, id));
  for (const table of [sessions, contentRequests, classroomGrants, classroomSignIns, classroomSubmissions]) {
    await tx.delete(table).where(eq(table.personId, id));
  }
  for (const table of [accommodations, rosterNumbers, questionImports, recordBookPrints]) {
    await tx.delete(table).where(eq(table.personId, id));
  }
  await tx.delete(mentees).where(eq(mentees.mentorId, id));
  if (subject === null) return;
  const here = tx.select({ id: courses.id }).from(courses).where(eq(courses.deploymentId, deploymentId));
  await tx.delete(mentees).where(and(eq(mentees.subject, subject), inArray(mentees.courseId, here)));
}

/** What somebody answered goes, and the points that it gave stay. */
export async function eraseWork(tx: Transaction, personId: number, now: Date): Promise<void> {
  const rows = await tx.select({ id: attempts.id }).from(attempts).where(eq(attempts.personId, personId));
  await eraseAttempts(
    tx,
    rows.map(({ id }) => id),
    now,
  );
}

/**
 * The same of some attempts, which somebody holds. What nobody will ever hand in or mark any more has no result: it had none before.
 */
export async function eraseAttempts(tx: Transaction, attemptIds: number[], now: Date): Promise<void> {
  if (attemptIds.length === 0) return;
  await eraseAnswersOf(tx, attemptIds);
  const theirs = inArray(attempts.id, attemptIds);
  await tx
    .update(attempts)
    .set({ guess: null, erasedAt: now })
    .where(and(theirs, isNull(attempts.erasedAt)));
  const noResult = { submittedAt: null, points: null, maximumPoints: null, unmarked: 0, isTimedOut: false };
  const isUnsettled = or(isNull(attempts.submittedAt), gt(attempts.unmarked, 0));
  await tx
    .update(attempts)
    .set({ ...noResult, abandonedAt: now })
    .where(and(theirs, isNull(attempts.abandonedAt), isUnsettled));
}

/** What was said and done in attempts, and said about them. */
async function eraseAnswersOf(tx: Transaction, attemptIds: number[]): Promise<void> {
  const practised = tx.select({ id: practices.id }).from(practices).where(inArray(practices.attemptId, attemptIds));
  await tx.delete(practiceAnswers).where(inArray(practiceAnswers.practiceId, practised));
  const ofAttempts = [practices, reflections, answers, answerChecks, questionRedos, answerFiles, handMarks, timeGrants];
  for (const table of ofAttempts) await tx.delete(table).where(inArray(table.attemptId, attemptIds));
  await eraseConnectionLogOf(tx, attemptIds);
}

/** From where attempts were answered, when they were cut off, and what came too late. */
export async function eraseConnectionLogOf(tx: Transaction, attemptIds: number[]): Promise<void> {
  if (attemptIds.length === 0) return;
  for (const table of [attemptClients, answerMarks, attemptSignals, lateEntries]) {
    await tx.delete(table).where(inArray(table.attemptId, attemptIds));
  }
}

/** Words go out of what was decided about somebody; points, credits and revisions stay, and what is owed of them is settled unsent. */
export async function eraseWords(tx: Transaction, { id, deploymentId }: ErasedPerson): Promise<void> {
  await eraseMarkWords(tx, { id, deploymentId });
  const isWorded = notInArray(creditEntries.reason, ['', noWords, ...entryReasons]);
  await tx
    .update(creditEntries)
    .set({ reason: noWords })
    .where(and(eq(creditEntries.personId, id), isWorded));

  const { decisionId, personId } = scoreChanges;
  const aboutThem = tx.select({ decisionId }).from(scoreChanges).where(eq(personId, id));
  const others = tx
    .select({ decisionId })
    .from(scoreChanges)
    .where(and(eq(decisionId, gradeDecisions.id), ne(personId, id)));
  await tx
    .update(gradeDecisions)
    .set({ reason: '' })
    .where(and(inArray(gradeDecisions.id, aboutThem), not(exists(others)), ne(gradeDecisions.reason, '')));

  const cells = tx.select({ id: gradebookCells.id }).from(gradebookCells).where(eq(gradebookCells.personId, id));
  await tx
    .update(gradeDeliveries)
    .set({ detail: '' })
    .where(and(inArray(gradeDeliveries.cellId, cells), ne(gradeDeliveries.detail, '')));
  const settled = { deliveredRevision: sql`${gradebookCells.revision}`, owedSince: null, claimedUntil: null, tries: 0 };
  await tx
    .update(gradebookCells)
    .set({ ...settled, comment: '', unconfirmed: [], mayOverwrite: false })
    .where(eq(gradebookCells.personId, id));
}

/** A mark's comment and its evidence, with the files that prove no other mark. */
async function eraseMarkWords(tx: Transaction, { id, deploymentId }: Omit<ErasedPerson, 'subject'>) {
  const { comment, evidence, personId } = creditMarks;
  const worded = and(eq(personId, id), or(ne(comment, ''), ne(evidence, '')));
  const marks = await tx.select({ evidence }).from(creditMarks).where(worded);
  await tx.update(creditMarks).set({ comment: '', evidence: '' }).where(worded);
  const files = new Set(marks.flatMap((mark) => /\/files\/([0-9a-f]{64})$/.exec(mark.evidence)?.[1] ?? []));
  for (const sha256 of files) {
    const elsewhere = tx
      .select({ id: creditMarks.id })
      .from(creditMarks)
      .innerJoin(courses, eq(courses.id, creditMarks.courseId))
      .where(and(eq(courses.deploymentId, deploymentId), sql`${evidence} like ${`%/files/${sha256}`}`));
    const isTheirs = and(eq(assets.deploymentId, deploymentId), eq(assets.sha256, sha256), eq(assets.isShown, false));
    await tx.delete(assets).where(and(isTheirs, not(exists(elsewhere))));
  }
}
