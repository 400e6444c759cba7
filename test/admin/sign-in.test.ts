// The administrator's door: one secret, printed once, and nothing of it on any page.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { adminSecrets, adminSessions } from '../../src/database/tables/sessions.ts';
import { ensureAdminSecret, isAdminSecret, resetAdminSecret } from '../../src/platforms/admin-secret.store.ts';
import { makeAdminSecret } from '../../src/platforms/admin-secret.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal } from '../support/refusals.ts';
import { newSecret, signIn } from './administrator.ts';

let mustaqil: TestMustaqil;
let secret: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
beforeEach(async () => {
  secret = await newSecret(mustaqil);
});
afterAll(() => mustaqil.stop());

const isIn = (robot: Robot) => robot.page.$('form[action="/admin/sessions/end"]').length > 0;
const hourMs = 60 * 60 * 1000;

describe('the secret', () => {
  test('is long, easy to type, and kept nowhere', async () => {
    expect(secret).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const [row] = await mustaqil.db.select().from(adminSecrets);
    expect(JSON.stringify(row).replaceAll('-', '')).not.toContain(secret.replaceAll('-', ''));
  });

  test('is made once only, even when two processes start at the same moment', async () => {
    expect(await ensureAdminSecret(mustaqil.db, mustaqil.clock.now())).toBeNull();
    await mustaqil.db.delete(adminSecrets);
    const made = await Promise.all([1, 2].map(() => ensureAdminSecret(mustaqil.db, mustaqil.clock.now())));
    const printed = made.filter((one) => one !== null);
    expect(printed).toHaveLength(1);
    expect(await isAdminSecret(mustaqil.db, printed[0] ?? '')).toBe(true);
  });

  test('may be typed in small letters, with spaces or none, and with an O for a zero', async () => {
    const spellings = [secret.toLowerCase(), secret.replaceAll('-', ' '), ` ${secret.replaceAll('-', '')} `];
    for (const typed of [...spellings, secret.replaceAll('0', 'o').replaceAll('1', 'l')]) {
      expect({ typed, isIt: await isAdminSecret(mustaqil.db, typed) }).toEqual({ typed, isIt: true });
    }
  });

  test('is nothing else', async () => {
    const flipped = (secret.startsWith('Z') ? 'Y' : 'Z') + secret.slice(1);
    for (const typed of ['', flipped, secret.slice(0, -1), `${secret}A`, makeAdminSecret()]) {
      expect({ typed, isIt: await isAdminSecret(mustaqil.db, typed) }).toEqual({ typed, isIt: false });
    }
  });

  test('that is lost gives way to a new one, and everybody is signed out', async () => {
    const robot = await signIn(mustaqil, secret);
    const fresh = await resetAdminSecret(mustaqil.db, mustaqil.clock.now());
    expect(await isAdminSecret(mustaqil.db, secret)).toBe(false);
    expect(await isAdminSecret(mustaqil.db, fresh)).toBe(true);
    await robot.open('/admin');
    expect(isIn(robot)).toBe(false);
  });
});

