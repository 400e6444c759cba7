// The grid of marks for a class of 300 with 40 activities: how long its pages take, how many queries, and how large they are.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import Fraction from 'fraction.js';
import { insertMarks } from '../src/credits/mark.store.ts';
import { sessions } from '../src/database/tables/sessions.ts';
import { bareApplication } from '../test/support/application.ts';
import { activity, planOf, publishPlan } from '../test/support/credits.ts';
import { newLedgerCourse } from '../test/support/ledger-course.ts';
import { countQueries } from './count-queries.ts';
import { withPostgres, type BenchDatabase } from './postgres.ts';
import { exactRow, figureRow, type Row } from './row.ts';

const activityCount = 40;
const studentCount = 300;
const fewStudents = 3;
const rounds = 15;
const sessionId = 'a session for benches, of no use anywhere else';

/** Opens the grid as a teacher does: as it comes, and all of it. */
export async function* benchCreditGrid(): AsyncGenerator<Row> {
  yield* await withPostgres(async (newDatabase) => {
    const database = await newDatabase();
    try {
      return await openGrids(database);
    } finally {
      await database.close();
    }
  });
}

async function openGrids({ db }: BenchDatabase): Promise<Row[]> {
  const few = await newClass(db, fewStudents);
  const many = await newClass(db, studentCount);
  const server = createServer(bareApplication(db)).listen(0);
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const open = async ({ courseId, cookie }: { courseId: number; cookie: string }, query: string) => {
    const begunAt = performance.now();
    const { result: html, asked } = await countQueries(async () => {
      const page = await fetch(`${origin}/courses/${courseId}/credits/marks${query}`, { headers: { cookie } });
      if (page.status !== 200) throw new Error(`The grid answers ${page.status}`);
      return page.text();
    });
    return { html, ms: performance.now() - begunAt, queries: asked };
  };
  try {
    const rows: Row[] = [];
    for (const [words, query] of [
      ['as it comes', ''],
      ['a page of everything', '?all'],
    ] as const) {
      const name = `grid of ${studentCount} × ${activityCount}, ${words}`;
      const small = await open(few, query);
      const opened = [];
      for (let round = 0; round < rounds; round++) opened.push(await open(many, query));
      const { html, queries } = opened[0] ?? small;
      rows.push(
        figureRow(name, Math.round(median(opened.map(({ ms }) => ms))), 'ms'),
        figureRow(`${name}: cells`, html.split('<input name="m.').length - 1, 'cells'),
        figureRow(`${name}: compressed`, Math.round(gzipSync(html).length / 1024), 'kB'),
        figureRow(`${name}: round of queries`, queries, 'queries'),
        exactRow(`${name}: more queries than for ${fewStudents} students`, queries - small.queries, 'queries', 0),
      );
    }
    return rows;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A course in which everybody is marked in everything that people mark, and a teacher who is signed in. */
async function newClass(db: BenchDatabase['db'], students: number) {
  const now = new Date();
  const { courseId, teacherId, studentIds, placementIds } = await newLedgerCourse(db, { students });
  const base = planOf({ placementIds });
  const others = Array.from({ length: activityCount - base.activities.length }, (_, index) =>
    activity(`work-${index + 1}`, {
      ...{ controlKey: index % 2 ? 'JN' : 'ON', points: '1' },
      moduleKey: `m${1 + (index % 4)}`,
    }),
  );
  const plan = { ...base, activities: [...base.activities, ...others] };
  await publishPlan(db, { courseId, teacherId, plan }, now);
  const marked = plan.activities.filter(({ form }) => form !== 'quiz');
  await db.transaction(async (tx) => {
    for (const { key, points } of marked) {
      const mark = { courseId, activityKey: key, sitting: 1, number: 1, state: 'points' as const };
      const given = { points: new Fraction(points).div(2), maximumPoints: new Fraction(points), levels: null };
      const said = { comment: '', evidence: '', markedBy: teacherId, markedAt: now };
      await insertMarks(
        tx,
        studentIds.map((personId) => ({ ...mark, ...given, ...said, personId })),
      );
    }
  });
  const id = `${sessionId} ${courseId}`.replaceAll(' ', '-');
  const idHash = createHash('sha256').update(id).digest('base64url');
  await db.insert(sessions).values({ idHash, personId: teacherId, expiresAt: new Date(now.getTime() + 3_600_000) });
  return { courseId, cookie: `__Host-session=${id}` };
}

function median(figures: number[]): number {
  return figures.sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? 0;
}
