// Hands in what is open though its time is over: where a request meets it, and by and by whatever no request ever meets again,
// so that the grade arrives though its learner does not return.
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { isOpen } from '../quizzes/attempt-state.ts';
import { getVersion } from '../quizzes/quiz.store.ts';
import type { Attempt } from './attempt.ts';
import { lockAttempt } from './attempt.store.ts';
import { handIn } from './submit-attempt.ts';
import { isOver } from './time-limit.ts';
import { findEnd, listPerhapsOver } from './time-limit.store.ts';

interface Tools {
  db: Database;
  now: () => Date;
}

const batchSize = 100;

/** How long nobody may notice. */
const turnMs = 30_000;

/**
 * Hands one attempt in if its time is over, with what was saved. Whoever grants more time at the same moment is either seen here,
 * or comes too late.
 *
 * @param whenHeld whether to wait for who is answering or handing it in just now, or to leave it to them
 * @returns whether this is what handed it in
 */
export async function handInIfOver(
  { db, now }: Tools,
  { id, personId }: Pick<Attempt, 'id' | 'personId'>,
  whenHeld: 'wait' | 'skip' = 'wait',
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const attempt = await lockAttempt(tx, id, personId, whenHeld);
    if (!attempt || !isOpen(attempt)) return false;
    const version = await getVersion(tx, attempt.quizVersionId);
    if (!isOver(await findEnd(tx, attempt, version), version, now())) return false;
    await handIn(tx, attempt, now());
    return true;
  });
}

/**
 * Hands in everybody's attempts whose time is over, each in a transaction of its own. One that cannot be keeps no other from it,
 * and any number of processes may do so at once.
 *
 * @param tools.signal aborted: no more is begun
 * @returns how many it handed in
 */
export async function handInOverdue(tools: Tools & { log: Logger; signal?: AbortSignal }): Promise<number> {
  const { db, now, log, signal } = tools;
  let handedIn = 0;
  let after = 0;
  for (;;) {
    const batch = await listPerhapsOver(db, now(), { after, limit: batchSize });
    for (const attempt of batch) {
      if (signal?.aborted) return handedIn;
      const isHandedIn = await handInIfOver(tools, attempt, 'skip').catch((error: unknown) => {
        log.error({ err: error, attemptId: attempt.id }, 'an attempt whose time is over stays open');
        return false;
      });
      if (isHandedIn) handedIn += 1;
      after = attempt.id;
    }
    if (batch.length < batchSize) return handedIn;
  }
}

/** Does so at once and every half a minute, until stopped; `onScoreWanted` is called when a gradebook may be owed something. */
export function startHandingIn(tools: Tools & { log: Logger; onScoreWanted: () => void }): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      const handedIn = await handInOverdue({ ...tools, signal }).catch((error: unknown) => {
        tools.log.error({ err: error }, 'attempts whose time is over stay open');
        return 0;
      });
      if (handedIn > 0) tools.onScoreWanted();
      // Stopping ends the sleep early, and says so by a rejection.
      await setTimeout(turnMs, undefined, { signal }).catch(() => {});
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
