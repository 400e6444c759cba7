// Whether a process and its database grow under a load that stays the same: what the last third needs, beside the third before.
import { execFileSync } from 'node:child_process';
import { sql } from 'drizzle-orm';
import type { Database } from '../src/database/database.ts';
import { mostConnections } from '../src/database/postgres.ts';
import { rateLimits } from '../src/database/tables/rate-limits.ts';
import { contentRequests, sessions, spentLogins } from '../src/database/tables/sessions.ts';
import { atMostRow, figureRow, type Row } from './row.ts';

const everyMs = 5_000;

interface Sample {
  megabytes: number;
  connections: number;
}

export interface Growth {
  stop(): void;
  /** @param launches that there were */
  rows(name: string, launches: number): Promise<Row[]>;
}

/** Tables whose rows are good for a while only. */
const temporary = [sessions, spentLogins, rateLimits, contentRequests];
/** The most that one launch leaves there until they are swept: a session, and its login. */
const rowsOfLaunch = 2;

/** What a process that is watched calls itself at PostgreSQL. */
export const watchedName = 'mustaqil';

/** Begins to watch. @param pid of the process */
export function watchGrowth(db: Database, pid: number): Growth {
  const samples: Sample[] = [];
  const look = async () => {
    const [row] = await db
      .select({ count: sql`count(*)`.mapWith(Number) })
      .from(sql`pg_stat_activity`)
      .where(sql`application_name = ${watchedName}`);
    samples.push({ megabytes: megabytesOf(pid), connections: row?.count ?? 0 });
  };
  const timer = setInterval(() => void look(), everyMs);
  return {
    stop: () => clearInterval(timer),
    rows: async (name, launches) => {
      const third = Math.floor(samples.length / 3);
      const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
      const grown = median(last, 'megabytes') / median(middle, 'megabytes');
      const counts = await Promise.all(temporary.map((table) => db.$count(table)));
      return [
        figureRow(`${name}: memory`, Math.round(median(last, 'megabytes')), 'MB'),
        atMostRow(
          `${name}: memory of the last third beside the third before`,
          Math.round(grown * 100) / 100,
          'times',
          1.1,
        ),
        atMostRow(`${name}: connections to PostgreSQL`, most(samples), 'connections', mostConnections),
        atMostRow(
          `${name}: temporary rows that a launch leaves`,
          Math.round((counts.reduce((sum, count) => sum + count, 0) / launches) * 100) / 100,
          'rows',
          rowsOfLaunch,
        ),
      ];
    },
  };
}

/** Of a process of this machine, as it stands in memory. */
export function megabytesOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024;
}

const median = (samples: readonly Sample[], what: keyof Sample) =>
  samples.map((sample) => sample[what]).sort((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0;

const most = (samples: readonly Sample[]) => Math.max(0, ...samples.map(({ connections }) => connections));
