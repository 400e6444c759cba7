// `mustaqil admin …`: who looks after this installation.
import type { Command } from 'commander';
import { resetAdminSecret } from './admin-secret.store.ts';
import type { PlatformCommandTools } from './command-tools.ts';

/** Adds the group to the program. */
export function adminCommands(program: Command, { database, now, publicUrl, print }: PlatformCommandTools): void {
  program
    .command('admin')
    .description('who looks after this installation')
    .command('reset')
    .description('put a new administrator’s secret in the place of a lost one, and sign everybody out')
    .option('--json')
    .action(async ({ json }: { json?: true }) => {
      const secret = await resetAdminSecret(await database(), now());
      const url = `${publicUrl}/admin`;
      if (json) print(JSON.stringify({ url, secret }));
      else {
        print(`The administrator’s secret is now, and is shown only here: ${secret}`);
        print(`Sign in at ${url}`);
      }
    });
}
