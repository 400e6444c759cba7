// The sheet of a full course: how many questions it asks of the database, and how long it and its workbook take.
import Fraction from 'fraction.js';
import { insertMarks } from '../src/credits/mark.store.ts';
import { loadSheet } from '../src/credits/sheets/load-sheet.ts';
import { qaydnomaSheets } from '../src/credits/sheets/sheet-cells.ts';
import type { Database, Transaction } from '../src/database/database.ts';
import { courses, memberships, people } from '../src/database/tables/courses.ts';
import { writeWorkbook } from '../src/questions/formats/xlsx/write-workbook.ts';
import { findDeployment, savePlatform } from '../src/platforms/platform.store.ts';
import { activity, planOf, publishPlan } from '../test/support/credits.ts';
import { countQueries } from './count-queries.ts';
import { withPostgres } from './postgres.ts';
import { exactRow, figureRow, type Row } from './row.ts';

const students = 300;
const fewStudents = 30;
const activityCount = 40;
const looks = 7;
const batchSize = 1000;

/** A sheet of many students beside one of few: as many queries for both. */
export async function* benchCreditSheet(): AsyncGenerator<Row> {
  const few = await makeSheets(fewStudents);
  const full = await makeSheets(students);
  const name = `sheet of ${students} students with ${activityCount} activities`;
  yield exactRow(`${name}: queries, as many as with ${fewStudents}`, full.queries, 'queries', few.queries);
  yield figureRow(`${name}: median of ${looks}, from the database`, full.loadMs, 'ms');
  yield figureRow(`${name}: median of ${looks}, its workbook`, full.writeMs, 'ms');
  yield figureRow(`${name}: its workbook`, full.kilobytes, 'kB');
}

async function makeSheets(count: number) {
  return withPostgres(async (newDatabase) => {
    const database = await newDatabase();
    const { db } = database;
    const courseId = await fillCourse(db, count);
    const [loadTimes, writeTimes]: [number[], number[]] = [[], []];
    let [queries, kilobytes] = [0, 0];
    for (let look = 0; look < looks; look++) {
      const startedAt = performance.now();
      const { result: of, asked } = await countQueries(() => loadSheet(db, courseId));
      const loadedAt = performance.now();
      if (of?.sheet.rows.length !== count) throw new Error('The sheet lacks students');
      const bytes = await writeWorkbook(qaydnomaSheets(of, ({ code }) => code, []));
      loadTimes.push(loadedAt - startedAt);
      writeTimes.push(performance.now() - loadedAt);
      [queries, kilobytes] = [asked, Math.round(bytes.length / 1000)];
    }
    await database.close();
    return { queries, kilobytes, loadMs: median(loadTimes), writeMs: median(writeTimes) };
  });
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0);
}

/** A course in which every student has a mark for every activity. */
async function fillCourse(db: Database, count: number): Promise<number> {
  const now = new Date();
  const address = 'https://lms.example/x';
  const endpoints = { authorizationUrl: address, tokenUrl: address, tokenAudience: address, jwksUrl: address };
  const details = { name: 'LMS', issuer: 'https://lms.example', clientId: 'us', deploymentId: '1', ...endpoints };
  const { id } = await savePlatform(db, details, { sealingKey: new Uint8Array(32), now });
  const deploymentId = (await findDeployment(db, id, '1'))?.id ?? 0;
  const { courseId, teacherId, learners } = await db.transaction((tx) => enrolAll(tx, { deploymentId, count, now }));
  const activities = Array.from({ length: activityCount }, (_, index) => {
    const [controlKey, points] =
      index < 20 ? ['JN', '1'] : index < 30 ? ['ON', '2'] : index < 35 ? ['MT', '2'] : ['YN', '10'];
    return activity(`a${index}`, { controlKey, points, moduleKey: `m${1 + (index % 4)}` });
  });
  await publishPlan(db, { courseId, teacherId, plan: planOf({ activities }) }, now);
  const marks = learners.flatMap((personId, place) =>
    activities.map(({ key, points }, index) => ({
      ...{ courseId, personId, activityKey: key, sitting: 1, number: 1, state: 'points' as const },
      ...{ points: new Fraction(points).mul((place + index) % 8).div(7), maximumPoints: new Fraction(points) },
      ...{ levels: null, comment: '', evidence: '', markedBy: teacherId, markedAt: now },
    })),
  );
  for (let from = 0; from < marks.length; from += batchSize) {
    await db.transaction((tx) => insertMarks(tx, marks.slice(from, from + batchSize)));
  }
  return courseId;
}

async function enrolAll(
  tx: Transaction,
  { deploymentId, count, now }: { deploymentId: number; count: number; now: Date },
): Promise<{ courseId: number; teacherId: number; learners: number[] }> {
  const [course] = await tx
    .insert(courses)
    .values({ deploymentId, contextKind: 'context', contextId: 'physics', title: 'Umumiy fizika' })
    .returning();
  const rows = await tx
    .insert(people)
    .values(
      Array.from({ length: count + 1 }, (_, index) => ({
        ...{ deploymentId, subject: `person-${index}`, name: `Talaba ${index}`, language: 'uz' },
        sourcedId: String(391_261_100_000 + index),
      })),
    )
    .returning({ id: people.id });
  const [teacherId = 0, ...learners] = rows.map(({ id }) => id);
  const courseId = course?.id ?? 0;
  const joining = (personId: number, role: 'instructor' | 'learner') => ({ courseId, personId, role, launchedAt: now });
  await tx
    .insert(memberships)
    .values([joining(teacherId, 'instructor'), ...learners.map((personId) => joining(personId, 'learner'))]);
  return { courseId, teacherId, learners };
}
