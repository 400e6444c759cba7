// Keeps the gradebooks up to date, their columns and their scores. One crash, one dead LMS or one bad cell stops nothing else.
import {
  claimDueCells,
  prolongCell,
  recordDelivery,
  type ClaimedCell,
  type DeliveryResult,
} from './claimed-cell.store.ts';
import {
  claimDueColumns,
  prolongColumn,
  recordColumn,
  type ClaimedColumn,
  type ColumnResult,
} from './claimed-column.store.ts';
import { payDebts, type Debt, type DebtTools } from './debt.ts';
import { startLoop, type Loop } from './delivery-loop.ts';
import type { FinishedTry } from './delivery-metrics.ts';
import { postCell, type PostingTools } from './post-cell.ts';
import { settleColumn } from './settle-column.ts';

export interface DeliveryTools extends DebtTools, PostingTools {
  /** Told of every try to deliver a score, once it is noted. */
  onTried: (finished: FinishedTry) => void;
}

/** The deliveries of this process. */
export type GradeDelivery = Loop;

/** How often to look for what became due, or was left behind by another process. */
const turnMs = 2_000;

const fault = { outcome: 'unavailable', cause: null, status: null, detail: 'fault', retryAfterSeconds: null } as const;

const columns: Debt<DeliveryTools, ClaimedColumn, ColumnResult> = {
  name: 'gradebook column',
  mostInHand: 5,
  claim: claimDueColumns,
  prolong: prolongColumn,
  pay: settleColumn,
  fault: { ...fault, found: null, gone: null },
  record: recordColumn,
};

const scores: Debt<DeliveryTools, ClaimedCell, DeliveryResult> = {
  name: 'grade delivery',
  // At three LMSs that do not answer, each with as many under way as one may have, until it is given up.
  mostInHand: 24,
  claim: claimDueCells,
  prolong: prolongCell,
  pay: postCell,
  fault,
  record: recordDelivery,
  noted: ({ onTried }, { registrationId }, { outcome, cause }) => onTried({ registrationId, outcome, cause }),
};

/**
 * Pays what is owed and due: up to five columns, then up to twenty-four scores, for a score needs its column.
 *
 * @returns how many scores it was; 0: none is due now
 */
export async function deliverOnce(tools: DeliveryTools): Promise<number> {
  await Promise.all(await payDebts(tools, columns, columns.mostInHand));
  const deliveries = await payDebts(tools, scores, scores.mostInHand);
  await Promise.all(deliveries);
  return deliveries.length;
}

/**
 * Delivers from now on, whenever woken and every two seconds, until stopped. An LMS that does not answer keeps only its own cells
 * waiting: others are taken up as soon as there is a hand free, and columns have hands of their own.
 */
export function startGradeDelivery(tools: DeliveryTools): GradeDelivery {
  const onFault = (error: unknown) => tools.log.error({ err: error }, 'grade delivery could not be read');
  const scoreLoop = startLoop({
    mostInHand: scores.mostInHand,
    turnMs,
    begin: (limit) => payDebts(tools, scores, limit),
    onFault,
  });
  const columnLoop = startLoop({
    mostInHand: columns.mostInHand,
    turnMs,
    // A score may have waited for its column.
    begin: async (limit) => (await payDebts(tools, columns, limit)).map((paid) => paid.then(() => scoreLoop.wake())),
    onFault,
  });
  return {
    wake: () => {
      columnLoop.wake();
      scoreLoop.wake();
    },
    stop: async () => {
      await Promise.all([columnLoop.stop(), scoreLoop.stop()]);
    },
  };
}
