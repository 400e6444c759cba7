// What the page of an attempt writes down reaches us at any time, in any order, from any device, whoever is signed in by then.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { readHeard } from '../../src/attempts/journal/connection-log.store.ts';
import { attempts } from '../../src/database/tables/attempts.ts';
import { attemptSignals, lateEntries } from '../../src/database/tables/journal.ts';
import { sessions } from '../../src/database/tables/sessions.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { cookiesOf } from '../support/ask.ts';
import { openJournal, send, type Journal } from '../support/journal.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';
import { fieldOf, givenTo } from '../support/sheet.ts';

const minuteMs = 60_000;

let mustaqil: TestMustaqil;
let activity: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  activity = await newQuiz(mustaqil, { source: '::A::1 + 1 {#2}\n\n::B::2 + 2 {#4}\n\n::C::3 + 3 {#6}\n' });
});
afterAll(() => mustaqil.stop());

describe('Of one device', () => {
  test('the last answer given stands, in whatever order and however often they arrive', async () => {
    const { aziz, phone, field } = await begun();
    const [first, second, third] = [
      await phone.answer(field.a, '1'),
      await phone.answer(field.a, '2'),
      await phone.answer(field.b, '4'),
    ];
    for (const entries of [[second], [third, first], [first, second], [first]]) {
      const { status, body } = await send(phone.url, entries);
      expect([status, body.state, body.taken.length]).toEqual([200, 'open', entries.length]);
    }
    expect(await saved(aziz)).toEqual({ a: '2', b: '4', c: '' });
  });

  test('an answer that is taken back stays away, though the answer itself arrives after that', async () => {
    const { aziz, phone, field } = await begun();
    const given = await phone.answer(field.a, '2');
    const takenBack = await phone.seal({ kind: 'answer', field: field.a, round: 0, values: [] });
    await send(phone.url, [takenBack]);
    await send(phone.url, [given]);
    expect(await saved(aziz)).toMatchObject({ a: '' });
  });

  test('answers arrive though the session has ended, and whoever is signed in at that phone by now', async () => {
    const { aziz, phone, field } = await begun();
    await mustaqil.db.delete(sessions);
    const other = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Aigul'), activity });
    const { body } = await send(phone.url, [await phone.answer(field.a, '2')], cookieOf(other));
    expect(body.taken).toEqual([[phone.client, 1]]);
    await aziz.launch(mustaqil.lms.activityUrl(activity));
    await aziz.submit('form[action$="/attempts"]');
    expect(given(aziz)).toMatchObject({ a: '2' });
  });

  test('the page is told how much time is left, and what it said so is kept nowhere', async () => {
    const timed = await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30' } });
    const { phone } = await begun(timed);
    const { body } = await send(phone.url, [await phone.seal({ kind: 'ask' })]);
    expect(body).toMatchObject({ state: 'open', own: 1, current: 1, taken: [[phone.client, 1]] });
    expect(body.left).toEqual({ secondsLeft: 1800, until: expect.stringMatching(/^\d\d:\d\d$/) });
    expect(body.now).toBe(mustaqil.clock.now().getTime());
  });
});

describe('Nobody without the page', () => {
  test('writes into an attempt: a seal of Aigul’s opens nothing in Aziz’s, and what does not open is named', async () => {
    const { aziz, phone, field } = await begun();
    const aigul = await begun();
    const strange = await aigul.phone.answer(field.a, '7');
    for (const entries of [[strange], ['x'], []]) {
      const { status, body } = await send(phone.url, entries);
      expect([status, body.code]).toEqual([422, 'seal-unknown']);
    }
    const mixed = await send(phone.url, [strange, await phone.answer(field.b, '4')]);
    expect(mixed.body).toMatchObject({ unopened: [0], taken: [[phone.client, 1]] });
    expect(await saved(aziz)).toEqual({ a: '', b: '4', c: '' });
  });

  test('learns which attempts there are', async () => {
    const { phone } = await begun();
    const nowhere = phone.url.replace(/\d+(?=\/journal)/, '999999');
    const answers = await Promise.all([send(nowhere, ['x']), send(phone.url, ['x'])]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [422, answers[1]?.body],
      [422, answers[0]?.body],
    ]);
  });

  test('too many entries at once are none, and what is no entry is not opened', async () => {
    const { phone, field } = await begun();
    const one = await phone.answer(field.a, '2');
    const tooMany = await send(
      phone.url,
      Array.from({ length: 201 }, () => one),
    );
    expect([tooMany.status, tooMany.body.code]).toEqual([413, 'too-large']);
    const odd = await phone.seal({ kind: 'answer', field: 'constructor', round: 0, values: [] });
    expect((await send(phone.url, [odd])).status).toBe(422);
  });
});

