// An administrator connects Google Classroom, tries the connection out, and looks after it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { everyScope } from '../../src/classroom/scopes.ts';
import { registrations, toolKeys } from '../../src/database/tables/platforms.ts';
import { findGoogleClient, saveGoogleClient } from '../../src/platforms/classroom/client.store.ts';
import { googleAddresses } from '../../src/classroom/google-client.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { ask } from '../support/ask.ts';
import { startClassroom, type TestClassroom } from '../support/classroom.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { creditCourse, passed } from '../credits/sheets/credit-course.ts';
import { newSecret, signIn } from './administrator.ts';

let mustaqil: TestMustaqil;
let google: TestClassroom;
let admin: Robot;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  google = await startClassroom(mustaqil);
  admin = await signIn(mustaqil, await newSecret(mustaqil));
});
afterAll(async () => {
  await google.stop();
  await mustaqil.stop();
});

const clientId = '1234567890-abc.apps.googleusercontent.com';
const text = () => admin.page.$('main').text().replace(/\s+/g, ' ');
const copied = () =>
  admin.page
    .$('.copy-field :is(input, textarea)')
    .toArray()
    .map((field) => admin.page.$(field).attr('value') ?? admin.page.$(field).text());
const practicePage = () => `/admin/registrations/${google.registrationId}`;
const inKeeping = { sealingKey: testKeys.toolKeys };

describe('A client of Google Cloud', () => {
  test('that cannot be one is told beside its field, and only the secret has to be typed again', async () => {
    await admin.open('/admin/setup');
    await admin.click('a[href="/admin/google"]');
    expect(copied()).toContain(`${mustaqil.url}/classroom/callback`);
    const before = await mustaqil.db.$count(registrations);
    await admin.submit('.guide-form', { name: 'KSU', clientId: 'mustaqil', clientSecret: 'GOCSPX-abcdefgh' });
    const { $ } = admin.page;
    expect(admin.page.status).toBe(422);
    expect($('#clientId-problem').text()).toContain('.apps.googleusercontent.com');
    expect($('#clientSecret-problem').text()).toContain('once more');
    expect([$('#name').attr('value'), $('#clientId').attr('value')]).toEqual(['KSU', 'mustaqil']);
    expect(admin.page.html).not.toContain('GOCSPX');
    expect(await mustaqil.db.$count(registrations)).toBe(before);
  });

  test('is kept sealed, and the guide goes on with the addresses for Google', async () => {
    await admin.open('/admin/google');
    await admin.submit('.guide-form', { name: 'KSU', clientId, clientSecret: 'GOCSPX-abcdefgh' });
    expect(admin.page.$('[role=status]').text()).toBe('Saved.');
    const [row] = await mustaqil.db.select().from(registrations).where(eq(registrations.clientId, clientId));
    const known = await findGoogleClient(mustaqil.db, row?.id ?? 0, testKeys.toolKeys);
    expect(known?.client).toEqual({ ...googleAddresses, clientId, clientSecret: 'GOCSPX-abcdefgh' });
    await admin.click('a[href$="/guide"]');
    const own = `${mustaqil.url}/classroom/${row?.id}/`;
    expect(copied()).toEqual(
      expect.arrayContaining([`${own}discovery`, own, ...everyScope(), everyScope().join('\n')]),
    );
    expect(copied().join('\n')).toContain(`Link Upgrade iframe URL: ${own}upgrade`);
    // Every permission says what it is for, and no word is missing.
    expect(text()).not.toMatch(/admin\.google|undefined/);
  });

  test('gets one key of ours, also of two who save it at once, and that stands in no set of keys for an LMS', async () => {
    const details = { ...googleAddresses, name: 'Twice', clientId: `2-${clientId}`, clientSecret: 'GOCSPX-abcdefgh' };
    const save = () =>
      saveGoogleClient(mustaqil.db, { ...details, frameOrigins: [] }, { ...inKeeping, now: mustaqil.clock.now() });
    const [one, other] = await Promise.all([save(), save()]);
    expect(one).toBe(other);
    const keys = await mustaqil.db.select().from(toolKeys).where(eq(toolKeys.registrationId, one));
    expect(keys).toMatchObject([{ publishedUntil: null }]);
    expect((await ask(`${mustaqil.url}/lti/jwks`)).html).not.toContain(keys[0]?.kid);
  });
});

