// The administrator of a running Mustaqil, and the doors of their pages.
import { ensureAdminSecret } from '../../src/platforms/admin-secret.store.ts';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { bareApplication } from '../support/application.ts';
import type { TestMustaqil } from '../support/mustaqil.ts';
import { routesOf, type AppRoute } from '../support/routes.ts';

/** The secret that the first start prints. */
export async function firstSecret({ db, clock }: TestMustaqil): Promise<string> {
  return (await ensureAdminSecret(db, clock.now())) ?? 'there was one already';
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
