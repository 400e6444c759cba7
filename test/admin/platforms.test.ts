// What the administrator sees of an LMS and does with it, and what that means for the people in its courses.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { deployments, registrations } from '../../src/database/tables/platforms.ts';
import { resetAdminSecret } from '../../src/platforms/admin-secret.store.ts';
import { createSigns } from '../../src/platforms/registration-signs.store.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { ask } from '../support/ask.ts';
import { withClaims } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { signIn } from './administrator.ts';

let mustaqil: TestMustaqil;
let admin: Robot;
/** The practice LMS's page at the administrator. */
let page: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  admin = await signIn(mustaqil, await resetAdminSecret(mustaqil.db, mustaqil.clock.now()));
  await admin.click('.lms h2 a');
  page = admin.page.url;
});
beforeEach(async () => {
  await mustaqil.db.update(registrations).set({ state: 'active' });
  await mustaqil.db.update(deployments).set({ state: 'active' });
  await admin.open(page);
});
afterAll(() => mustaqil.stop());

const text = () => admin.page.$('main').text().replace(/\s+/g, ' ');
const said = () => admin.page.$('[role=status]').first().text();
const stateButton = (state: string) => `form[action$="/state"] button[value=${state}]`;
const deploymentButton = (state: string) => `form.deployment button[value=${state}]`;

/** Presses the button. What the LMS says of its time comes from the server's own clock, so ours is set by that first. */
async function testConnection() {
  mustaqil.clock.advance(Date.now() - mustaqil.clock.now().getTime());
  await admin.submit('form[action$="/connection-tests"]');
}

describe('an LMS', () => {
  test('that waits gets nobody in until the administrator approves it', async () => {
    await mustaqil.db.update(registrations).set({ state: 'pending' });
    expect(refusalOf((await openQuiz(mustaqil)).page)).toBe('registration-pending');
    await admin.open(page);
    expect(text()).toContain('Waiting for approval');
    await admin.submit(stateButton('active'));
    expect(said()).toContain('the LMS is active');
    expect((await openQuiz(mustaqil)).page.status).toBe(200);
  });

  test('that waits can be approved in the list of all, too', async () => {
    await mustaqil.db.update(registrations).set({ state: 'pending' });
    await admin.open('/admin');
    await admin.submit(stateButton('active'));
    expect([admin.page.url, said()]).toEqual([expect.stringContaining(page), expect.stringContaining('is active')]);
    await admin.open('/admin');
    expect(admin.page.$(stateButton('active')).length).toBe(0);
  });

  test('that is switched off lets go of whoever is inside, at the next click, and can be switched on again', async () => {
    const aziz = await openQuiz(mustaqil);
    await admin.submit(stateButton('disabled'));
    expect(text()).toContain('Switched off');
    await aziz.open(aziz.page.url);
    expect([aziz.page.status, refusalOf(aziz.page)]).toEqual([401, 'signed-out']);
    expect(refusalOf((await openQuiz(mustaqil)).page)).toBe('registration-disabled');
    await admin.submit(stateButton('active'));
    await aziz.open(aziz.page.url);
    expect(aziz.page.status).toBe(200);
  });

  test('shows when it last did what, and every deployment in words', async () => {
    await openQuiz(mustaqil);
    await admin.open(page);
    expect(text()).toMatch(/Last launch\s?\d{4}-\d\d-\d\d/);
    expect(text()).toContain('Last list of participants');
    expect(text()).toMatch(/Deployment \S+ Active · people get in/);
    await admin.open('/admin');
    expect(admin.page.$('.lms').text()).toContain(mustaqil.lms.registration.issuer);
  });

  test.each([
    ['tool-keys-unreachable', 'the LMS could not fetch our keys.'],
    ['scope-not-granted', 'the LMS does not allow us this service.'],
    ['of-another-year', 'something else went wrong.'],
  ])('that failed with %s says what that means, what to do, and the code', async (code, words) => {
    const [registration] = await mustaqil.db.select().from(registrations);
    const detail = 'invalid <b>key</b>';
    await createSigns({ db: mustaqil.db, now: mustaqil.clock.now }).note(registration?.id ?? 0, 'service-failure', {
      code,
      detail,
    });
    for (const address of ['/admin', page]) {
      await admin.open(address);
      for (const part of [words, code, detail]) expect(text()).toContain(part);
      expect(admin.page.html).not.toContain('<b>key');
    }
  });
});

describe('a deployment', () => {
  test('that waits gets nobody in until it is approved, whatever its LMS may', async () => {
    await mustaqil.db.update(deployments).set({ state: 'pending' });
    expect(refusalOf((await openQuiz(mustaqil)).page)).toBe('deployment-unknown');
    await admin.open(page);
    expect(text()).toContain('Approve it if you know it.');
    await admin.submit(deploymentButton('active'));
    expect(admin.page.url).toContain(page);
    expect((await openQuiz(mustaqil)).page.status).toBe(200);
  });

  test('that is switched off is so at the next request', async () => {
    const aziz = await openQuiz(mustaqil);
    await admin.submit(deploymentButton('disabled'));
    await aziz.open(aziz.page.url);
    expect(aziz.page.status).toBe(401);
    expect(text()).toContain('nobody gets in from here.');
  });

  test('turns away whoever does not say who they are, until the administrator lets guests in', async () => {
    const launch = async () => {
      mustaqil.lms.nextToken = withClaims({ sub: undefined });
      return openQuiz(mustaqil, { student: sample.aigul });
    };
    expect(refusalOf((await launch()).page)).toBe('anonymous-not-allowed');
    await admin.submit('form.deployment', { anonymousLaunches: 'guest' });
    expect(said()).toContain('the deployment is changed');
    expect(refusalOf((await launch()).page)).not.toBe('anonymous-not-allowed');
    await admin.submit('form.deployment', { anonymousLaunches: 'refuse' });
    expect(refusalOf((await launch()).page)).toBe('anonymous-not-allowed');
    const [deployment] = await mustaqil.db.select().from(deployments).where(eq(deployments.state, 'active'));
    expect(deployment?.anonymousLaunches).toBe('refuse');
  });
});

