// The questions of banks, found and read. Whoever asks says for which course: what is neither its own nor shared with it is as good as none.
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { bankQuestionOutcomes, bankQuestions, bankQuestionVersions } from '../database/tables/bank.ts';
import { courses, people } from '../database/tables/courses.ts';
import { draftQuestions } from '../database/tables/quizzes.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import { questionLanguages, type BankQuestion } from './bank-question.ts';
import { pageLength, wordsWanted, type BankSearch } from './bank-search.ts';
import { isUsableIn, sharedWith } from './share.store.ts';

const { id, key, courseId, version, difficulty, language, archivedAt } = bankQuestions;
const columns = {
  ...{ id, key, courseId, version, difficulty, language, archivedAt },
  courseTitle: courses.title,
  question: bankQuestionVersions.question,
};

/** A page of what was found: the newest first. */
export interface BankPage {
  questions: BankQuestion[];
  /** How many there are on all pages. */
  total: number;
  /** What the next page begins before; null: this is the last. */
  next: number | null;
}

/** What a course may use of what is looked for. */
export async function searchBank(db: Database, inCourse: number, search: BankSearch): Promise<BankPage> {
  const wanted = and(isUsableIn(inCourse, await sharedWith(db, inCourse), search.from), ...conditions(search));
  const onPage = search.before === null ? wanted : and(wanted, lt(id, search.before));
  const [found] = await db.select({ total: count() }).from(bankQuestions).where(wanted);
  // First which, then what: nobody reads ten thousand questions to show twenty-five.
  const page = await db
    .select({ id })
    .from(bankQuestions)
    .where(onPage)
    .orderBy(desc(id))
    .limit(pageLength + 1);
  const ids = page.slice(0, pageLength).map((row) => row.id);
  const questions = await questionsWith(db, inArray(id, ids));
  return {
    questions: questions.sort((one, other) => other.id - one.id),
    total: found?.total ?? 0,
    next: page.length > pageLength ? (ids.at(-1) ?? null) : null,
  };
}

function conditions(search: BankSearch): SQL[] {
  const { tag, outcome, type, use, show } = search;
  const isInQuiz = and(eq(draftQuestions.bankQuestionId, id), isNull(draftQuestions.deletedAt));
  return [
    show === 'archived' ? isNotNull(archivedAt) : isNull(archivedAt),
    ...wordsWanted(search).map((word) => sql`position(${word} in ${bankQuestions.words}) > 0`),
    ...(tag === null ? [] : [sql`${tag} = any(${bankQuestions.tags})`]),
    ...(type === null ? [] : [eq(bankQuestions.type, type)]),
    ...(search.difficulty === null ? [] : [eq(difficulty, search.difficulty)]),
    ...(search.language === null ? [] : [eq(language, search.language)]),
    ...(outcome === null
      ? []
      : [
          sql`exists (select 1 from ${bankQuestionOutcomes} where ${bankQuestionOutcomes.questionId} = ${id}
            and ${bankQuestionOutcomes.outcomeId} = ${outcome})`,
        ]),
    ...(use === null ? [] : [sql`not exists (select 1 from ${draftQuestions} where ${isInQuiz})`]),
  ];
}

/** A question that a course may use, archived or not; null for every other one. */
export async function findBankQuestion(db: Database, inCourse: number, wanted: string): Promise<BankQuestion | null> {
  const [found] = await findBankQuestions(db, inCourse, [wanted]);
  return found ?? null;
}

/** Those of some questions that a course may use, archived or not, by their keys. */
export async function findBankQuestions(
  db: Database,
  inCourse: number,
  keys: readonly string[],
): Promise<BankQuestion[]> {
  if (keys.length === 0) return [];
  return questionsWith(db, and(inArray(key, [...keys]), isUsableIn(inCourse, await sharedWith(db, inCourse))));
}

