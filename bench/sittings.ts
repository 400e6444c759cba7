// Whole classes at a quiz on PostgreSQL, all on one machine: a lecture that sits an exam in ten minutes, with the process that serves it
// left alone, or with one of two killed again and again; a stream of students for as long as leaks take to show; and classes that
// answer as fast as they are let.
import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { answers } from '../src/database/tables/attempts.ts';
import { startFront } from '../test/faults/front.ts';
import type { Hiccups } from '../test/faults/pause.ts';
import { startWorkers } from '../test/faults/workers.ts';
import { startTool } from '../test/support/tool-process.ts';
import { watchedName, watchGrowth, type Growth } from './growth.ts';
import { registerCourses } from './launch-courses.ts';
import { startLaunchingLms } from './launching-lms.ts';
import { withPostgres, type BenchDatabase } from './postgres.ts';
import { questionCount, rightAnswer } from './quiz-of-sums.ts';
import { atMostRow, exactRow, figureRow, ifEnough, type Row } from './row.ts';
import { sit, type Hall, type Sat } from './sitting.ts';

const secret = 'a secret for benches, of no use anywhere else';
const connections = 256;
const killEveryMs = 30_000;
/** What is owed comes at latest when the lease of a killed process is over. */
const patienceMs = 90_000;

/** How a class sits. */
export interface Plan {
  name: string;
  students: number;
  /** In which they come, one after another. */
  arrivalMs: number;
  betweenMs: number;
}

/** @param amounts.minutes that an exam and a stream take */
export async function* benchExam({ students, minutes }: { students: number; minutes: number }): AsyncGenerator<Row> {
  // They come in the first fifth, answer for three, and the last of them has a fifth to hand in.
  const fifthMs = (minutes * 60_000) / 5;
  const plan = { students, arrivalMs: fifthMs, betweenMs: (3 * fifthMs) / questionCount };
  const name = `${students} students at ${questionCount} questions within ${minutes} minutes`;
  yield* await sitAlone({ ...plan, name }, ({ saves }) => [
    ifEnough(atMostRow(`${name}: 95 of 100 saves within`, saves.p95, 'ms', 50), students),
  ]);
  yield* await sitWhileKilled({ ...plan, name: `${name}, one of two processes killed every 30 s` });
}

export async function* benchStream({ students, minutes }: { students: number; minutes: number }): AsyncGenerator<Row> {
  const name = `a stream of students for ${minutes} minutes`;
  yield* await sitAlone({ name, students, arrivalMs: minutes * 60_000, betweenMs: 2_000 }, ({ growth }) =>
    growth.rows(name, students).then((rows) => rows.map((row) => ifEnough(row, students))),
  );
}

/** As many at once as there are, as fast as they are let. */
export async function* benchAttempts({ students }: { students: number }): AsyncGenerator<Row> {
  for (const count of [50, 200, 1000].filter((count) => count <= students)) {
    const name = `whole attempts of ${count} students at once`;
    yield* await sitAlone({ name, students: count, arrivalMs: 0, betweenMs: 0 }, ({ saves, seconds }) => [
      figureRow(name, round(count / seconds), 'attempts/s'),
      figureRow(`${name}: 95 of 100 saves within`, saves.p95, 'ms'),
    ]);
  }
}

interface Outcome {
  saves: { p95: number };
  seconds: number;
  growth: Growth;
}

/** With one process of the tool. */
function sitAlone(plan: Plan, rowsOf: (outcome: Outcome) => Row[] | Promise<Row[]>): Promise<Row[]> {
  return inHall(async ({ database, lms, settings }) => {
    const tool = await startTool({ NODE_ENV: 'production', ...settings });
    try {
      const growth = watchGrowth(database.db, tool.pid);
      const sat = await sitAll({ url: tool.url, lms }, plan);
      growth.stop();
      const outcome = { saves: { p95: p95Of(sat.all) }, seconds: sat.seconds, growth };
      return [
        ...(await rowsOf(outcome)),
        exactRow(`${plan.name}: steps tried again`, countOf(sat.hiccups), 'steps', 0),
        ...(await whatStands(plan.name, { database, lms, ...sat })),
      ];
    } finally {
      await tool.kill();
    }
  });
}