describe('what we know of an LMS', () => {
  test('can be corrected: a wrong address is told at the top and beside its field, and nothing typed is lost', async () => {
    const details = `form[action="${new URL(page).pathname}"]`;
    const tokenUrl = 'http://token.example/not-encrypted';
    await admin.submit(details, { name: 'Fizika LMS', tokenUrl, jwksUrl: '' });
    expect(admin.page.status).toBe(422);
    const { $ } = admin.page;
    expect($('#tokenUrl').attr('value')).toBe(tokenUrl);
    expect($('#name').attr('value')).toBe('Fizika LMS');
    expect($('#tokenUrl-problem').text()).toContain('https://');
    expect($('[role=alert] a[href="#tokenUrl"]').length).toBe(1);
    expect($('#jwksUrl').attr('aria-describedby')).toContain('jwksUrl-problem');
    const { registration } = mustaqil.lms;
    await admin.submit(details, { tokenUrl: registration.tokenUrl, jwksUrl: registration.jwksUrl });
    expect(said()).toBe('Saved.');
    expect(admin.page.$('h1').text()).toBe('Fizika LMS');
    expect((await openQuiz(mustaqil)).page.status).toBe(200);
  });

  test('is not lost when the session ends meanwhile: signed in again, the administrator sends it again', async () => {
    const secret = await resetAdminSecret(mustaqil.db, mustaqil.clock.now());
    await admin.submit(`form[action="${new URL(page).pathname}"]`, { name: 'Kimyo LMS' });
    expect([admin.page.status, refusalOf(admin.page)]).toEqual([401, 'admin-signed-out']);
    const kept = admin.page.$('form.kept textarea').toArray();
    const fields = kept.map((field) => [admin.page.$(field).attr('name'), admin.page.$(field).text().trim()]);
    expect(fields).toContainEqual(['name', 'Kimyo LMS']);
    const form = Object.fromEntries(fields) as Record<string, string>;
    admin = await signIn(mustaqil, secret);
    const late = await ask(page, { form: { ...form, _csrf: 'from before' }, as: admin });
    expect([late.status, refusalOf(late)]).toEqual([403, 'form-expired']);
    const _csrf = late.$('form.kept input[name=_csrf]').attr('value') ?? '';
    expect((await ask(page, { form: { ...form, _csrf }, as: admin })).status).toBe(303);
    await admin.open(page);
    expect(admin.page.$('h1').text()).toBe('Kimyo LMS');
  });

  test('is never another LMS’s issuer or client id', async () => {
    const token = admin.page.$('input[name=_csrf]').attr('value') ?? '';
    const { registration } = mustaqil.lms;
    const form = { ...registration, issuer: 'https://evil.example', clientId: 'other', deploymentId: '', _csrf: token };
    expect((await ask(page, { form, as: admin })).status).toBe(303);
    const rows = await mustaqil.db.select().from(registrations);
    expect(rows.map(({ issuer, clientId }) => [issuer, clientId])).toEqual([
      [registration.issuer, registration.clientId],
    ]);
  });
});

describe('a connection test', () => {
  test('says that all is well', async () => {
    await testConnection();
    expect(admin.page.$('.lead').text()).toBe('Everything works.');
    expect(admin.page.$('.checks li')).toHaveLength(3);
  });

  test('says what is wrong and what to do', async () => {
    const { jwksUrl } = mustaqil.lms.registration;
    await mustaqil.db.update(registrations).set({ jwksUrl: `${mustaqil.lmsUrl}/nothing-here` });
    await testConnection();
    await mustaqil.db.update(registrations).set({ jwksUrl });
    expect(admin.page.$('.checks li').first().text()).toContain('we could not fetch the keys of the LMS.');
    expect(admin.page.$('.checks li').first().text()).toContain('Check the public keyset address');
  });
});

describe('our keys', () => {
  const published = async () => {
    const { html } = await ask(`${mustaqil.url}/lti/jwks`);
    return (JSON.parse(html) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };

  test('are rotated after a word of what that means; the next one is published and waits', async () => {
    const [old = ''] = await published();
    await admin.click('a[href$="/keys/new"]');
    expect(text()).toContain('It signs in an hour');
    expect(await published()).toEqual([old]);
    await admin.submit('button[value=rotate]');
    expect(said()).toContain('The new key is published.');
    expect(await published()).toHaveLength(2);
    expect(text()).toMatch(/Signs now, until the next one takes over.*Published; will sign from/);
    expect(admin.page.$('a[href$="/keys/new"]')).toHaveLength(0);
  });

  test('are not rotated a second time meanwhile', async () => {
    const before = await published();
    await admin.open(`${page}/keys/new`);
    await admin.submit('button[value=rotate]');
    expect(said()).toContain('A new key is published already');
    expect(await published()).toEqual(before);
  });

  test('that have leaked are published no more, and a new one signs at once', async () => {
    const before = await published();
    await admin.click('a[href$="/keys/new?leaked"]');
    expect(text()).toContain('worth nothing from this moment on');
    await admin.submit('button[value=leaked]');
    const [fresh, ...others] = await published();
    expect(others).toEqual([]);
    expect(before).not.toContain(fresh);
    expect(text()).toMatch(/Signs since/);
    await testConnection();
    expect(admin.page.$('.lead').text()).toBe('Everything works.');
  });
});
