// What two people do at the same moment.
import { z } from 'zod';
import type { Transaction } from '../../src/database/database.ts';
import { until } from './until.ts';

/** Does something as soon as `open` is called; outside of the transaction in which that is. */
export function later<Done>(work: () => Promise<Done>): { open: () => void; done: Promise<Done> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, done: opened.then(work) };
}

/** Until somebody waits for what this transaction holds. The embedded engine lets nobody else in until it is over. */
export async function untilAwaited(tx: Transaction): Promise<void> {
  if (globalThis.engine !== 'postgres') return;
  await until(async () => {
    const waiting = await tx.execute(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return z.object({ rows: z.array(z.unknown()) }).parse(waiting).rows.length > 0;
  });
}
