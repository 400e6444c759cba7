// What is owed to gradebooks, whatever kind it is: claimed by one process, paid outside any transaction, and noted. Nothing that
// fails is lost, and nothing that fails stops another.
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { DeliveryCause } from './delivery-cause.ts';
import { isLaneMatter } from './delivery-lane.ts';
import { nextTry } from './delivery-plan.ts';

export interface DebtTools {
  db: Database;
  now: () => Date;
  log: Logger;
  /** A number from 0 up to 1, as `Math.random` gives. */
  random: () => number;
}

/** What a claim has at least; `tries` counts the one it was claimed for. */
interface AnyClaim {
  revision: number;
  placementId: number;
  tries: number;
  /** When others may take it over; it moves on for as long as the claim is being paid. */
  claimedUntil: Date;
}

interface AnyResult {
  outcome: string;
  cause: DeliveryCause | null;
  status: number | null;
}

/** When something is noted, when it is to be tried again if it must be, and chance, from 0 up to 1. */
export interface Noting {
  now: Date;
  nextTryAt: Date;
  jitter: number;
}

/** One kind of debt. */
export interface Debt<Tools extends DebtTools, Claim extends AnyClaim, Result extends AnyResult> {
  /** What the log calls it. */
  name: string;
  /** How many one process has in hand at a time. */
  mostInHand: number;
  claim: (db: Database, asked: { now: Date; limit: number; claimedUntil: Date }) => Promise<Claim[]>;
  /** Keeps a claim until then, and says whether it was still to be kept: nobody else has taken it over. */
  prolong: (db: Database, claim: Claim, until: Date) => Promise<boolean>;
  pay: (tools: Tools, claim: Claim) => Promise<Result>;
  /** What a fault of ours counts for. */
  fault: Result;
  record: (db: Database, claim: Claim, result: Result, noting: Noting) => Promise<void>;
  /** Told when it stands in the database. */
  noted?: (tools: Tools, claim: Claim, result: Result) => void;
}

/** As long as what a process had in hand waits for others when it dies, and with it what waits behind it at that LMS. */
export const leaseMs = 30_000;
/** A claim outlives two of these that fail. */
export const prolongEveryMs = leaseMs / 3;

/**
 * Claims what is due, at most `limit`, and begins to pay it; however long that takes, it stays ours while this process lives.
 *
 * @returns one promise for each claim, fulfilled when it is paid or put off; none of them rejects
 */
export async function payDebts<Tools extends DebtTools, Claim extends AnyClaim, Result extends AnyResult>(
  tools: Tools,
  debt: Debt<Tools, Claim, Result>,
  limit: number,
): Promise<Promise<void>[]> {
  const now = tools.now();
  const claims = await debt.claim(tools.db, { now, limit, claimedUntil: new Date(now.getTime() + leaseMs) });
  return claims.map((claim) => payOne(tools, debt, claim));
}

/** The catch-all of one claim: a fault of ours is noted like a silent LMS, so that it is tried again. */
async function payOne<Tools extends DebtTools, Claim extends AnyClaim, Result extends AnyResult>(
  tools: Tools,
  debt: Debt<Tools, Claim, Result>,
  claim: Claim,
): Promise<void> {
  const { name, pay, fault, record, noted } = debt;
  const { db, now, random } = tools;
  const log = tools.log.child({ placement: claim.placementId, revision: claim.revision });
  try {
    const keeping = keep(tools, debt, claim);
    const result = await pay(tools, claim).catch((error: unknown) => {
      log.error({ err: error }, `${name} failed`);
      return fault;
    });
    await keeping.end();
    const { outcome, cause, status } = result;
    const [at, jitter] = [now(), random()];
    const nextTryAt = nextTry({ now: at, tries: claim.tries, isLaneMatter: isLaneMatter(cause), jitter });
    await record(db, claim, result, { now: at, nextTryAt, jitter });
    noted?.(tools, claim, result);
    log.info({ outcome, cause, status }, name);
  } catch (error) {
    log.error({ err: error }, `${name} could not be noted`);
  }
}

/** Prolongs a claim again and again, until told to end. What cannot be prolonged is ours no longer than it was. */
function keep<Tools extends DebtTools, Claim extends AnyClaim, Result extends AnyResult>(
  { db, now }: Tools,
  { prolong }: Debt<Tools, Claim, Result>,
  claim: Claim,
): { end: () => Promise<void> } {
  const prolongOnce = async () => {
    const until = new Date(now().getTime() + leaseMs);
    if (await prolong(db, claim, until)) claim.claimedUntil = until;
  };
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(prolongOnce).catch(() => {});
  }, prolongEveryMs);
  return {
    end: () => {
      clearInterval(timer);
      return last;
    },
  };
}
