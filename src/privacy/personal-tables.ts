// Every table in which something of a person is kept, and how it is found: what docs/privacy.md says, in code. A test holds the two and
// the tables themselves together, so that nothing new is kept of anybody unsaid.
import { eq, getTableColumns, getTableName, inArray, or, sql, and, type SQL } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { answerChecks, answers, attempts, questionRedos } from '../database/tables/attempts.ts';
import { auditEntries } from '../database/tables/audit.ts';
import { bankQuestionVersions, bankShares } from '../database/tables/bank.ts';
import {
  classroomAssignments,
  classroomGrants,
  classroomSignIns,
  classroomSubmissions,
} from '../database/tables/classroom.ts';
import { accommodations, courses, memberships, mentees, people } from '../database/tables/courses.ts';
import {
  creditConfirmations,
  creditEntries,
  creditMarks,
  creditPlanDrafts,
  creditPlans,
  creditPolicies,
  recordBookPrints,
  rosterNumbers,
} from '../database/tables/credits.ts';
import { gradebookCells, gradeDecisions, gradeDeliveries, scoreChanges } from '../database/tables/grades.ts';
import { answerMarks, attemptClients, attemptSignals, lateEntries, timeGrants } from '../database/tables/journal.ts';
import { answerFiles, handMarks } from '../database/tables/marking.ts';
import { questionImports, quizVersions } from '../database/tables/quizzes.ts';
import { practiceAnswers, practices, reflections } from '../database/tables/self-assessment.ts';
import { contentRequests, sessions } from '../database/tables/sessions.ts';

/** Whose rows are looked for. */
export interface Whose {
  personId: number;
  deploymentId: number;
  /** Null for a guest. */
  subject: string | null;
}

/** A table with rows of people. */
export interface PersonalTable {
  table: PgTable;
  rowsOf: (whose: Whose) => SQL | undefined;
  /** Columns that nobody is given: bytes that go beside the document, and what opens a door. */
  withheld?: readonly string[];
  /** What makes a row readable, from the tables around it. */
  besides?: Record<string, SQL>;
}

const ofPerson =
  (column: PgColumn) =>
  ({ personId }: Whose) =>
    eq(column, personId);

const ofAttempts =
  (column: PgColumn) =>
  ({ personId }: Whose) =>
    inArray(column, sql`(select ${attempts.id} from ${attempts} where ${attempts.personId} = ${personId})`);

const inCells = ({ personId }: Whose) =>
  inArray(
    gradeDeliveries.cellId,
    sql`(select id from ${gradebookCells} where ${gradebookCells.personId} = ${personId})`,
  );

const inPractices = ({ personId }: Whose) =>
  inArray(
    practiceAnswers.practiceId,
    sql`(select p.id from ${practices} p inner join ${attempts} a on a.id = p.attempt_id where a.person_id = ${personId})`,
  );

const asMentorOrStudent = ({ personId, deploymentId, subject }: Whose) =>
  or(
    eq(mentees.mentorId, personId),
    and(
      eq(mentees.subject, subject ?? ''),
      inArray(
        mentees.courseId,
        sql`(select ${courses.id} from ${courses} where ${courses.deploymentId} = ${deploymentId})`,
      ),
    ),
  );

const courseTitle = (courseId: PgColumn) =>
  sql`(select ${courses.title} from ${courses} where ${courses.id} = ${courseId})`;

const quizTitle = sql`(select ${quizVersions.title} from ${quizVersions} where ${quizVersions.id} = ${attempts.quizVersionId})`;

const wording = sql`(select v.questions -> ${answers.position} -> 'text' ->> 'source' from ${attempts} a
  inner join ${quizVersions} v on v.id = a.quiz_version_id where a.id = ${answers.attemptId})`;

