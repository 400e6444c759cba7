// `mustaqil analytics …`: what was done at quizzes, for whoever studies that, without saying by whom.
import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import type { PlatformCommandTools } from '../../platforms/command-tools.ts';
import { listAnalysed } from './analysed.store.ts';
import { statementsOf } from './statements.ts';

type Tools = Pick<PlatformCommandTools, 'database' | 'publicUrl' | 'print' | 'fail'> & {
  /** Makes pseudonyms; null where no setting allows an export. */
  analyticsKey?: Uint8Array | null;
};

/** Adds the group to the program. */
export function analyticsCommands(program: Command, { database, publicUrl, analyticsKey, print, fail }: Tools): void {
  program
    .command('analytics')
    .description('what was done at quizzes, without saying by whom')
    .command('export')
    .description(
      'write attempts, answers and scores into a file: xAPI 1.0.3 statements by pseudonyms, a line of JSON each',
    )
    .requiredOption('--out <file>', 'where to')
    .action(async ({ out }: { out: string }) => {
      if (!analyticsKey) return fail('Nothing is exported unless the setting ANALYTICS_EXPORT is on.');
      const house = { key: analyticsKey, publicUrl };
      const db = await database();
      // Nobody else on this machine is to read it.
      const file = await open(out, 'w', 0o600).catch(() => fail(`${out} cannot be written.`));
      let written = 0;
      try {
        for await (const batch of listAnalysed(db)) {
          const statements = batch.flatMap((attempt) => statementsOf(attempt, house));
          await file.write(statements.map((statement) => `${JSON.stringify(statement)}\n`).join(''));
          written += statements.length;
        }
      } finally {
        await file.close();
      }
      print(`${written} statements are in ${out}.`);
    });
}
