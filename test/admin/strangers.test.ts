// Whoever is not the administrator gets nothing from the administrator's pages. The routes are asked of the application, so a
// new one needs no mention here.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { googleAddresses } from '../../src/classroom/google-client.ts';
import { adminSessions } from '../../src/database/tables/sessions.ts';
import { saveGoogleClient } from '../../src/platforms/classroom/client.store.ts';
import { createInvite } from '../../src/platforms/invites.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { ask, cookiesOf, type Question } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher } from '../support/people.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';
import type { AppRoute } from '../support/routes.ts';
import { allRows } from '../support/tables.ts';
import { adminRoutesOf, newSecret, signIn } from './administrator.ts';

let mustaqil: TestMustaqil;
let routes: AppRoute[];
let dilnoza: Robot;
let secret: string;
let googleId: number;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  dilnoza = await openAsTeacher(mustaqil);
  const lifetimeMs = 60 * 60 * 1000;
  await createInvite(mustaqil.db, {
    name: 'Secret Institute',
    needsApproval: true,
    lifetimeMs,
    now: mustaqil.clock.now(),
  });
  googleId = await saveGoogleClient(
    mustaqil.db,
    { ...googleAddresses, name: 'Google', clientId: 'client', clientSecret: 'of Google alone', frameOrigins: [] },
    { sealingKey: testKeys.toolKeys, now: mustaqil.clock.now() },
  );
  routes = adminRoutesOf(mustaqil);
});
beforeEach(async () => {
  secret = await newSecret(mustaqil);
});
afterAll(() => mustaqil.stop());

/** Everything at once that any of the forms reads. */
const form = {
  name: 'Stolen',
  days: '14',
  state: 'disabled',
  anonymousLaunches: 'guest',
  registration: '1',
  kind: 'leaked',
  secret: 'a secret of a stranger',
  issuer: 'https://evil.example',
  clientId: '1',
  authorizationUrl: 'https://evil.example/a',
  tokenUrl: 'https://evil.example/t',
  jwksUrl: 'https://evil.example/k',
};

const askRoute = ({ method, path }: AppRoute, question: Question) =>
  ask(`${mustaqil.url}${path}`, method === 'get' ? question : { form, ...question, method: 'POST' });

test('there are routes', () => {
  expect(routes.filter(({ method }) => method === 'get').length).toBeGreaterThanOrEqual(5);
  expect(routes.filter(({ method }) => method === 'post').length).toBeGreaterThanOrEqual(10);
});

describe('nothing is shown and nothing done on any route for', () => {
  async function expectNothing(question: Question) {
    const before = await allRows(mustaqil.db);
    for (const route of routes.filter(({ path }) => path !== '/admin/sessions')) {
      const page = await askRoute(route, question);
      const door =
        route.method === 'get' ? [route.path === '/admin' ? 200 : 401, undefined] : [401, 'admin-signed-out'];
      expect({ ...route, answer: [page.status, refusalOf(page)] }).toEqual({ ...route, answer: door });
      for (const known of ['Secret Institute', mustaqil.lms.registration.name, mustaqil.lms.registration.clientId])
        expect(page.$.text()).not.toContain(known);
    }
    expect(await allRows(mustaqil.db)).toEqual(before);
  }

  test('Mallory, who is not signed in', () => expectNothing({}));

  test('Mallory with a cookie of her own making', () =>
    expectNothing({ headers: { cookie: `__Host-admin=${'A'.repeat(43)}` } }));

  test('Mallory, who has read the table of sessions', async () => {
    await signIn(mustaqil, secret);
    const [row] = await mustaqil.db.select().from(adminSessions);
    await expectNothing({ headers: { cookie: `__Host-admin=${row?.idHash}` } });
  });

  test('Dilnoza, a teacher who is signed in', () => expectNothing({ as: dilnoza }));

  test('the administrator of this morning', async () => {
    const robot = await signIn(mustaqil, secret);
    const cookie = cookiesOf(robot, 'localhost');
    mustaqil.clock.advance(9 * 60 * 60 * 1000);
    await expectNothing({ headers: { cookie } });
  });
});

describe('every form of the administrator is refused', () => {
  const tokenOf = ({ page }: Robot) => page.$('input[name=_csrf]').attr('value') ?? '';

  async function expectRefused(token: string, question: Question) {
    const before = await allRows(mustaqil.db);
    for (const route of routes.filter(({ method, path }) => method === 'post' && path !== '/admin/sessions')) {
      const page = await askRoute(route, { ...question, form: { ...form, _csrf: token } });
      expectRefusal(page, [403, 'form-expired'], [secret]);
    }
    expect(await allRows(mustaqil.db)).toEqual(before);
  }

  test('without the token of this session', async () => {
    const robot = await signIn(mustaqil, secret);
    await expectRefused('', { as: robot });
    await expectRefused(`${tokenOf(robot)}x`, { as: robot });
  });

  test('with the token of another session of the administrator, or of a teacher', async () => {
    const [robot, other] = [await signIn(mustaqil, secret), await signIn(mustaqil, secret)];
    expect(tokenOf(other)).not.toBe('');
    await expectRefused(tokenOf(other), { as: robot });
    await expectRefused(tokenOf(dilnoza), { as: robot });
  });
});

describe('the administrator’s pages', () => {
  test('stand in nobody’s frame, are kept by no cache, and hold nothing secret', async () => {
    const robot = await signIn(mustaqil, secret);
    /** What must never be read: hashes, sealed keys, and the secret itself. */
    const kept = async () => {
      const rows = Object.values(await allRows(mustaqil.db)).flat();
      const values = rows.map((row) => JSON.parse(row) as Record<string, string | undefined>);
      const found = values.flatMap(({ hash, sealedPrivateKey, sealedSecret, idHash, secretHash }) => [
        hash,
        sealedPrivateKey,
        sealedSecret,
        idHash,
        secretHash,
      ]);
      return [secret, 'of Google alone', ...found.filter((value) => value !== undefined)];
    };
    expect((await kept()).length).toBeGreaterThan(4);
    const paths = routes.filter(({ method }) => method === 'get').map(({ path }) => path);
    const ofGoogle = paths
      .filter((path) => path.includes('/registrations/'))
      .map((path) => path.replace('1', `${googleId}`));
    // An LMS has no guide: that is Google's alone.
    for (const path of [...paths.filter((one) => !one.endsWith('/guide')), ...ofGoogle]) {
      const page = await robot.open(path);
      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      for (const value of await kept()) expect(page.html).not.toContain(value);
    }
  });

  test('are the administrator’s even in a browser in which a teacher is signed in', async () => {
    await dilnoza.open(`${mustaqil.url}/admin`);
    await dilnoza.submit('form', { secret });
    expect(dilnoza.page.$('h1').text()).toBe('Connected LMSs');
    expect(dilnoza.page.$('.you')).toHaveLength(0);
  });

  test('know no LMS, deployment or invite of another number', async () => {
    const robot = await signIn(mustaqil, secret);
    const { $ } = robot.page;
    const token = $('input[name=_csrf]').attr('value') ?? '';
    for (const { method, path } of routes.filter(({ path }) => path.includes('/1') && !path.includes('invites'))) {
      for (const number of ['999999', '0', '-1', 'x', '99999999999999999999']) {
        const url = `${mustaqil.url}${path.replace('/1', `/${number}`)}`;
        const page = await ask(url, {
          method,
          ...(method === 'post' && { form: { ...form, _csrf: token } }),
          as: robot,
        });
        expectRefusal(page, [404, 'not-found']);
      }
    }
  });
});
