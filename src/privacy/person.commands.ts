// `mustaqil person …`: all that is kept of somebody, given out or erased.
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Database } from '../database/database.ts';
import type { PlatformCommandTools } from '../platforms/command-tools.ts';
import { erasePerson } from './erase-person.ts';
import { archivePerson } from './gather-person.ts';
import { listBySubject, type FoundPerson } from './person.store.ts';

type Tools = Pick<PlatformCommandTools, 'database' | 'now' | 'print' | 'fail'>;

/** Whom somebody means, as typed. */
interface Chosen {
  issuer: string;
  clientId: string;
  sub: string;
  deployment?: string;
}

/** Adds the group to the program. */
export function personCommands(program: Command, tools: Tools): void {
  const person = program.command('person').description('all that is kept of somebody');
  addExport(person, tools);
  addErase(person, tools);
}

function addExport(person: Command, tools: Tools) {
  const { database, print, fail } = tools;
  withChoice(person.command('export'))
    .description(
      'write all that is kept of somebody into a ZIP archive: person.json, and the files that they handed in',
    )
    .requiredOption('--out <file>', 'where to')
    .action(async ({ out, ...choice }: Chosen & { out: string }) => {
      const db = await database();
      const { personId } = await chosen(db, choice, tools);
      const archive = await archivePerson(db, personId);
      if (!archive) fail('That person is not known any more.');
      else {
        // Nobody else on this machine is to read it.
        await writeFile(out, archive, { mode: 0o600 }).catch(() => fail(`${out} cannot be written.`));
        print(`All that is kept of person ${personId} is in ${out}.`);
      }
    });
}

function addErase(person: Command, tools: Tools) {
  const { database, now, print, fail } = tools;
  withChoice(person.command('erase'))
    .description('take away all that is personal of somebody, for good; sums stay under a number')
    .option('--yes', 'without it nothing is erased')
    .option('--json')
    .action(async ({ yes, json, ...choice }: Chosen & { yes?: true; json?: true }) => {
      const db = await database();
      const { personId, name, platform } = await chosen(db, choice, tools);
      if (!yes) {
        fail(`This would erase ${name ?? 'somebody without a name'} of ${platform}, for good. Say --yes to do so.`);
      }
      await erasePerson({ db, now }, personId);
      if (json) print(JSON.stringify({ personId }));
      else print(`Erased. Points and credits stay under number ${personId}; the LMS and backups have what they have.`);
    });
}

function withChoice(command: Command) {
  return command
    .requiredOption('--issuer <url>', 'of the LMS, as: platform list')
    .requiredOption('--client-id <id>')
    .requiredOption('--sub <id>', 'what the LMS calls the person')
    .option('--deployment <id>', 'where the LMS has several');
}

async function chosen(db: Database, choice: Chosen, { fail }: Tools): Promise<FoundPerson> {
  const { issuer, clientId, sub: subject, deployment } = choice;
  const meant = (await listBySubject(db, { issuer, clientId, subject })).filter(
    ({ deploymentId }) => deployment === undefined || deploymentId === deployment,
  );
  const [person, another] = meant;
  if (!person)
    return fail('Nobody is known by that. See: platform list, and the people of an LMS in the administration.');
  if (another) {
    const ids = meant.map(({ deploymentId }) => deploymentId).join(', ');
    return fail(`Several deployments of that LMS know the person. Say which: --deployment, one of ${ids}.`);
  }
  return person;
}