describe('Of several devices', () => {
  test('the one that took over wins, and what the old phone sends late fills only what the new one left empty', async () => {
    const { aziz, phone, field } = await begun();
    await send(phone.url, [await phone.seal({ kind: 'here', isTakeOver: false })]);
    const [lateA, lateB] = [await phone.answer(field.a, '1'), await phone.answer(field.b, '4')];
    const tablet = openJournal(aziz.page, mustaqil.clock.now);
    const taken = await send(tablet.url, [
      await tablet.seal({ kind: 'here', isTakeOver: true }),
      await tablet.answer(field.a, '2'),
    ]);
    expect(taken.body).toMatchObject({ own: 2, current: 2 });
    const late = await send(phone.url, [lateA, lateB]);
    expect(late.body).toMatchObject({
      own: 1,
      current: 2,
      taken: [
        [phone.client, 2],
        [phone.client, 3],
      ],
    });
    expect(await saved(aziz)).toEqual({ a: '2', b: '4', c: '' });
    expect(await signalsOf(aziz)).toMatchObject([
      { clientNumber: 1, kind: 'opened', sequence: 1 },
      { clientNumber: 2, kind: 'taken-over', sequence: 1 },
    ]);
  });

  test('a phone that nobody had heard of wins over nothing, and only reads', async () => {
    const { aziz, phone, field } = await begun();
    await send(phone.url, [await phone.answer(field.a, '2')]);
    const forgotten = openJournal(aziz.page, mustaqil.clock.now);
    const { body } = await send(forgotten.url, [
      await forgotten.seal({ kind: 'here', isTakeOver: false }),
      await forgotten.answer(field.a, '1'),
      await forgotten.answer(field.b, '4'),
    ]);
    expect(body).toMatchObject({ own: 0, current: 1 });
    expect(await saved(aziz)).toEqual({ a: '2', b: '4', c: '' });
  });

  test('the browser where the attempt goes on needs not say so when it has lost its store', async () => {
    const { aziz, phone, field } = await begun();
    await send(phone.url, [await phone.answer(field.a, '1')], cookieOf(aziz));
    const reloaded = openJournal(aziz.page, mustaqil.clock.now);
    const { body } = await send(reloaded.url, [await reloaded.answer(field.a, '2')], cookieOf(aziz));
    expect(body).toMatchObject({ own: 2, current: 2 });
    expect(await saved(aziz)).toMatchObject({ a: '2' });
    const attempt = await attemptOf(aziz);
    const heard = attempt && (await readHeard(mustaqil.db, attempt));
    expect(heard?.signals.map(({ kind, clientNumber }) => [kind, clientNumber])).toEqual([
      ['opened', 1],
      ['opened', 1],
    ]);
  });

  test('a click without a network takes over nothing from who went on elsewhere meanwhile', async () => {
    const { aziz, phone, field } = await begun();
    await send(phone.url, [await phone.answer(field.a, '1')]);
    const tablet = openJournal(aziz.page, mustaqil.clock.now);
    const clicked = [await tablet.seal({ kind: 'here', isTakeOver: true }), await tablet.answer(field.a, '9')];
    clicked.push(await tablet.answer(field.b, '4'));
    mustaqil.clock.advance(minuteMs);
    await send(phone.url, [await phone.answer(field.a, '2')]);
    mustaqil.clock.advance(60 * minuteMs);
    expect((await send(tablet.url, clicked)).body).toMatchObject({ own: 0, current: 1 });
    expect(await saved(aziz)).toEqual({ a: '2', b: '4', c: '' });
  });

  test('a phone that handed in underground does not end what goes on on the tablet', async () => {
    const { aziz, phone, field } = await begun();
    await send(phone.url, [await phone.answer(field.a, '1')]);
    const handIn = await phone.seal({ kind: 'hand-in', basis: { [field.a]: 1 } });
    const tablet = openJournal(aziz.page, mustaqil.clock.now);
    await send(tablet.url, [await tablet.seal({ kind: 'here', isTakeOver: true })]);
    const { body } = await send(phone.url, [handIn]);
    expect(body).toMatchObject({ state: 'open', taken: [[phone.client, 2]], missing: {} });
    expect((await signalsOf(aziz)).map(({ kind }) => kind)).toContain('handed-in-elsewhere');
    await send(tablet.url, [await tablet.answer(field.a, '2')]);
    expect(await saved(aziz)).toMatchObject({ a: '2' });
  });
});