/** Those of some questions that a course may use, archived or not, by our keys. */
export async function bankQuestionsOf(
  db: Database,
  inCourse: number,
  ids: readonly number[],
): Promise<Map<number, BankQuestion>> {
  if (ids.length === 0) return new Map();
  const isUsable = isUsableIn(inCourse, await sharedWith(db, inCourse));
  const found = await questionsWith(db, and(inArray(id, [...ids]), isUsable));
  return new Map(found.map((question) => [question.id, question]));
}

async function questionsWith(db: Database, condition: SQL | undefined): Promise<BankQuestion[]> {
  const rows = await db
    .select(columns)
    .from(bankQuestions)
    .innerJoin(
      bankQuestionVersions,
      and(eq(bankQuestionVersions.questionId, id), eq(bankQuestionVersions.number, version)),
    )
    .innerJoin(courses, eq(courses.id, courseId))
    .where(condition);
  return rows.map((row) => ({
    ...row,
    question: questionSchema.parse(row.question),
    language: questionLanguages.find((code) => code === row.language) ?? null,
    isArchived: row.archivedAt !== null,
  }));
}

/** What addresses call a question. @throws if there is none of that id */
export async function getKey(db: Database, questionId: number): Promise<string> {
  const [row] = await db.select({ key }).from(bankQuestions).where(eq(id, questionId));
  if (!row) throw new Error(`There is no bank question ${questionId}`);
  return row.key;
}

/** Whether a course has any question of its own, or may use one. */
export async function hasBankQuestions(db: Database, inCourse: number): Promise<boolean> {
  const isUsable = isUsableIn(inCourse, await sharedWith(db, inCourse));
  const [one] = await db.select({ id }).from(bankQuestions).where(isUsable).limit(1);
  return one !== undefined;
}

/** The tags of what a course may use, those of most questions first. */
export async function listTags(db: Database, inCourse: number): Promise<string[]> {
  const isUsable = isUsableIn(inCourse, await sharedWith(db, inCourse));
  const tagged = db
    .select({ tag: sql<string>`unnest(${bankQuestions.tags})`.as('tag') })
    .from(bankQuestions)
    .where(and(isUsable, isNull(archivedAt)))
    .as('tagged');
  const rows = await db
    .select({ tag: tagged.tag })
    .from(tagged)
    .groupBy(tagged.tag)
    .orderBy(desc(count()), asc(tagged.tag))
    .limit(200);
  return rows.map(({ tag }) => tag);
}

/** A question as a bank has it: which, and in which version. */
export interface BankLink {
  questionId: number;
  version: number;
}

/** What some versions say, by `<question>/<number>`. */
export async function questionsOfVersions(db: Database, links: readonly BankLink[]): Promise<Map<string, Question>> {
  if (links.length === 0) return new Map();
  const { questionId, number, question } = bankQuestionVersions;
  const pairs = sql.join(
    links.map((link) => sql`(${link.questionId}::bigint, ${link.version}::int)`),
    sql`, `,
  );
  const rows = await db
    .select({ questionId, number, question })
    .from(bankQuestionVersions)
    .where(sql`(${questionId}, ${number}) in (${pairs})`);
  return new Map(rows.map((row) => [`${row.questionId}/${row.number}`, questionSchema.parse(row.question)]));
}

/** One version of a question. */
export interface BankVersion {
  number: number;
  question: Question;
  note: string | null;
  /** Null where the LMS says no name. */
  madeBy: string | null;
  madeAt: Date;
}

/** The versions of a question, the newest first. */
export async function listBankVersions(
  db: Database,
  questionId: number,
  { upTo, limit }: { upTo?: number; limit: number },
): Promise<BankVersion[]> {
  const { number, question, note, madeAt } = bankQuestionVersions;
  const rows = await db
    .select({ number, question, note, madeAt, madeBy: people.name })
    .from(bankQuestionVersions)
    .innerJoin(people, eq(people.id, bankQuestionVersions.madeBy))
    .where(
      and(
        eq(bankQuestionVersions.questionId, questionId),
        upTo === undefined ? undefined : sql`${number} <= ${upTo}::bigint`,
      ),
    )
    .orderBy(desc(number))
    .limit(limit);
  return rows.map((row) => ({ ...row, question: questionSchema.parse(row.question) }));
}
