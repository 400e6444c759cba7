// The ledger refuses what must never be, whoever writes it: these rows go past our code, straight to the database.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { creditEntries } from '../../src/database/tables/credits.ts';
import type { OpenDatabase } from '../../src/database/database.ts';
import { publishPlan } from '../support/credits.ts';
import { openTestDatabase } from '../support/database.ts';
import { newLedgerCourse, type LedgerCourse } from '../support/ledger-course.ts';

const now = new Date('2026-11-26T08:00:00Z');
let database: OpenDatabase;
let course: LedgerCourse;
let other: LedgerCourse;
let planId: number;
let otherPlanId: number;
let first: number;
beforeAll(async () => {
  database = await openTestDatabase();
  course = await newLedgerCourse(database.db);
  other = await newLedgerCourse(database.db);
  planId = await publishPlan(database.db, course, now);
  otherPlanId = await publishPlan(database.db, other, now);
  first = await enter({});
});
afterAll(() => database.close());

type Row = typeof creditEntries.$inferInsert;

let keys = 0;

/** An award of 6 credits to the first student, unless something else is said. */
function row(said: Partial<Row>): Row {
  const { courseId, studentIds, teacherId } = course;
  return {
    ...{ courseId, personId: studentIds[0] ?? 0, componentKey: 'course', kind: 'award', planId },
    ...{ units: 600, componentUnits: 600, balanceBefore: 0, balanceAfter: 600, followsId: null },
    ...{ evidence: {}, evidenceHash: '0'.repeat(64), reason: '', actorId: teacherId },
    ...{ idempotencyKey: `${++keys}`, enteredAt: now, ...said },
  };
}

async function enter(said: Partial<Row>): Promise<number> {
  const [entered] = await database.db.insert(creditEntries).values(row(said)).returning();
  return entered?.id ?? 0;
}

/** The second student: nothing stands on the account. */
const fresh = () => ({ personId: course.studentIds[1] ?? 0 });
const reversal = { kind: 'reversal', units: -600, balanceBefore: 600, balanceAfter: 0, reason: 'A mistake' } as const;

describe('The database refuses', () => {
  test.each<[string, () => Partial<Row>]>([
    ['a second award that follows nothing', () => ({})],
    ['a second award on top of the first', () => ({ followsId: first, balanceBefore: 600, balanceAfter: 1200 })],
    ['an award that ignores the balance before it', () => ({ followsId: first })],
    ['an award of a part', () => ({ ...fresh(), units: 300, balanceAfter: 300 })],
    [
      'an award of a part that says it is all',
      () => ({ ...fresh(), units: 300, componentUnits: 300, balanceAfter: 300 }),
    ],
    ['an award of nothing', () => ({ ...fresh(), units: 0, componentUnits: 0, balanceAfter: 0 })],
    ['an award of less than nothing', () => ({ ...fresh(), units: -600, balanceAfter: -600 })],
    ['a balance that does not add up', () => ({ ...fresh(), balanceAfter: 1200 })],
    ['a beginning from something', () => ({ ...fresh(), balanceBefore: 600, balanceAfter: 1200 })],
    ['a reversal of nothing', () => ({ ...fresh(), ...reversal })],
    ['a reversal of half', () => ({ ...reversal, followsId: first, units: -300, balanceAfter: 300 })],
    ['a reversal of somebody else', () => ({ ...fresh(), ...reversal, followsId: first })],
    ['a reversal without a reason', () => ({ ...reversal, followsId: first, reason: '' })],
    ['a transfer without a reason', () => ({ ...fresh(), kind: 'transfer' })],
    ['a kind that there is not', () => ({ ...fresh(), kind: 'present' as 'award' })],
    ['credits for a component that the plan does not have', () => ({ ...fresh(), componentKey: 'm1' })],
    ['credits under the plan of another course', () => ({ ...fresh(), planId: otherPlanId })],
    ['credits for who is not in the course', () => ({ personId: other.studentIds[0] ?? 0 })],
    ['the same act twice', () => ({ ...fresh(), idempotencyKey: '1' })],
    ['evidence without its fingerprint', () => ({ ...fresh(), evidenceHash: '' })],
  ])('%s', async (_what, said) => {
    const before = await database.db.select().from(creditEntries);
    await expect(enter(said())).rejects.toThrow('Failed query');
    expect(await database.db.select().from(creditEntries)).toEqual(before);
  });

  test.each(['update credit_entries set reason = $$better$$', 'delete from credit_entries'])(
    'to %s',
    async (statement) => {
      await expect(database.db.execute(sql.raw(statement))).rejects.toThrow('Failed query');
    },
  );

  test.each(['credit_policies', 'credit_plans', 'credit_components'])('to change %s', async (table) => {
    await expect(database.db.execute(sql.raw(`delete from ${table}`))).rejects.toMatchObject({
      cause: { message: expect.stringContaining('are never changed') },
    });
  });
});

test('A reversal and another award are two entries more, and a second reversal of the first is none', async () => {
  const reversed = await enter({ ...reversal, followsId: first });
  await expect(enter({ ...reversal, followsId: first })).rejects.toThrow('Failed query');
  await enter({ followsId: reversed });
});