/** With two processes, of which one is killed every half a minute and started again. */
function sitWhileKilled(plan: Plan): Promise<Row[]> {
  return inHall(async ({ database, lms, settings }) => {
    const front = await startFront();
    const workers = await startWorkers(2, { NODE_ENV: 'production', ...settings, PUBLIC_URL: front.url });
    front.sendTo(() => workers.livingPorts());
    let kills = 0;
    const killing = setInterval(() => void workers.killOne().then((wasOne) => (kills += Number(wasOne))), killEveryMs);
    try {
      const sat = await sitAll({ url: front.url, lms }, plan);
      clearInterval(killing);
      return [
        ifEnough(atMostRow(`${plan.name}: 95 of 100 saves within`, p95Of(sat.all), 'ms', 50), plan.students),
        figureRow(`${plan.name}: kills`, kills, 'kills'),
        figureRow(`${plan.name}: steps tried again`, countOf(sat.hiccups), 'steps'),
        ...(await whatStands(plan.name, { database, lms, ...sat })),
      ];
    } finally {
      clearInterval(killing);
      await workers.stop();
      await front.stop();
    }
  });
}

export interface Place {
  database: BenchDatabase;
  lms: Hall['lms'];
  settings: Record<string, string>;
}

/** An LMS with one course, as the tool knows it, on a PostgreSQL of its own. */
export async function inHall(work: (place: Place) => Promise<Row[]>): Promise<Row[]> {
  const lms = await startLaunchingLms();
  const folder = await mkdtemp(join(tmpdir(), 'mustaqil-bench-'));
  try {
    return await withPostgres(async (newDatabase) => {
      const database = await newDatabase();
      await registerCourses(database.db, { lms, jwksUrl: lms.jwksUrl('ours'), secret, ids: ['1'] });
      try {
        const named = `${database.url}?application_name=${watchedName}`;
        const settings = { DATABASE_URL: named, DATA_DIR: folder, MUSTAQIL_SECRET: secret };
        return await work({ database, lms, settings });
      } finally {
        await database.close();
      }
    });
  } finally {
    await lms.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export interface SatAll {
  all: Sat[];
  /** Why steps were tried again. */
  hiccups: Hiccups;
  seconds: number;
}

/** Everybody sits, each to the end. */
export async function sitAll(hall: Omit<Hall, 'pool'>, { students, arrivalMs, betweenMs }: Plan): Promise<SatAll> {
  const pool = new Pool(hall.url, { connections });
  const hiccups: Hiccups = new Map();
  const { signal } = new AbortController();
  // Everybody listens to it.
  setMaxListeners(0, signal);
  const begun = performance.now();
  const all = await Promise.all(
    Array.from({ length: students }, async (_, number) => {
      await setTimeout((arrivalMs * number) / students);
      const student = { subject: subjectOf(number), name: `Talaba ${number}`, courseId: '1' };
      const answer = (position: number) => answerOf(number, position);
      return sit({ ...hall, pool }, student, { answer, betweenMs, hiccups, signal });
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  for (const [words, count] of hiccups) process.stderr.write(`${count} times: ${words}\n`);
  return { all, hiccups, seconds };
}

const subjectOf = (number: number) => `student-${number}`;

/** Some are wrong, so that not all have the same grade. */
function answerOf(number: number, position: number): string {
  return isRight(number, position) ? rightAnswer(position) : '-1';
}

const isRight = (number: number, position: number) => (number + position) % 7 !== 0;

/** What is in the database and the gradebook of what was said to be taken. */
async function whatStands(name: string, { database, lms, all }: Omit<Place, 'settings'> & SatAll): Promise<Row[]> {
  const saved = await database.db.select().from(answers);
  const texts = new Map(
    saved.map(({ attemptId, position, response }) => [`${attemptId} ${position}`, textOf(response)]),
  );
  const lost = all.flatMap(({ attemptId }, number) =>
    positions.filter((position) => texts.get(`${attemptId} ${position}`) !== answerOf(number, position)),
  );
  const isGraded = (number: number) =>
    Math.abs(
      (lms.grades.get(subjectOf(number)) ?? -1) - positions.filter((at) => isRight(number, at)).length / questionCount,
    ) < 0.001;
  const numbers = all.map((_, number) => number);
  const givenUp = performance.now() + patienceMs;
  while (!numbers.every(isGraded) && performance.now() < givenUp) await setTimeout(200);
  return [
    exactRow(`${name}: answers acknowledged and lost`, lost.length, 'answers', 0),
    exactRow(`${name}: grades wrong or missing`, numbers.filter((number) => !isGraded(number)).length, 'grades', 0),
  ];
}

const positions = Array.from({ length: questionCount }, (_, position) => position);

const textOf = (response: unknown) => (response as { text?: string } | null)?.text;

const countOf = (hiccups: Hiccups) => [...hiccups.values()].reduce((sum, count) => sum + count, 0);

const round = (value: number) => Math.round(value * 10) / 10;

function p95Of(all: readonly Sat[]): number {
  const saves = all.flatMap((one) => one.saves).sort((one, other) => one - other);
  return round(saves[Math.floor(saves.length * 0.95)] ?? 0);
}
