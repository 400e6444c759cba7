// `mustaqil grades …`: grades that are not in the gradebook, for whoever looks after the installation.
import type { Command } from 'commander';
import type { Database } from '../database/database.ts';
import type { PlatformCommandTools } from '../platforms/command-tools.ts';
import { listRegistrations } from '../platforms/platform.store.ts';
import { requeueGrades } from './requeue.store.ts';
import { listUndelivered, type GradeChoice, type Undelivered } from './undelivered.store.ts';

type Tools = Pick<PlatformCommandTools, 'database' | 'now' | 'print' | 'fail'>;

/** Which grades somebody means, as typed. */
interface Chosen {
  issuer?: string;
  clientId?: string;
  placement?: string;
}

/** Adds the group to the program. */
export function gradesCommands(program: Command, tools: Tools): void {
  const grades = program.command('grades').description('grades that are not in the gradebook');
  addList(grades, tools);
  addRequeue(grades, tools);
}

function addList(grades: Command, tools: Tools) {
  const { database, print } = tools;
  withChoice(grades.command('list'))
    .description('show what is owed, what was refused, and where the gradebook shows something else')
    .option('--json')
    .action(async (options: Chosen & { json?: true }) => {
      const db = await database();
      const found = await listUndelivered(db, await chosen(db, options, tools));
      if (options.json) print(JSON.stringify(found));
      else if (found.length === 0) print('Every grade is in its gradebook.');
      else for (const one of found) print(lineOf(one));
    });
}

function addRequeue(grades: Command, tools: Tools) {
  const { database, now, print } = tools;
  withChoice(grades.command('requeue'))
    .description('try all that is owed now, also at an LMS that was to be left alone for a while')
    .option('--refused', 'what was refused, too; never what somebody has changed in the gradebook')
    .option('--json')
    .action(async (options: Chosen & { refused?: true; json?: true }) => {
      const db = await database();
      const choice = await chosen(db, options, tools);
      const requeued = await requeueGrades(db, choice, { now: now(), alsoRefused: options.refused ?? false });
      if (options.json) print(JSON.stringify(requeued));
      else print(`Due now: ${requeued.owed} that were owed, ${requeued.refused} that had been refused.`);
    });
}

function withChoice(command: Command) {
  return command
    .option('--issuer <url>', 'only the LMSs of this issuer')
    .option('--client-id <id>', 'only the registration of this client id')
    .option('--placement <number>', 'only this one, as the list shows it');
}

async function chosen(db: Database, { issuer, clientId, placement }: Chosen, { fail }: Tools): Promise<GradeChoice> {
  if (placement !== undefined && !/^\d{1,15}$/.test(placement)) fail(`--placement ${placement}: give a number.`);
  const where = { placementId: placement === undefined ? null : Number(placement), personId: null };
  if (issuer === undefined && clientId === undefined) return { registrationIds: null, ...where };
  const meant = (await listRegistrations(db)).filter(
    (one) => (issuer === undefined || one.issuer === issuer) && (clientId === undefined || one.clientId === clientId),
  );
  if (meant.length === 0) fail('No such LMS is registered. See: platform list');
  return { registrationIds: meant.map(({ id }) => id), ...where };
}

function lineOf({ platform, course, activity, placement, person, points, maximumPoints, ...rest }: Undelivered) {
  const { state, cause, since, tries, nextTryAt } = rest;
  return [
    `${platform}: ${course}, ${activity ?? 'no title'} (placement ${placement}), person ${person}`,
    points === null ? 'no points' : `${points} of ${maximumPoints}`,
    cause === null ? state : `${state} (${cause})`,
    ...(since ? [`since ${since.toISOString()}`] : []),
    ...(tries > 0 ? [`${tries} tries`] : []),
    ...(nextTryAt ? [`next ${nextTryAt.toISOString()}`] : []),
  ].join(', ');
}
