// How fast owed grades reach a gradebook, by one process and by two on one PostgreSQL, and whether each is posted exactly once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lt } from 'drizzle-orm';
import { deriveKeys } from '../src/config.ts';
import type { Database } from '../src/database/database.ts';
import { gradebookCells } from '../src/database/tables/grades.ts';
import { listPublicKeys } from '../src/platforms/tool-keys.store.ts';
import { startTool } from '../test/support/tool-process.ts';
import { startCountingLms, type CountingLms } from './counting-lms.ts';
import { oweGrades, type OwedGrade } from './owed-grades.ts';
import { withPostgres, type BenchDatabase } from './postgres.ts';
import { exactRow, figureRow, type Row } from './row.ts';

const secret = 'a secret for benches, of no use anywhere else';
const lookAgainMs = 50;
/** After so long without another score, what is still owed does not come. */
const patienceMs = 30_000;

/** Drains the same debt with two workers and with one. */
export async function* benchDelivery({ grades }: { grades: number }): AsyncGenerator<Row> {
  for (const workers of [2, 1]) {
    yield* await withPostgres(async (newDatabase) => drain(await newDatabase(), { grades, workers }));
  }
}

async function drain(database: BenchDatabase, { grades, workers }: { grades: number; workers: number }) {
  const { db } = database;
  const folder = await mkdtemp(join(tmpdir(), 'mustaqil-bench-'));
  const lms = await startCountingLms(() => listPublicKeys(db, null, new Date()));
  const owed = await oweGrades({ db, lms: lms.lms, sealingKey: deriveKeys(secret).toolKeys }, grades);
  const settings = { DATABASE_URL: database.url, DATA_DIR: folder, MUSTAQIL_SECRET: secret };
  const processes = await Promise.all(Array.from({ length: workers }, () => startTool(settings)));
  try {
    lms.open();
    await untilPaid(db, lms);
  } finally {
    await Promise.all(processes.map((one) => one.kill()));
    await lms.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
  return rowsOf(`deliver ${grades} grades with ${workers} worker${workers > 1 ? 's' : ''}`, owed, lms);
}

/** Waits until nothing is owed, or nothing comes any more. */
async function untilPaid(db: Database, { arrivals }: CountingLms) {
  let [seen, seenAt] = [0, performance.now()];
  while ((await db.$count(gradebookCells, lt(gradebookCells.deliveredRevision, gradebookCells.revision))) > 0) {
    if (arrivals.length > seen) [seen, seenAt] = [arrivals.length, performance.now()];
    if (performance.now() - seenAt > patienceMs) return;
    await setTimeout(lookAgainMs);
  }
}

function rowsOf(name: string, owed: readonly OwedGrade[], { lms, arrivals, senders }: CountingLms) {
  const seconds = ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1000;
  const wrong = owed.filter(({ activity, student, points }) => lms.gradeOf(activity, student)?.points !== points);
  return [
    figureRow(name, Math.round(arrivals.length / seconds), 'grades/s'),
    exactRow(`${name}: posts per grade`, arrivals.length / owed.length, 'posts', 1),
    exactRow(`${name}: wrong or missing in the gradebook`, wrong.length, 'grades', 0),
    // Not a must: whoever is quick may leave nothing to the other.
    figureRow(`${name}: took part`, senders.size, 'workers'),
  ];
}
