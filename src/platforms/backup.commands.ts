// `mustaqil backup`, `restore` and `move`: all that is kept, into a file, out of it, or into another database.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readBackup, writeBackup } from '../database/backup/backup-file.ts';
import type { BackupRefusal, RowCounts } from '../database/backup/backup-lines.ts';
import { loadBackup } from '../database/backup/load-backup.ts';
import { markOfSecret, takeBackup } from '../database/backup/take-backup.ts';
import { openPostgresAsItIs } from '../database/postgres.ts';
import type { PlatformCommandTools } from './command-tools.ts';

const secretStays =
  'The secret is not in it: keep MUSTAQIL_SECRET, or the file "secret" in DATA_DIR, in another place. Without it our keys towards LMSs cannot be opened.';

const refusals: Record<BackupRefusal, string> = {
  damaged: 'This is no whole backup: it was cut off, or changed, or is something else. Nothing was written.',
  'newer-program': 'This backup was made by a newer Mustaqil: bring this one up to date first. Nothing was written.',
  'not-empty':
    'There are tables in this database already, and nothing is ever overwritten: give a new one, by DATABASE_URL or DATA_DIR.',
};

/** Adds the three to the program. */
export function backupCommands(program: Command, tools: PlatformCommandTools): void {
  addBackup(program, tools);
  addRestore(program, tools);
  addMove(program, tools);
}

function addBackup(program: Command, { database, now, sealingKey, print, fail }: PlatformCommandTools) {
  program
    .command('backup')
    .description('keep all that stands in the database in a new file, while the server runs or not')
    .argument('<file>')
    .option('--json')
    .action(async (name: string, { json }: { json?: true }) => {
      const file = resolve(name);
      const takenAt = now();
      const db = await database();
      const rows = await takeBackup(db, { sealingKey, now: () => takenAt }, (lines) => writeBackup(file, lines)).catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') fail(`${file} is there already: give another name.`);
          if (isOfFiles(error)) fail(`${file} cannot be written: ${error.message}`);
          throw error;
        },
      );
      if (json) print(JSON.stringify({ file, takenAt: takenAt.toISOString(), rows }));
      else {
        print(`${file} holds ${inWords(rows)}, as of ${takenAt.toISOString()}.`);
        print(secretStays);
      }
    });
}

function addRestore(program: Command, { database, sealingKey, print, fail }: PlatformCommandTools) {
  program
    .command('restore')
    .description('fill a new database from a backup; the server is to be started afterwards')
    .argument('<file>')
    .option('--json')
    .action(async (name: string, { json }: { json?: true }) => {
      const file = resolve(name);
      const outcome = await loadBackup(await database(), readBackup(file)).catch((error: NodeJS.ErrnoException) => {
        if (isOfFiles(error)) fail(`${file} cannot be read.`);
        throw error;
      });
      if (!outcome.ok) return fail(refusals[outcome.code]);
      const { head, rows } = outcome;
      const isSecretKnown = head.secretMark === markOfSecret(sealingKey);
      if (json) print(JSON.stringify({ file, takenAt: head.takenAt, rows, isSecretKnown }));
      else {
        print(`Restored ${inWords(rows)}, as of ${head.takenAt}.`);
        if (!isSecretKnown) {
          print(
            'The installation of that backup had another secret. Before the start set its MUSTAQIL_SECRET, or copy',
          );
          print('its file "secret" into DATA_DIR; else no LMS can be spoken to until each was given a new key.');
        }
      }
    });
}

function addMove(program: Command, { database, now, sealingKey, print, fail }: PlatformCommandTools) {
  program
    .command('move')
    .description('copy the embedded database into a new one on a PostgreSQL server')
    .requiredOption('--to <url>', 'postgres://user:password@host:port/database, or - to read that from standard input')
    .option('--json')
    .action(async ({ to, json }: { to: string; json?: true }) => {
      if (!/^postgres(ql)?:/.test(to) || !URL.canParse(to))
        fail('--to: give an address like postgres://user:password@host/name');
      const db = await database();
      const target = openPostgresAsItIs(to);
      const outcome = await takeBackup(db, { sealingKey, now }, (lines) => loadBackup(target.db, lines)).finally(() =>
        target.close(),
      );
      if (!outcome.ok) return fail(refusals[outcome.code]);
      if (json) print(JSON.stringify({ rows: outcome.rows }));
      else {
        print(`Copied ${inWords(outcome.rows)}. The embedded database stays as it is, and is used no more once you`);
        print('set DATABASE_URL to that address and start again, with the same MUSTAQIL_SECRET or the same DATA_DIR.');
      }
    });
}

/** Whether it is the file's fault and not the database's. */
function isOfFiles({ syscall }: NodeJS.ErrnoException): boolean {
  return ['open', 'read', 'write', 'fsync', 'close'].includes(syscall ?? '');
}

function inWords(rows: RowCounts): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return `${total} rows of ${Object.keys(rows).length} tables`;
}
