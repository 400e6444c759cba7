// A backup that is taken while people work holds one moment: all that was acknowledged before, and nothing by halves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { presetPolicies } from '../../../src/credits/policy-presets.ts';
import { readBackup, writeBackup } from '../../../src/database/backup/backup-file.ts';
import { loadBackup } from '../../../src/database/backup/load-backup.ts';
import { takeBackup } from '../../../src/database/backup/take-backup.ts';
import { rowsOf, type Database } from '../../../src/database/database.ts';
import { activity, planOf, publishPlan } from '../../support/credits.ts';
import { confirmPass } from '../../support/fill-credits.ts';
import { newLedgerCourse, type LedgerCourse } from '../../support/ledger-course.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { enginesThere, newDatabases } from '../../support/new-databases.ts';
import { answer, handIn, openQuiz, publish, takeQuiz } from '../../support/people.ts';
import { newStudent } from '../../support/school.ts';
import { until } from '../../support/until.ts';

let mustaqil: TestMustaqil;
let directory: string;
let course: LedgerCourse;
const databases = newDatabases();
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mustaqil-test-'));
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  course = await newLedgerCourse(mustaqil.db, { students: 200 });
  const plan = planOf({ activities: [activity('exam', { controlKey: 'YN', points: '100' })] });
  await publishPlan(mustaqil.db, { ...course, plan, policy: presetPolicies.ects }, new Date());
});
afterAll(async () => {
  await databases.close();
  await mustaqil.stop();
  await rm(directory, { recursive: true, force: true });
});

/** By a key, what stands there. */
type Work = Map<string, string>;

async function workIn(db: Database, statement: SQL): Promise<Work> {
  const row = z.object({ key: z.string(), work: z.string() });
  const rows = await db.transaction((tx) => rowsOf(tx, row, statement));
  return new Map(rows.map(({ key, work }) => [key, work]));
}

/** What was handed in, with its answers and its cell of the gradebook: one transaction each, and never changed afterwards. */
const handedIn = (db: Database) =>
  workIn(
    db,
    sql`select a.id::text as key, concat_ws(' ', a.points, a.maximum_points, c.score_given, c.score_maximum, c.revision,
        (select string_agg(w.position || ':' || w.response::text, ' ' order by w.position) from answers w where w.attempt_id = a.id)) as work
      from attempts a left join gradebook_cells c on c.placement_id = a.placement_id and c.person_id = a.person_id
      where a.submitted_at is not null order by a.id`,
  );

/** Cells of gradebooks, by their learner. */
const cells = (db: Database) =>
  workIn(
    db,
    sql`select person_id::text as key, score_given::text as work from gradebook_cells where basis = 'attempts' order by 1`,
  );

/** The ledger: each account's balance, and the list that confirmed it. */
const balances = (db: Database) =>
  workIn(
    db,
    sql`select e.person_id::text as key, concat_ws(' ', e.units, e.balance_after, l.note) as work
      from credit_entries e left join credit_confirmations l on l.id = e.confirmation_id order by 1`,
  );

test('a backup taken while students hand in and credits are confirmed holds one moment, and a learner goes on where it was restored', async () => {
  const { db } = mustaqil;
  const aziz = await openQuiz(mustaqil);
  await answer(aziz, { capital: 'Bishkek', sum: '5' });
  let isOver = false;
  const work = async () => {
    while (!isOver) {
      const student = newStudent(mustaqil, 'Load');
      await takeQuiz(await openQuiz(mustaqil, { student }), { capital: 'Bishkek', sum: '4' });
      const personId = course.studentIds.pop() ?? 0;
      await confirmPass(db, { ...course, personId, comment: `list ${personId}`, evidence: '' }, new Date());
    }
  };
  const grown = (than: { handedIn: Work; balances: Work }) =>
    until(
      async () =>
        (await handedIn(db)).size > than.handedIn.size + 1 && (await balances(db)).size > than.balances.size + 1,
    );
  const load = [work(), work(), work()];
  await grown({ handedIn: new Map(), balances: new Map() });
  const before = { handedIn: await handedIn(db), balances: await balances(db) };
  const file = join(directory, 'load');
  const circumstances = { sealingKey: new Uint8Array(32), now: mustaqil.clock.now };
  await takeBackup(db, circumstances, (lines) => writeBackup(file, lines));
  const meanwhile = { handedIn: await handedIn(db), balances: await balances(db) };
  await grown(meanwhile);
  isOver = true;
  await Promise.all(load);
  const after = { handedIn: await handedIn(db), balances: await balances(db) };

  for (const engine of enginesThere()) {
    const { db: restored } = await databases.open(engine);
    expect(await loadBackup(restored, readBackup(file))).toMatchObject({ ok: true });
    for (const [kind, read] of [['handedIn', handedIn] as const, ['balances', balances] as const]) {
      const there = await read(restored);
      // Everything acknowledged before, all of it as it was, and not what came after.
      expect([...there.keys()]).toEqual(expect.arrayContaining([...before[kind].keys()]));
      expect([...meanwhile[kind].keys()]).toEqual(expect.arrayContaining([...there.keys()]));
      expect(there.size).toBeLessThan(after[kind].size);
      expect(there).toEqual(new Map([...after[kind]].filter(([key]) => there.has(key))));
    }
    expect((await cells(restored)).size).toBe((await handedIn(restored)).size);
    expect((await handedIn(restored)).size).toBeGreaterThan(0);
  }

  const { db: restored } = await databases.open();
  await loadBackup(restored, readBackup(file));
  mustaqil.continueOn(restored);
  const earlier = await handedIn(restored);
  const again = await openQuiz(mustaqil);
  await again.submit('form[action$="/attempts"]');
  await again.submit('#attempt button');
  await handIn(again);
  const added = [...(await handedIn(restored))].filter(([key]) => !earlier.has(key));
  expect(added).toHaveLength(1);
  expect((await cells(restored)).size).toBe(earlier.size + 1);
  // What was answered before the backup is in it, and the first database learns nothing of it.
  expect(added[0]?.[1]).toMatch(/ 0:.* 1:/);
  expect(await handedIn(db)).toEqual(after.handedIn);
});
