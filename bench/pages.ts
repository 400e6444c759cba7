// What a page costs while the tables grow from a thousand attempts to a million: those of one class, which stays as it is.
import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { attempts } from '../src/database/tables/attempts.ts';
import { memberships, people, placements } from '../src/database/tables/courses.ts';
import { deployments } from '../src/database/tables/platforms.ts';
import { sessions } from '../src/database/tables/sessions.ts';
import { startTool } from '../test/support/tool-process.ts';
import { fillAttempts, type Shared } from './fill-attempts.ts';
import type { BenchDatabase } from './postgres.ts';
import { atMostRow, figureRow, type Row } from './row.ts';
import { inHall, sitAll } from './sittings.ts';

const classSize = 30;
const looks = 41;
const sizes = [1_000, 100_000, 1_000_000];
const mostTimes = 1.3;

/** @param amounts.attempts the most that are stored */
export async function* benchPages({ attempts: most }: { attempts: number }): AsyncGenerator<Row> {
  yield* await inHall(async ({ database, lms, settings }) => {
    const tool = await startTool({ NODE_ENV: 'production', ...settings });
    try {
      const plan = { name: 'class', students: classSize, arrivalMs: 0, betweenMs: 0 };
      await sitAll({ url: tool.url, lms }, plan);
      const { shared, pages } = await lookAround(database);
      const costs = new Map(pages.map(({ name }) => [name, [] as number[]]));
      let stored = 0;
      for (const size of sizes.filter((size) => size <= most)) {
        await fillAttempts(database.db, shared, { from: stored, to: size });
        stored = size;
        for (const { name, path, cookie } of pages) costs.get(name)?.push(await costOf(`${tool.url}${path}`, cookie));
      }
      return [...costs].flatMap(([name, [least = 0, ...more]]) => [
        figureRow(`${name}: at ${sizes[0]} attempts`, least, 'ms'),
        ...more.map((cost, index) =>
          atMostRow(`${name}: at ${sizes[index + 1]} attempts`, round(cost / least), 'times', mostTimes),
        ),
      ]);
    } finally {
      await tool.kill();
    }
  });
}

interface Page {
  name: string;
  path: string;
  cookie: string;
}

/** The pages of the class, with somebody signed in whom they are for. */
async function lookAround({ db }: BenchDatabase): Promise<{ shared: Shared; pages: Page[] }> {
  const [attempt] = await db.select().from(attempts);
  const [place] = await db.select().from(placements);
  const [deployment] = await db.select().from(deployments);
  const [teacher] = await db.select().from(people).where(eq(people.subject, 'teacher'));
  if (!attempt || !place || !deployment || !teacher) throw new Error('There is no class');
  const { courseId } = place;
  await db.transaction(async (tx) => {
    await tx
      .insert(memberships)
      .values({ courseId, personId: teacher.id, role: 'instructor' as const, launchedAt: new Date() });
  });
  const [learner, instructor] = await Promise.all([attempt.personId, teacher.id].map((id) => signIn(db, id)));
  const ofLearner = { cookie: learner ?? '' };
  const ofTeacher = { cookie: instructor ?? '' };
  return {
    shared: {
      ...{ registrationId: deployment.registrationId, deploymentId: deployment.id },
      ...{ quizId: place.quizId ?? 0, versionId: attempt.quizVersionId },
    },
    pages: [
      { name: 'the attempts at a quiz', path: `/placements/${place.id}/attempts`, ...ofLearner },
      { name: 'a result', path: `/attempts/${attempt.id}`, ...ofLearner },
      { name: 'progress in a course', path: `/courses/${courseId}/progress`, ...ofLearner },
      { name: 'the record book', path: '/record-book', ...ofLearner },
      { name: 'a course', path: `/courses/${courseId}`, ...ofTeacher },
      { name: 'the results of a class', path: `/placements/${place.id}/results`, ...ofTeacher },
      { name: 'the credits of a class', path: `/courses/${courseId}/credits/students`, ...ofTeacher },
      { name: 'metrics', path: '/metrics', ...ofTeacher },
    ],
  };
}

/** @returns the cookie */
async function signIn(db: BenchDatabase['db'], personId: number): Promise<string> {
  const id = randomUUID();
  const idHash = createHash('sha256').update(id).digest('base64url');
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db.transaction((tx) => tx.insert(sessions).values({ idHash, personId, expiresAt }));
  return `__Host-session=${id}`;
}

/** Milliseconds: the median of many looks, one after another. */
async function costOf(url: string, cookie: string): Promise<number> {
  const times: number[] = [];
  for (let look = 0; look < looks; look++) {
    const begun = performance.now();
    const response = await fetch(url, { headers: { cookie, accept: 'text/html' } });
    await response.text();
    if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
    times.push(performance.now() - begun);
  }
  return round(times.sort((one, other) => one - other)[Math.floor(looks / 2)] ?? 0);
}

const round = (value: number) => Math.round(value * 100) / 100;
