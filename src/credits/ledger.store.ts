// The ledger in the database. Entries are only ever added, and the database refuses every one that would make an account wrong.
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { memberships } from '../database/tables/courses.ts';
import { creditConfirmations, creditEntries } from '../database/tables/credits.ts';
import { evidenceSchema, hashEvidence, type Evidence } from './evidence.ts';
import { groupBy } from './group-by.ts';
import { balanceOf, inForce, type Account, type LedgerEntry } from './ledger.ts';

/** A person's accounts in one course, by component; one that was never used is not in it. */
export type Accounts = ReadonlyMap<string, Account>;

/** The accounts of a course, by person. @param personIds undefined: everybody's */
export async function listAccounts(
  db: Database,
  courseId: number,
  personIds?: readonly number[],
): Promise<Map<number, Accounts>> {
  if (personIds?.length === 0) return new Map();
  const rows = await db
    .select(entry)
    .from(creditEntries)
    .where(
      and(
        eq(creditEntries.courseId, courseId),
        personIds ? inArray(creditEntries.personId, [...personIds]) : undefined,
      ),
    )
    .orderBy(asc(creditEntries.id));
  const ofPerson = groupBy(rows.map(entryOf), ({ personId }) => personId);
  return new Map(
    [...ofPerson].map(([personId, entries]) => [personId, groupBy(entries, ({ componentKey }) => componentKey)]),
  );
}

/** One person's accounts in all their courses, by course. */
export async function listAccountsOfPerson(db: Database, personId: number): Promise<Map<number, Accounts>> {
  const rows = await db
    .select({ ...entry, courseId: creditEntries.courseId })
    .from(creditEntries)
    .where(eq(creditEntries.personId, personId))
    .orderBy(asc(creditEntries.id));
  const ofCourse = groupBy(rows, ({ courseId }) => courseId);
  return new Map(
    [...ofCourse].map(([courseId, entries]) => [
      courseId,
      groupBy(entries.map(entryOf), ({ componentKey }) => componentKey),
    ]),
  );
}

/**
 * Holds the accounts of some people in a course until the transaction ends, in one order for everybody: what is then read of them stays
 * true until it is written. Who is no member has none.
 */
export async function lockAccounts(tx: Transaction, courseId: number, personIds: readonly number[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .select({ personId: memberships.personId })
    .from(memberships)
    .where(and(eq(memberships.courseId, courseId), inArray(memberships.personId, [...personIds])))
    .orderBy(asc(memberships.personId))
    .for('no key update');
}

/** What all entries of one act have in common. */
export interface Act {
  courseId: number;
  /** Null where the teacher's explicit rule did it by itself. */
  actorId: number | null;
  confirmationId?: number;
  now: Date;
}

/** What is to be entered on one account, which is locked. */
export interface NewEntry {
  personId: number;
  componentKey: string;
  account: Account;
  reason: string;
}

/** A new award or transfer. */
export interface NewAward extends NewEntry {
  kind: 'award' | 'transfer';
  planId: number;
  /** Of the component in that plan, in hundredths of a credit. */
  units: number;
  evidence: Evidence;
}

/**
 * Enters an award or transfer on an account without one.
 *
 * @returns the account with it
 */
export async function enterAward(tx: Transaction, act: Act, award: NewAward): Promise<LedgerEntry[]> {
  const { account, kind, units, planId, evidence, ...rest } = award;
  const last = account.at(-1);
  return insert(tx, act, account, {
    ...rest,
    ...{ kind, units, planId, evidence },
    componentUnits: units,
    idempotencyKey: `${kind}:${award.personId}:${award.componentKey}:${last?.id ?? 0}`,
  });
}

/**
 * Takes the award or transfer in force back, under the plan it was given under.
 *
 * @returns the account with the reversal; as it was where nothing is in force
 */
export async function enterReversal(tx: Transaction, act: Act, reversal: NewEntry): Promise<LedgerEntry[]> {
  const { account, ...rest } = reversal;
  const award = inForce(account);
  if (!award) return [...account];
  return insert(tx, act, account, {
    ...rest,
    ...{ kind: 'reversal', units: -award.units, planId: award.planId, evidence: award.evidence },
    componentUnits: award.units,
    idempotencyKey: `reversal:${award.id}`,
  });
}

type Entered = Pick<
  typeof creditEntries.$inferInsert,
  'personId' | 'componentKey' | 'kind' | 'units' | 'componentUnits' | 'planId' | 'reason' | 'idempotencyKey'
> & { evidence: Evidence };

async function insert(
  tx: Transaction,
  { courseId, actorId, confirmationId, now }: Act,
  account: Account,
  entered: Entered,
): Promise<LedgerEntry[]> {
  const balanceBefore = balanceOf(account);
  const [row] = await tx
    .insert(creditEntries)
    .values({
      ...{ courseId, actorId, confirmationId, ...entered, balanceBefore },
      balanceAfter: balanceBefore + entered.units,
      followsId: account.at(-1)?.id,
      evidenceHash: hashEvidence(entered.evidence),
      enteredAt: now,
    })
    .returning(entry);
  if (!row) throw new Error('An insert gave no row');
  return [...account, entryOf(row)];
}

/**
 * Keeps that somebody confirmed a list.
 *
 * @returns our key of it; null if a confirmation with that key is kept already
 */
export async function insertConfirmation(
  tx: Transaction,
  confirmation: Omit<typeof creditConfirmations.$inferInsert, 'id'>,
): Promise<number | null> {
  const [row] = await tx
    .insert(creditConfirmations)
    .values(confirmation)
    .onConflictDoNothing({ target: [creditConfirmations.courseId, creditConfirmations.key] })
    .returning({ id: creditConfirmations.id });
  return row?.id ?? null;
}

const entry = {
  id: creditEntries.id,
  personId: creditEntries.personId,
  componentKey: creditEntries.componentKey,
  kind: creditEntries.kind,
  units: creditEntries.units,
  planId: creditEntries.planId,
  evidence: creditEntries.evidence,
  evidenceHash: creditEntries.evidenceHash,
  reason: creditEntries.reason,
  actorId: creditEntries.actorId,
  confirmationId: creditEntries.confirmationId,
  enteredAt: creditEntries.enteredAt,
};

function entryOf(row: Pick<typeof creditEntries.$inferSelect, keyof typeof entry>): LedgerEntry {
  const { id, personId, componentKey, kind, units, planId, evidenceHash, reason, actorId, confirmationId, enteredAt } =
    row;
  return {
    ...{ id, personId, componentKey, kind, units, planId, evidenceHash, reason, actorId, confirmationId, enteredAt },
    evidence: evidenceSchema.parse(row.evidence),
  };
}
