// Keeps the gradebooks up to date: takes what is owed, posts it outside any transaction, notes what came of it. One crash, one
// dead LMS or one bad cell stops nothing else.
import type { Logger } from 'pino';
import { nextTry } from './delivery-plan.ts';
import { claimDueCells, recordDelivery, type ClaimedCell } from './gradebook-cell.store.ts';
import { postCell, type PostingTools } from './post-cell.ts';

export interface DeliveryTools extends PostingTools {
  log: Logger;
  /** A number from 0 up to 1, as `Math.random` gives. */
  random: () => number;
}

/** The deliveries of this process. */
export interface GradeDelivery {
  /** Something may be owed: look at once instead of at the next turn. */
  wake(): void;
  /** Finishes what is in hand and ends. */
  stop(): Promise<void>;
}

/** How many cells one process has in hand at a time. */
const mostInHand = 20;
/** Longer than a post, a token and a result together may take (three times 5 s, and a second post). */
const leaseMs = 30_000;
/** How often to look for what became due, or was left behind by another process. */
const turnMs = 2_000;

/**
 * Delivers what is owed and due, up to twenty cells.
 *
 * @returns how many cells it was; 0: nothing is due now
 */
export async function deliverOnce(tools: DeliveryTools): Promise<number> {
  const deliveries = await beginDeliveries(tools, mostInHand);
  await Promise.all(deliveries);
  return deliveries.length;
}

/**
 * Delivers from now on, whenever woken and every two seconds, until stopped. An LMS that does not answer keeps only its own cells
 * waiting: others are taken up as soon as there is a hand free.
 */
export function startGradeDelivery(tools: DeliveryTools): GradeDelivery {
  const inHand = new Set<Promise<void>>();
  let isStopped = false;
  let isAwaited = false;
  let wakeSleeper = () => {};
  const wake = () => {
    isAwaited = true;
    wakeSleeper();
  };

  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, turnMs);
      wakeSleeper = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    while (!isStopped) {
      isAwaited = false;
      const begun = await beginDeliveries(tools, mostInHand - inHand.size).catch((error: unknown) => {
        tools.log.error({ err: error }, 'grade delivery could not be read');
        return [];
      });
      for (const delivery of begun) {
        inHand.add(delivery);
        // Each free hand looks for more: there may be more due than there were hands.
        void delivery.then(() => inHand.delete(delivery)).then(wake);
      }
      if (!isAwaited && !isStopped) await sleep();
    }
    await Promise.all(inHand);
  };
  const running = run();

  return {
    wake,
    stop: async () => {
      isStopped = true;
      wakeSleeper();
      await running;
    },
  };
}

async function beginDeliveries(tools: DeliveryTools, limit: number): Promise<Promise<void>[]> {
  if (limit <= 0) return [];
  const cells = await claimDueCells(tools.db, { now: tools.now(), limit, leaseMs });
  return cells.map((cell) => deliver(tools, cell));
}

/** The catch-all of one delivery: a fault of ours is noted like a silent LMS, so the cell is tried again and nothing is lost. */
async function deliver(tools: DeliveryTools, cell: ClaimedCell): Promise<void> {
  const { db, log, now } = tools;
  try {
    const { retryAfterSeconds, ...result } = await postCell(tools, cell).catch((error: unknown) => {
      log.error({ err: error, cell: cell.id }, 'grade delivery failed');
      return { outcome: 'unavailable' as const, status: null, detail: 'fault', retryAfterSeconds: null };
    });
    const nextTryAt = nextTry({ now: now(), tries: cell.tries, retryAfterSeconds, jitter: tools.random() });
    await recordDelivery(db, cell, result, { now: now(), nextTryAt });
    log.info(
      { cell: cell.id, revision: cell.revision, outcome: result.outcome, status: result.status },
      'grade delivery',
    );
  } catch (error) {
    log.error({ err: error, cell: cell.id }, 'grade delivery could not be noted');
  }
}
