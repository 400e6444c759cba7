// The class table and what its rows make of a full class: a lecture of students with a whole course's activities behind each of them.
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Fraction from 'fraction.js';
import { deriveKeys } from '../src/config.ts';
import type { Database, Transaction } from '../src/database/database.ts';
import { attempts } from '../src/database/tables/attempts.ts';
import { courses, memberships, people, placements } from '../src/database/tables/courses.ts';
import { creditMarks } from '../src/database/tables/credits.ts';
import { quizzes, quizVersions } from '../src/database/tables/quizzes.ts';
import { sessions } from '../src/database/tables/sessions.ts';
import { createPracticeLms } from '../src/practice/practice-lms.ts';
import { memoryStore } from '../src/practice/store.ts';
import { findDeployment, savePlatform } from '../src/platforms/platform.store.ts';
import { bareApplication } from '../test/support/application.ts';
import { activity, planOf, publishPlan } from '../test/support/credits.ts';
import { countQueries } from './count-queries.ts';
import { withPostgres } from './postgres.ts';
import { exactRow, figureRow, type Row } from './row.ts';

const students = 300;
const fewStudents = 30;
const activityCount = 40;
/** Of the activities; the others are marked by hand. */
const quizCount = 10;
const looks = 7;

/** The page of a full class beside that of a small one: as many queries, and how long it takes. */
export async function* benchCreditClass(): AsyncGenerator<Row> {
  const few = await lookAtClass(fewStudents);
  const full = await lookAtClass(students);
  const name = `class table of ${students} students with ${activityCount} activities`;
  yield exactRow(`${name}: queries, as many as with ${fewStudents}`, full.queries, 'queries', few.queries);
  yield figureRow(`${name}: median of ${looks} looks`, full.ms, 'ms');
  yield figureRow(`${name}: of a processor`, full.cpuMs, 'ms');
  yield figureRow(`${name}: size`, full.kilobytes, 'kB');
}

async function lookAtClass(count: number): Promise<{ queries: number; ms: number; cpuMs: number; kilobytes: number }> {
  return withPostgres(async (newDatabase) => {
    const database = await newDatabase();
    const { db } = database;
    const { courseId, cookie } = await db.transaction((tx) => fillCourse(tx, count));
    await publishClassPlan(db, courseId);
    const server = createServer(bareApplication(db)).listen(0);
    await once(server, 'listening');
    const url = `http://localhost:${(server.address() as AddressInfo).port}/courses/${courseId}/credits/students`;
    const look = async () => {
      const response = await fetch(url, { headers: { cookie, accept: 'text/html' } });
      const html = await response.text();
      const rows = html.match(/<th scope="row">/g)?.length ?? 0;
      if (response.status !== 200 || rows !== count) throw new Error(`${response.status}, with ${rows} rows`);
      return html.length / 1000;
    };
    const kilobytes = Math.round(await look());
    const [times, cpuTimes]: [number[], number[]] = [[], []];
    let queries = 0;
    for (let index = 0; index < looks; index++) {
      const [startedAt, usedBefore] = [performance.now(), process.cpuUsage()];
      queries = (await countQueries(look)).asked;
      times.push(performance.now() - startedAt);
      const { user, system } = process.cpuUsage(usedBefore);
      cpuTimes.push((user + system) / 1000);
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await database.close();
    return { queries, ms: median(times), cpuMs: median(cpuTimes), kilobytes };
  });
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0);
}