describe('signing in', () => {
  test('opens the list of LMSs, for eight hours', async () => {
    const robot = await signIn(mustaqil, secret);
    expect(robot.page.$('h1').text()).toBe('Connected LMSs');
    mustaqil.clock.advance(8 * hourMs - 1);
    await robot.open('/admin');
    expect(isIn(robot)).toBe(true);
    const cookie = cookiesOf(robot, 'localhost');
    mustaqil.clock.advance(1);
    const late = await ask(`${mustaqil.url}/admin`, { headers: { cookie } });
    expect(late.$('form[action="/admin/sessions"]')).toHaveLength(1);
  });

  test('goes on to the page that was asked for, and never to another site', async () => {
    const robot = await signIn(mustaqil, 'wrong');
    await robot.open('/admin/setup?lms=spec');
    expect(robot.page.status).toBe(401);
    await robot.submit('form', { secret: 'still wrong' });
    await robot.submit('form', { secret });
    expect(robot.page.url).toBe(`${mustaqil.url}/admin/setup?lms=spec`);
    for (const address of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      const { headers } = await ask(`${mustaqil.url}/admin/sessions`, { form: { secret, address } });
      expect(headers.get('location')).toBe('/admin');
    }
  });

  test('leaves a cookie that no script, frame or other site gets at', async () => {
    const { headers } = await ask(`${mustaqil.url}/admin/sessions`, { form: { secret } });
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-admin=[\w-]{43};/);
    expect(cookie.split('; ').slice(1)).toEqual(
      expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']),
    );
    const [row] = await mustaqil.db.select().from(adminSessions);
    expect(cookie).not.toContain(row?.idHash);
  });

  test('ends with signing out: the cookie is worth nothing then', async () => {
    const robot = await signIn(mustaqil, secret);
    const cookie = cookiesOf(robot, 'localhost');
    await robot.submit('form[action="/admin/sessions/end"]');
    expect(isIn(robot)).toBe(false);
    expect((await ask(`${mustaqil.url}/admin`, { headers: { cookie } })).$('#secret')).toHaveLength(1);
  });

  test('with a wrong secret shows the form again, says so, and gives nothing that was typed back', async () => {
    const robot = await signIn(mustaqil, 'my-guess-of-today');
    expect(robot.page.status).toBe(403);
    expect(robot.page.$('[role=alert]').text()).toContain('This is not the secret.');
    expect(robot.page.html).not.toContain('my-guess-of-today');
    expect(await mustaqil.db.$count(adminSessions)).toBe(0);
  });

  test('is refused when a page of another site sends the form', async () => {
    const page = await ask(`${mustaqil.url}/admin/sessions`, {
      form: { secret },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expectRefusal(page, [403, 'form-expired'], [secret]);
    expect(await mustaqil.db.$count(adminSessions)).toBe(0);
  });
});

describe('changing the secret', () => {
  const own = 'Samarqand tongi 1969';
  const change = (robot: Robot, fields: Record<string, string>) =>
    robot.open('/admin/secret').then(() => robot.submit('form[action="/admin/secret"]', fields));

  test('takes the old one, ends every other session, and leaves this one', async () => {
    const [robot, other] = [await signIn(mustaqil, secret), await signIn(mustaqil, secret)];
    await change(robot, { old: secret, secret: own, again: own });
    expect(robot.page.$('[role=status]').first().text()).toContain('The secret is changed.');
    await other.open('/admin');
    expect([isIn(robot), isIn(other)]).toEqual([true, false]);
    expect(isIn(await signIn(mustaqil, secret))).toBe(false);
    expect(isIn(await signIn(mustaqil, own))).toBe(true);
  });

  test.each([
    ['a wrong old one', { old: 'wrong', secret: own, again: own }, 'This is not the present secret.'],
    ['one of eleven characters', { old: '', secret: 'elf Zeichen', again: 'elf Zeichen' }, 'at least 12 characters'],
    ['two that differ', { old: '', secret: own, again: `${own}0` }, 'The two new secrets differ.'],
  ])('is refused for %s, and nothing that was typed comes back', async (_what, fields, words) => {
    const robot = await signIn(mustaqil, secret);
    await change(robot, { ...fields, old: fields.old || secret });
    expect(robot.page.status).toBe(422);
    expect(robot.page.$('[role=alert]').text()).toContain(words);
    for (const typed of [secret, fields.secret]) expect(robot.page.html).not.toContain(typed);
    expect(await isAdminSecret(mustaqil.db, secret)).toBe(true);
  });

  test('by a form that is too late asks to sign in again, and keeps no secret on the page', async () => {
    const robot = await signIn(mustaqil, secret);
    await robot.open('/admin/secret');
    await resetAdminSecret(mustaqil.db, mustaqil.clock.now());
    await robot.submit('form[action="/admin/secret"]', { old: secret, secret: own, again: own });
    expect(robot.page.status).toBe(401);
    expect(robot.page.$('meta[name=refusal]').attr('content')).toBe('admin-signed-out');
    for (const typed of [secret, own]) expect(robot.page.html).not.toContain(typed);
  });
});