describe('Handing in', () => {
  test('waits for an answer that it overtook', async () => {
    const { aziz, phone, field } = await begun();
    const given = await phone.answer(field.a, '2');
    const handIn = await phone.seal({ kind: 'hand-in', basis: { [field.a]: 1, q99: 1 } });
    const waits = await send(phone.url, [handIn]);
    expect(waits.body).toMatchObject({ state: 'open', taken: [], missing: { [field.a]: 1 } });
    const done = await send(phone.url, [handIn, given]);
    expect(done.body).toMatchObject({ state: 'handed-in', missing: {} });
    expect(done.body.taken).toHaveLength(2);
    await aziz.open(aziz.page.url);
    expect(words(aziz, '.score')).toContain('1 of 3 points');
    const again = await send(phone.url, [given, handIn]);
    expect(again.body).toMatchObject({ state: 'handed-in', late: [] });
    expect(again.body.taken).toHaveLength(2);
  });

  test('is dated when the button was pressed if it arrives within the grace, and when it arrived if not', async () => {
    const [soon, late] = [await begun(), await begun()];
    const pressed = mustaqil.clock.now();
    const entries = await Promise.all([soon, late].map(({ phone }) => phone.seal({ kind: 'hand-in', basis: {} })));
    mustaqil.clock.advance(2 * minuteMs);
    await send(soon.phone.url, entries.slice(0, 1));
    mustaqil.clock.advance(1);
    await send(late.phone.url, entries.slice(1));
    const [first, second] = [await attemptOf(soon.aziz), await attemptOf(late.aziz)];
    expect(first?.submittedAt).toEqual(pressed);
    expect(second?.submittedAt).toEqual(mustaqil.clock.now());
    expect(await signalsOf(late.aziz)).toMatchObject([
      { kind: 'opened' },
      { kind: 'handed-in-on-phone', saidAt: pressed },
    ]);
  });

  test('leaves what arrives afterwards to the teacher, once', async () => {
    const { aziz, phone, field } = await begun();
    const [typed, forgotten] = [await phone.answer(field.b, '3'), await phone.answer(field.b, '4')];
    await send(phone.url, [await phone.seal({ kind: 'hand-in', basis: {} })]);
    await send(phone.url, [typed]);
    const sent = [await send(phone.url, [forgotten]), await send(phone.url, [forgotten])];
    for (const { body } of sent) {
      expect(body).toMatchObject({ state: 'handed-in', taken: [], late: [[phone.client, 2]] });
    }
    await send(phone.url, [typed]);
    expect(await lateOf(aziz)).toMatchObject([{ reason: 'after-hand-in', sequence: 2 }]);
  });
});

describe('With a limit of thirty minutes', () => {
  let timed: string;
  beforeAll(async () => {
    timed = await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30' } });
  });

  test('what was answered in time counts within the grace, what came after the end is kept for the teacher', async () => {
    const { aziz, phone } = await begun(timed);
    const sum = fieldOf(aziz.page, '2 + 3');
    mustaqil.clock.advance(29 * minuteMs);
    const inTime = await phone.answer(sum, '5');
    mustaqil.clock.advance(minuteMs + 60_000);
    const afterEnd = await phone.answer(sum, '6');
    const { body } = await send(phone.url, [inTime, afterEnd]);
    expect(body).toMatchObject({ state: 'open', taken: [[phone.client, 1]], late: [[phone.client, 2]] });
    expect(body.left?.secondsLeft).toBe(0);
    expect(await signalsOf(aziz)).toMatchObject([{ kind: 'opened' }, { kind: 'came-late', detail: { field: sum } }]);
    const handIn = await phone.seal({ kind: 'hand-in', basis: { [sum]: 2 } });
    expect((await send(phone.url, [handIn])).body).toMatchObject({ state: 'handed-in' });
    await aziz.open(aziz.page.url);
    expect(words(aziz, '.score')).toContain('1 of 2 points');
    expect(words(aziz, '.facts')).toContain('when the time was over');
  });

  test('nothing is handed in by itself while the grace lasts; afterwards what arrives is late', async () => {
    const { aziz, phone } = await begun(timed);
    const sum = fieldOf(aziz.page, '2 + 3');
    const inTime = await phone.answer(sum, '5');
    mustaqil.clock.advance(32 * minuteMs);
    await aziz.open(aziz.page.url);
    expect(aziz.page.$('#attempt')).toHaveLength(1);
    mustaqil.clock.advance(1);
    const { body } = await send(phone.url, [inTime]);
    expect(body).toMatchObject({ state: 'handed-in', taken: [], late: [[phone.client, 1]] });
    expect(await lateOf(aziz)).toMatchObject([{ reason: 'after-grace' }]);
    expect(await attemptOf(aziz)).toMatchObject({ isTimedOut: true });
  });
});

