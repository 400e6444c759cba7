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
  /** Longer than paying one may take. */
  leaseMs: number;
  claim: (db: Database, asked: { now: Date; limit: number; leaseMs: number }) => Promise<Claim[]>;
  pay: (tools: Tools, claim: Claim) => Promise<Result>;
  /** What a fault of ours counts for. */
  fault: Result;
  record: (db: Database, claim: Claim, result: Result, noting: Noting) => Promise<void>;
  /** Told when it stands in the database. */
  noted?: (tools: Tools, claim: Claim, result: Result) => void;
}

/**
 * Claims what is due, at most `limit`, and begins to pay it.
 *
 * @returns one promise for each claim, fulfilled when it is paid or put off; none of them rejects
 */
export async function payDebts<Tools extends DebtTools, Claim extends AnyClaim, Result extends AnyResult>(
  tools: Tools,
  debt: Debt<Tools, Claim, Result>,
  limit: number,
): Promise<Promise<void>[]> {
  const claims = await debt.claim(tools.db, { now: tools.now(), limit, leaseMs: debt.leaseMs });
  return claims.map((claim) => payOne(tools, debt, claim));
}

/** The catch-all of one claim: a fault of ours is noted like a silent LMS, so that it is tried again. */
async function payOne<Tools extends DebtTools, Claim extends AnyClaim, Result extends AnyResult>(
  tools: Tools,
  { name, pay, fault, record, noted }: Debt<Tools, Claim, Result>,
  claim: Claim,
): Promise<void> {
  const { db, now, random } = tools;
  const log = tools.log.child({ placement: claim.placementId, revision: claim.revision });
  try {
    const result = await pay(tools, claim).catch((error: unknown) => {
      log.error({ err: error }, `${name} failed`);
      return fault;
    });
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
