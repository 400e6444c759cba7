// What can happen to the tool itself: its processes are killed, its database goes away and comes back.
import type { RestartableDatabase } from './database.ts';
import type { Trouble } from './saboteur.ts';
import type { Workers } from './workers.ts';

/** By name. Each lasts until everything is there again, however long that takes on a busy machine: else nobody could ever work. */
export function toolTroubles(workers: Workers, database: RestartableDatabase): Record<string, Trouble> {
  const untilWell =
    (happen: () => Promise<boolean>): Trouble =>
    async (signal) => {
      const isMet = await happen();
      await workers.allAlive(signal);
      return isMet;
    };
  const killOne = untilWell(() => workers.killOne());
  const restart = (how: 'stop' | 'crash') => untilWell(() => database.restart(how).then(() => true));
  return {
    'the tool: one process killed': killOne,
    'the tool: another process killed': killOne,
    'the tool: all processes killed': untilWell(async () => {
      const isMet = await workers.killOne();
      while (await workers.killOne());
      return isMet;
    }),
    'the database: restarted': restart('stop'),
    'the database: crashed': restart('crash'),
  };
}
