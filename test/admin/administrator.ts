// The administrator of a running Mustaqil, and the doors of their pages.
import { adminSecrets, adminSessions } from '../../src/database/tables/sessions.ts';
import { hashSecret, makeAdminSecret } from '../../src/platforms/admin-secret.ts';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { bareApplication } from '../support/application.ts';
import type { TestMustaqil } from '../support/mustaqil.ts';
import { routesOf, type AppRoute } from '../support/routes.ts';

/**
 * A new secret as the tool makes them, in the place of any other, and nobody signed in. It is kept at a cost that does not hold up
 * tests that type it often.
 */
export async function newSecret({ db, clock }: TestMustaqil): Promise<string> {
  const secret = makeAdminSecret();
  const row = { hash: await hashSecret(secret, 4), changedAt: clock.now() };
  await db.delete(adminSessions);
  await db.insert(adminSecrets).values(row).onConflictDoUpdate({ target: adminSecrets.id, set: row });
  return secret;
}

/** A browser that types this secret at the door. */
export async function signIn({ url, clock }: TestMustaqil, secret: string, language = 'en'): Promise<Robot> {
  const robot = createRobot({ now: clock.now, language });
  await robot.open(`${url}/admin`);
  await robot.submit('form', { secret });
  return robot;
}

/** Every route of the administrator, with numbers of things that are there in the place of its parameters. */
export function adminRoutesOf({ db }: TestMustaqil): AppRoute[] {
  return routesOf(bareApplication(db))
    .filter(({ path }) => path.startsWith('/admin'))
    .map(({ method, path }) => ({ method, path: path.replace(/:\w+/g, '1') }));
}
