// `mustaqil keys …`: our keys towards the LMSs.
import type { Command } from 'commander';
import type { PlatformCommandTools } from './command-tools.ts';
import { listRegistrations } from './platform.store.ts';
import { rotateKey } from './tool-keys.store.ts';

/** Adds the group to the program. */
export function keysCommands(program: Command, { database, now, sealingKey, print, fail }: PlatformCommandTools): void {
  program
    .command('keys')
    .description('our keys towards the LMSs')
    .command('rotate')
    .description('give every LMS, or one, a new key of ours: published at once, used in an hour')
    .option('--issuer <url>', 'only the LMSs of this issuer')
    .option('--client-id <id>', 'only the registration of this client id')
    .option('--leaked', 'the old keys are good for nothing from now on')
    .option('--json')
    .action(async (options: { issuer?: string; clientId?: string; leaked?: true; json?: true }) => {
      const db = await database();
      const { issuer, clientId } = options;
      const registrations = (await listRegistrations(db)).filter(
        (one) =>
          (issuer === undefined || one.issuer === issuer) && (clientId === undefined || one.clientId === clientId),
      );
      if (registrations.length === 0) fail('No such LMS is registered. See: platform list');
      const rotated = [];
      for (const registration of registrations) {
        const outcome = await rotateKey(db, registration.id, {
          sealingKey,
          now: now(),
          isLeaked: options.leaked ?? false,
        });
        const result = outcome.ok ? { kid: outcome.kid, signsFrom: outcome.signsFrom } : { refusal: outcome.code };
        rotated.push({ issuer: registration.issuer, clientId: registration.clientId, ...result });
        if (options.json) continue;
        print(
          outcome.ok
            ? `${registration.name}: key ${outcome.kid} signs from ${outcome.signsFrom.toISOString()}`
            : `${registration.name}: a new key waits for its time already; nothing was changed`,
        );
      }
      if (options.json) print(JSON.stringify(rotated));
    });
}