describe('The connection to a practice Google', () => {
  async function testConnection(): Promise<string[]> {
    // What Google says of its time comes from the server's own clock.
    mustaqil.clock.advance(Date.now() - mustaqil.clock.now().getTime());
    await admin.open(practicePage());
    await admin.submit('form[action$="/connection-tests"]');
    const { $ } = admin.page;
    return $('.checks code')
      .toArray()
      .map((code) => $(code).text());
  }

  test('is found to work', async () => {
    expect(await testConnection()).toEqual([]);
    expect(text()).toContain('Everything works.');
    expect(admin.page.$('.checks li')).toHaveLength(5);
  });

  test.each([
    ['the secret is another', () => (client().clientSecret = 'renewed at Google'), ['client-refused']],
    ['nobody knows the way back', () => (client().redirectUris = []), ['redirect-refused']],
    ['nobody answers', () => (google.classroom.state.fault = 500), ['api-unreachable']],
  ])('is found not to work where %s', async (_, breakIt, codes) => {
    const kept = structuredClone({ ...client() });
    breakIt();
    expect(await testConnection()).toEqual(codes);
    expect(text()).toContain('does not work');
    Object.assign(client(), kept);
    google.classroom.state.fault = null;
  });

  test('works again once the new secret is typed, and an empty field keeps it', async () => {
    client().clientSecret = 'renewed at Google';
    await admin.open(practicePage());
    await admin.submit(`form[action="${practicePage()}"]`, { name: 'Mashq', clientSecret: 'renewed at Google' });
    await admin.submit(`form[action="${practicePage()}"]`, { name: 'Mashq Classroom', clientSecret: '' });
    expect(admin.page.$('h1').text()).toBe('Mashq Classroom');
    expect(await testConnection()).toEqual([]);
  });

  test('with another MUSTAQIL_SECRET asks for the secret, and Save makes a new key', async () => {
    const details = { ...googleAddresses, name: 'Sealed', clientId: `3-${clientId}`, clientSecret: 'GOCSPX-abcdefgh' };
    const strange = { sealingKey: new Uint8Array(32).fill(9), now: mustaqil.clock.now() };
    const id = await saveGoogleClient(mustaqil.db, { ...details, frameOrigins: [] }, strange);
    const page = `/admin/registrations/${id}`;
    await admin.open(page);
    expect(text()).toContain('does not open any more');
    await admin.submit(`form[action="${page}"]`, { clientSecret: '' });
    expect(admin.page.$('#clientSecret-problem').text()).toBe('Please fill this in.');
    await admin.submit(`form[action="${page}"]`, { clientSecret: 'GOCSPX-abcdefgh' });
    expect(text()).not.toContain('does not open any more');
    const keys = await mustaqil.db.select().from(toolKeys).where(eq(toolKeys.registrationId, id));
    expect(keys.map(({ publishedUntil }) => publishedUntil === null).sort()).toEqual([false, true]);
  });
});

describe('A connected Google Classroom', () => {
  test('vouches for its students, tells how it fares, is switched off and on, and its key is replaced', async () => {
    const { classroom } = google;
    const dilnoza = classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
    const aziz = classroom.addAccount({ givenName: 'Aziz', familyName: 'Rahimov' });
    const physics = classroom.addCourse({ name: 'Fizika', teacherIds: [dilnoza.id], studentIds: [aziz.id] });
    const item = classroom.addItem({ courseId: physics.id, title: 'Mexanika' });
    await google.signIn(google.frame('discovery', { account: dilnoza, item }), dilnoza);
    // A page of credits is what Aziz opens: an attachment for it, as the chooser makes it.
    const robot = await google.signIn(google.frame('discovery', { account: dilnoza, item }), dilnoza);
    await robot.submit('#choice', { chosen: 'credits' });
    await mustaqil.roster.settled();
    const course = await creditCourse(mustaqil, { contextId: physics.id, teacher: dilnoza.id });
    const student = await google.signIn(google.frame('student', { account: aziz, item }), aziz);
    await course.mark(aziz.id, passed);
    await course.confirm(aziz.id);
    await student.open('/transcript');
    await student.click('.credential-link');
    expect(student.page.status).toBe(200);
    expect(student.page.$('#token').text()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);

    await admin.open('/admin');
    expect(text()).toContain('people get in from Google Classroom.');
    await admin.open(practicePage());
    expect(text()).toContain('1 teacher is connected');
    await admin.click('a[href$="/keys/new"]');
    expect(text()).toContain('nothing to change at Google');
    await admin.submit('form[action$="/keys"]');
    expect(text()).toContain('will sign from');

    const stateButton = (state: string) => `form[action$="/state"] button[value=${state}]`;
    await admin.submit(stateButton('disabled'));
    expect(text()).toContain('nobody gets in from Google Classroom');
    expect((await ask(google.frame('student', { account: aziz, item }))).status).toBe(404);
    await student.open('/transcript');
    expect(student.page.status).toBe(401);
    await admin.submit(stateButton('active'));
    await student.open('/transcript');
    expect(student.page.status).toBe(200);
  });
});

/** How Google knows the practice client. */
function client() {
  const [found] = google.classroom.state.clients;
  if (!found) throw new Error('no client');
  return found;
}