/** In the order in which a document has them. */
export const personalTables: readonly PersonalTable[] = [
  { table: people, rowsOf: ofPerson(people.id) },
  {
    table: memberships,
    rowsOf: ofPerson(memberships.personId),
    besides: { course: courseTitle(memberships.courseId) },
  },
  { table: mentees, rowsOf: asMentorOrStudent },
  { table: accommodations, rowsOf: ofPerson(accommodations.personId) },
  { table: rosterNumbers, rowsOf: ofPerson(rosterNumbers.personId) },
  { table: sessions, rowsOf: ofPerson(sessions.personId), withheld: ['idHash'] },
  { table: classroomGrants, rowsOf: ofPerson(classroomGrants.personId), withheld: ['sealedRefreshToken'] },
  {
    table: classroomSignIns,
    rowsOf: ofPerson(classroomSignIns.personId),
    withheld: ['stateHash', 'sealedSecrets', 'frameBrowserHash', 'windowBrowserHash', 'codeHash'],
  },
  { table: classroomSubmissions, rowsOf: ofPerson(classroomSubmissions.personId) },
  { table: contentRequests, rowsOf: ofPerson(contentRequests.personId), withheld: ['settings'] },
  { table: questionImports, rowsOf: ofPerson(questionImports.personId) },
  { table: attempts, rowsOf: ofPerson(attempts.personId), withheld: ['seed'], besides: { quiz: quizTitle } },
  { table: answers, rowsOf: ofAttempts(answers.attemptId), besides: { question: wording } },
  { table: answerChecks, rowsOf: ofAttempts(answerChecks.attemptId) },
  { table: questionRedos, rowsOf: ofAttempts(questionRedos.attemptId) },
  { table: answerFiles, rowsOf: ofAttempts(answerFiles.attemptId), withheld: ['bytes'] },
  { table: handMarks, rowsOf: ofAttempts(handMarks.attemptId) },
  { table: attemptClients, rowsOf: ofAttempts(attemptClients.attemptId), withheld: ['browserHash'] },
  { table: answerMarks, rowsOf: ofAttempts(answerMarks.attemptId) },
  { table: attemptSignals, rowsOf: ofAttempts(attemptSignals.attemptId) },
  { table: lateEntries, rowsOf: ofAttempts(lateEntries.attemptId) },
  { table: timeGrants, rowsOf: ofAttempts(timeGrants.attemptId) },
  { table: reflections, rowsOf: ofAttempts(reflections.attemptId) },
  { table: practices, rowsOf: ofAttempts(practices.attemptId), withheld: ['seed'] },
  { table: practiceAnswers, rowsOf: inPractices },
  { table: gradebookCells, rowsOf: ofPerson(gradebookCells.personId) },
  { table: gradeDeliveries, rowsOf: inCells },
  { table: scoreChanges, rowsOf: ofPerson(scoreChanges.personId) },
  {
    table: creditMarks,
    rowsOf: ofPerson(creditMarks.personId),
    besides: { course: courseTitle(creditMarks.courseId) },
  },
  {
    table: creditEntries,
    rowsOf: ofPerson(creditEntries.personId),
    besides: { course: courseTitle(creditEntries.courseId) },
  },
  { table: recordBookPrints, rowsOf: ofPerson(recordBookPrints.personId) },
];

/**
 * Where it stands who did what, besides the tables above: of a person these are work, and what it was about is the course's or other
 * people's.
 */
export const workTables: readonly PgTable[] = [
  auditEntries,
  bankQuestionVersions,
  bankShares,
  classroomAssignments,
  creditConfirmations,
  creditPlanDrafts,
  creditPlans,
  creditPolicies,
  gradeDecisions,
  quizVersions,
];

/** The columns of a table that name a person, by their keys in TypeScript. */
export function whoColumns(table: PgTable): string[] {
  const own = new Set(
    getTableConfig(table).foreignKeys.flatMap((key) => {
      const { columns, foreignTable } = key.reference();
      return getTableName(foreignTable) === getTableName(people) ? columns.map(({ name }) => name) : [];
    }),
  );
  const isWho = new Set([...own, ...(Object.hasOwn(getTableColumns(table), 'personId') ? ['personId'] : [])]);
  return Object.keys(getTableColumns(table)).filter((key) => isWho.has(key));
}