/** A course with its people, the attempts at its quizzes and the marks for all else; and a teacher who is signed in. */
async function fillCourse(tx: Transaction, count: number): Promise<{ courseId: number; cookie: string }> {
  const now = new Date();
  const deploymentId = await connectLms(tx, now);
  const [course] = await tx
    .insert(courses)
    .values({ deploymentId, contextKind: 'context', contextId: 'physics', title: 'Umumiy fizika' })
    .returning();
  if (!course) throw new Error('An insert gave no row');
  const courseId = course.id;
  const [teacher, ...learners] = await tx
    .insert(people)
    .values(
      Array.from({ length: count + 1 }, (_, index) => ({
        ...{ deploymentId, subject: `person-${index}`, name: `Talaba ${index}`, language: 'uz' },
      })),
    )
    .returning({ personId: people.id });
  const teacherId = teacher?.personId ?? 0;
  const member = { courseId, launchedAt: now };
  await tx
    .insert(memberships)
    .values([
      { ...member, personId: teacherId, role: 'instructor' as const },
      ...learners.map(({ personId }) => ({ ...member, personId, role: 'learner' as const })),
    ]);
  for (let index = 0; index < quizCount; index++) await takeQuiz(tx, { courseId, teacherId, learners, index, now });
  for (let index = quizCount; index < activityCount; index++) {
    await tx.insert(creditMarks).values(
      learners.map(({ personId }, place) => ({
        ...{ courseId, personId, activityKey: keyOf(index), number: 1, state: 'points' as const },
        ...{ points: new Fraction(place % 5, 2), maximumPoints: new Fraction(5, 2), comment: '', evidence: '' },
        ...{ markedBy: teacherId, markedAt: now },
      })),
    );
  }
  const id = randomUUID();
  const idHash = createHash('sha256').update(id).digest('base64url');
  await tx.insert(sessions).values({ idHash, personId: teacherId, expiresAt: new Date(now.getTime() + 3_600_000) });
  return { courseId, cookie: `__Host-session=${id}` };
}

async function connectLms(tx: Transaction, now: Date): Promise<number> {
  const url = 'http://127.0.0.1:1';
  const tool = { loginUrl: `${url}/lti/login`, launchUrl: `${url}/lti/launch`, jwksUrl: `${url}/lti/jwks` };
  const { registration } = createPracticeLms({ url, tool, store: memoryStore(), now: () => now, fetch }).lms;
  const { toolKeys: sealingKey } = deriveKeys('a secret for benches, of no use anywhere else');
  const { id } = await savePlatform(tx, { ...registration, tokenAudience: registration.tokenUrl }, { sealingKey, now });
  const deployment = await findDeployment(tx, id, registration.deploymentId);
  if (!deployment) throw new Error('The deployment was not saved');
  return deployment.id;
}

/** A quiz at a place of its own, which every learner has tried twice. */
async function takeQuiz(
  tx: Transaction,
  {
    courseId,
    teacherId,
    learners,
    index,
    now,
  }: { courseId: number; teacherId: number; learners: readonly { personId: number }[]; index: number; now: Date },
) {
  const called = { title: `Test ${index}`, countingAttempt: 'best' as const };
  const [quiz] = await tx
    .insert(quizzes)
    .values({ ...called, courseId, source: '', sourceFormat: 'auto', updatedAt: now })
    .returning();
  if (!quiz) throw new Error('An insert gave no row');
  const [version] = await tx
    .insert(quizVersions)
    .values({ ...called, quizId: quiz.id, number: 1, questions: [], publishedAt: now, publishedBy: teacherId })
    .returning();
  const [place] = await tx
    .insert(placements)
    .values({ courseId, resourceLinkId: `quiz-${index}`, quizId: quiz.id, gradebookScopes: [] })
    .returning();
  if (!version || !place) throw new Error('An insert gave no row');
  const tries = learners.flatMap(({ personId }, which) => [1, 2].map((number) => ({ personId, which, number })));
  await tx.insert(attempts).values(
    tries.map(({ personId, which, number }) => ({
      ...{ placementId: place.id, personId, quizVersionId: version.id, number, seed: '', startedAt: now },
      ...{ submittedAt: now, points: new Fraction((which * number) % 7), maximumPoints: new Fraction(6) },
    })),
  );
}

async function publishClassPlan(db: Database, courseId: number): Promise<void> {
  const places = (await db.select({ id: placements.id }).from(placements)).map(({ id }) => id).sort((a, b) => a - b);
  const [teacher] = await db.select({ teacherId: people.id }).from(people).orderBy(people.id);
  const controls = ['JN', 'ON', 'MT', 'YN'];
  const activities = Array.from({ length: activityCount }, (_, index) =>
    activity(keyOf(index), {
      ...{ moduleKey: `m${(index % 4) + 1}`, controlKey: controls[index % 4] ?? 'JN', points: '2.5' },
      ...(index < quizCount && { form: 'quiz' as const, placementId: places[index] ?? null }),
      ...{ isRequired: index % 8 === 0, dueOn: '2026-10-01' },
    }),
  );
  await publishPlan(db, { courseId, teacherId: teacher?.teacherId ?? 0, plan: planOf({ activities }) }, new Date());
}

const keyOf = (index: number) => `a${index}`;
