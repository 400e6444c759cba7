// What has been kept for as long as the settings say goes by itself, once a day. Nothing goes where no setting says so.
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { erasePerson } from './erase-person.ts';
import { eraseAttempts, eraseConnectionLogOf } from './erasure.store.ts';
import { listGone, lockIdle, lockLogged, type Page } from './retention.store.ts';

/** After how many days something goes by itself; null: never. */
export interface Retention {
  /** From where an attempt was answered, and what came too late: after its end. */
  connectionLogDays: number | null;
  /** Answers, files and what was said about them: after the last launch into their course. */
  answersDays: number | null;
  /** All that is personal of somebody: after their last launch. */
  peopleDays: number | null;
}

interface Tools {
  db: Database;
  now: () => Date;
  log: Logger;
  retention: Retention;
  /** Aborted: no more is begun. */
  signal?: AbortSignal;
}

/** How much went. */
export interface Gone {
  connectionLogs: number;
  attempts: number;
  people: number;
}

/** So many at a time: nobody waits for long because of it. */
const batchSize = 100;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Takes away what is older than the settings say: connection logs, answers, people, in batches with a transaction each. Any number of
 * processes may do so at once. One person who cannot be erased now keeps no other.
 */
export async function applyRetention(tools: Tools): Promise<Gone> {
  const { db, now, log, retention, signal } = tools;
  const { connectionLogDays, answersDays, peopleDays } = retention;
  const connectionLogs = await inBatches(tools, connectionLogDays, (before, page) =>
    db.transaction(async (tx) => {
      const ids = await lockLogged(tx, before, page);
      await eraseConnectionLogOf(tx, ids);
      return ids;
    }),
  );
  const attempts = await inBatches(tools, answersDays, (before, page) =>
    db.transaction(async (tx) => {
      const ids = await lockIdle(tx, before, page);
      await eraseAttempts(tx, ids, now());
      return ids;
    }),
  );
  const people = await inBatches(tools, peopleDays, async (before, page) => {
    const ids = await listGone(db, before, page);
    for (const personId of ids) {
      if (signal?.aborted) break;
      await erasePerson({ db, now }, personId).catch((error: unknown) => {
        log.error({ err: error, personId }, 'a person who is gone for long is still kept');
      });
    }
    return ids;
  });
  return { connectionLogs, attempts, people };
}

/** One batch after another until there are no more. @returns how many in all */
async function inBatches(
  { now, signal }: Tools,
  days: number | null,
  takeSome: (before: Date, page: Page) => Promise<number[]>,
): Promise<number> {
  if (days === null) return 0;
  const before = new Date(now().getTime() - days * dayMs);
  let taken = 0;
  let after = 0;
  while (!signal?.aborted) {
    const ids = await takeSome(before, { after, limit: batchSize });
    taken += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < batchSize) break;
  }
  return taken;
}

/** Does so at once and every day, until stopped. */
export function startRetention(tools: Omit<Tools, 'signal'>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const isWanted = Object.values(tools.retention).some((days) => days !== null);
  const run = async () => {
    while (isWanted && !signal.aborted) {
      try {
        const gone = await applyRetention({ ...tools, signal });
        if (Object.values(gone).some((count) => count > 0)) tools.log.info(gone, 'kept for long enough');
      } catch (error) {
        tools.log.error({ err: error }, 'what was kept for long enough is still there');
      }
      // Stopping ends the sleep early, and says so by a rejection.
      await setTimeout(dayMs, undefined, { signal }).catch(() => {});
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