test('A form that the page sends is one of its entries: it goes on there, and what was written before it changes nothing', async () => {
  const { aziz, phone, field } = await begun();
  const before = await phone.answer(field.a, '1');
  const sequence = phone.sequence() + 1;
  await phone.seal({ kind: 'ask' });
  await aziz.submit('#attempt button[name=later]', {
    ...{ [field.a]: '2', _client: phone.client, _sequence: String(sequence) },
  });
  const { body } = await send(phone.url, [before, await phone.answer(field.b, '4')]);
  expect(body).toMatchObject({ own: 1, current: 1 });
  expect(await saved(aziz)).toEqual({ a: '2', b: '4', c: '' });
});

test('A form of a page with a journal closes nothing while the grace lasts: another tab may still have what was in time', async () => {
  const timed = await newQuiz(mustaqil, { settings: { timeLimitMinutes: '30' } });
  for (const lateMs of [5000, 60_000]) {
    const { aziz, phone } = await begun(timed);
    const inTime = await phone.answer(fieldOf(aziz.page, 'capital'), '0');
    mustaqil.clock.advance(30 * minuteMs + lateMs);
    const sequence = phone.sequence() + 1;
    await aziz.submit('#attempt button.primary', {
      ...{ [fieldOf(aziz.page, '2 + 3')]: '5', _client: randomUUID(), _sequence: String(sequence) },
    });
    expect(aziz.page.$('#attempt')).toHaveLength(1);
    expect(await attemptOf(aziz)).toMatchObject({ submittedAt: null });
    expect((await send(phone.url, [inTime])).body).toMatchObject({ taken: [[phone.client, 1]] });
  }
});

test('When the university is switched off, nothing is taken any more', async () => {
  const { phone, field } = await begun();
  const entry = await phone.answer(field.a, '2');
  const { issuer } = mustaqil.lms.registration;
  await mustaqil.db.update(registrations).set({ state: 'disabled' }).where(eq(registrations.issuer, issuer));
  const { status, body } = await send(phone.url, [entry]);
  expect([status, body.code]).toEqual([404, 'not-found']);
  await mustaqil.db.update(registrations).set({ state: 'active' }).where(eq(registrations.issuer, issuer));
  expect((await send(phone.url, [entry])).body).toMatchObject({ taken: [[phone.client, 1]] });
});

// Nobody's wrong seals are told from anybody else's after this: it stays the last.
test('However many seals of no key come from an address, a neighbour behind it goes on saving', async () => {
  const { aziz, phone, field } = await begun();
  const wrong = async () => (await send(phone.url, ['a..b.c.d'])).status;
  expect(await wrong()).toBe(422);
  for (let sent = 1; sent < 3000; sent += 50) await Promise.all(Array.from({ length: 50 }, wrong));
  expect(await wrong()).toBe(429);
  const { status, body } = await send(phone.url, [await phone.answer(field.a, '2')]);
  expect([status, body.taken]).toEqual([200, [[phone.client, 1]]]);
  expect(await saved(aziz)).toMatchObject({ a: '2' });
});

/** A new student who has just begun an attempt, and the journal of the page. */
async function begun(at = activity) {
  const aziz = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Aziz'), activity: at });
  await aziz.submit('form[action$="/attempts"]');
  const phone: Journal = openJournal(aziz.page, mustaqil.clock.now);
  const names = at === activity ? ['1 + 1', '2 + 2', '3 + 3'].map((sum) => fieldOf(aziz.page, sum)) : [];
  const [a = '', b = '', c = ''] = names;
  return { aziz, phone, field: { a, b, c } };
}

/** What stands on the page that is opened anew. */
async function saved(aziz: Robot) {
  await aziz.open(aziz.page.url);
  return given(aziz);
}

function given({ page }: Robot) {
  return { a: givenTo(page, '1 + 1'), b: givenTo(page, '2 + 2'), c: givenTo(page, '3 + 3') };
}

const idOf = ({ page }: Robot) => Number(/attempts\/(\d+)/.exec(page.url)?.[1]);
const cookieOf = (robot: Robot) => cookiesOf(robot, new URL(mustaqil.url).hostname);

async function attemptOf(aziz: Robot) {
  const [attempt] = await mustaqil.db
    .select()
    .from(attempts)
    .where(eq(attempts.id, idOf(aziz)));
  return attempt;
}

async function signalsOf(aziz: Robot) {
  return mustaqil.db
    .select()
    .from(attemptSignals)
    .where(eq(attemptSignals.attemptId, idOf(aziz)))
    .orderBy(attemptSignals.id);
}

async function lateOf(aziz: Robot) {
  return mustaqil.db
    .select()
    .from(lateEntries)
    .where(eq(lateEntries.attemptId, idOf(aziz)));
}

function words({ page: { $ } }: Robot, selector: string): string {
  return $(selector).text().replace(/\s+/g, ' ').trim();
}
