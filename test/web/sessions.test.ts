// A session ends by the server's clock and by the next sign-in, whatever the browser still sends.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sessions, spentLogins } from '../../src/database/tables/sessions.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { deleteExpired } from '../../src/web/session.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { autoSubmit, holdLaunch } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const twelveHoursMs = 12 * 60 * 60 * 1000;

test('after twelve hours a cookie opens nothing, even if a browser kept it', async () => {
  const aziz = await openQuiz(mustaqil);
  const cookie = cookiesOf(aziz, 'localhost');
  const openedWith = () => ask(aziz.page.url, { headers: { cookie } });
  mustaqil.clock.advance(twelveHoursMs - 1);
  expect((await openedWith()).status).toBe(200);
  mustaqil.clock.advance(1);
  expectRefusal(await openedWith(), [401, 'signed-out'], [cookie.split('__Host-session=')[1] ?? cookie]);
});

test('on a shared phone, who signs in last is who is signed in, and the cookie before is worth nothing', async () => {
  const phone = await openQuiz(mustaqil);
  const cookieOfAziz = cookiesOf(phone, 'localhost');
  const { url } = phone.page;
  await phone.open(mustaqil.lmsUrl);
  await phone.submit('form[action="/session/end"]');
  await phone.submit(`button[name="person"][value="${sample.aigul}"]`);
  await phone.launch(mustaqil.lms.activityUrl(sample.physics.mechanics));
  expect(phone.page.$('.you').text()).toContain('Aigul');
  expectRefusal(await ask(url, { headers: { cookie: cookieOfAziz } }), [401, 'signed-out']);
});

test('Aziz is signed in on his phone and on his laptop at once', async () => {
  const [phone, laptop] = [await openQuiz(mustaqil), await openQuiz(mustaqil)];
  for (const robot of [phone, laptop]) expect((await ask(robot.page.url, { as: robot })).status).toBe(200);
});

test.each(['', 'x', '%00', 'a'.repeat(5_000), "' or 1=1 --"])('a made-up session %j is none', async (value) => {
  const cookie = `__Host-session=${encodeURIComponent(value)}`;
  expectRefusal(await ask(`${mustaqil.url}/attempts/1`, { headers: { cookie } }), [401, 'signed-out']);
});

test('the database holds nothing that could be sent as a cookie', async () => {
  const aziz = await openQuiz(mustaqil);
  const rows = JSON.stringify(await mustaqil.db.select().from(sessions));
  for (const value of Object.values(aziz.cookies('localhost'))) expect(rows).not.toContain(value);
});

test('a launch leaves nothing of its token in the database, and nothing of its state', async () => {
  const aziz = await mustaqil.browserOf(sample.aziz);
  const form = await holdLaunch(aziz, mustaqil.lms.activityUrl(sample.physics.mechanics));
  await aziz.submit(autoSubmit);
  expect(aziz.page.$('.you').text()).toContain('Aziz Rahimov');
  const rows = JSON.stringify(await allRows(mustaqil.db));
  for (const part of [...(form.id_token ?? '').split('.'), form.state ?? '']) {
    expect([part.length > 20, rows.includes(part)]).toEqual([true, false]);
  }
});

test('what has expired is swept out, and nobody loses a living session', async () => {
  const { db, clock } = mustaqil;
  await deleteExpired(db, clock.now());
  const aziz = await openQuiz(mustaqil);
  clock.advance(twelveHoursMs / 2);
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  clock.advance(twelveHoursMs / 2);
  await deleteExpired(db, clock.now());
  expect((await ask(aigul.page.url, { as: aigul })).status).toBe(200);
  expect(await db.select().from(sessions)).toHaveLength(1);
  expect(await db.select().from(spentLogins)).toHaveLength(0);
  expect((await ask(aziz.page.url, { as: aziz })).status).toBe(401);
});
