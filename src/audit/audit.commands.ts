// `mustaqil audit …`: who did what, for whoever looks after the installation.
import type { Command } from 'commander';
import type { Database } from '../database/database.ts';
import { listEntries, type NamedEntry } from './audit.store.ts';

interface Tools {
  database: () => Database | Promise<Database>;
  print: (line: string) => void;
  fail: (message: string) => never;
}

const mostAtOnce = 10_000;

/** Adds the group to the program. */
export function auditCommands(program: Command, { database, print, fail }: Tools): void {
  program
    .command('audit')
    .description('what teachers and administrators did that changes grades, credits or access')
    .command('list')
    .description('show the log, the newest first')
    .option('--since <time>', 'nothing older than this, such as 2026-09-01 or 2026-09-01T08:00:00Z')
    .option('--before <number>', 'only what stands before this entry: how to go on where a list ended')
    .option('--limit <number>', `how many at most, up to ${mostAtOnce}`, '1000')
    .option('--json')
    .action(async (options: { since?: string; before?: string; limit: string; json?: true }) => {
      const since = options.since === undefined ? null : new Date(options.since);
      if (since && Number.isNaN(since.getTime())) fail(`--since ${options.since}: give a date, such as 2026-09-01.`);
      const before = options.before === undefined ? null : Number(options.before);
      if (before !== null && !Number.isSafeInteger(before)) fail(`--before ${options.before}: give an entry’s number.`);
      const limit = Number(options.limit);
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostAtOnce)
        fail(`--limit ${options.limit}: give a number from 1 to ${mostAtOnce}.`);
      const entries = await listEntries(await database(), { since, before, limit });
      if (options.json) print(JSON.stringify(entries.map(withoutNames)));
      else if (entries.length === 0) print('Nothing was done that stands in the log.');
      else for (const entry of entries) print(lineOf(entry));
    });
}

/** As it is kept: names are for pages, whose readers may see them. */
function withoutNames(entry: NamedEntry) {
  const { id, begunAt, actor, actorId, act, courseId, placementId, attemptId, subjectIds, target } = entry;
  const { requestId, status, outcome } = entry;
  const about = { courseId, placementId, attemptId, subjectIds, target };
  return { id, begunAt, actor, actorId, act, ...about, requestId, outcome: outcome ?? 'unknown', status };
}

function lineOf(entry: NamedEntry): string {
  const { id, begunAt, actor, actorId, act, courseId, placementId, attemptId, subjectIds, target, status } = entry;
  const places = { course: courseId, placement: placementId, attempt: attemptId, ...target };
  const named = Object.entries(places).flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
  return [
    `${id}  ${begunAt.toISOString()}`,
    actorId === null ? actor : `${actor} ${actorId}`,
    act,
    ...named,
    ...(subjectIds.length > 0 ? [`about ${subjectIds.join(', ')}`] : []),
    `${entry.outcome ?? 'unknown'}${status === null ? '' : ` (${status})`}`,
  ].join('  ');
}
