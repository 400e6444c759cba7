// What a person typed outlives their session: the page that refuses it carries it on, to be sent again.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import { formEntries } from '../../src/practice/form-fields.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask, type Asked } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, twoQuestions } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';
import type { Robot } from '../../src/practice/robot.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const oneDayMs = 24 * 60 * 60 * 1000;

/** "Send again" on a page that was left open, with the cookies the browser has by now. */
async function sendAgain(left: Pick<Asked, '$'>, robot: Robot): Promise<Asked> {
  const form = left.$('form.kept');
  const entries = formEntries(left.$, form, null).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return ask(`${mustaqil.url}${form.attr('action')}`, { form: entries, as: robot });
}

test('Dilnoza writes for a day, and her questions are not lost when she is signed out', async () => {
  const { lms, clock, db } = mustaqil;
  const dilnoza = await mustaqil.browserOf(sample.dilnoza);
  await dilnoza.launch(lms.activityUrl(sample.physics.newton));
  const source = `\n  // leading line and spaces\n${twoQuestions}</textarea><b>&amp;\n`;
  await dilnoza.open(dilnoza.page.url.replace('/edit', '/text'));
  clock.advance(oneDayMs);
  await dilnoza.submit('#text', { source });
  expectRefusal(dilnoza.page, [401, 'signed-out']);
  const left = dilnoza.page;

  await dilnoza.launch(lms.activityUrl(sample.physics.newton));
  expect((await sendAgain(left, dilnoza)).status).toBe(303);
  const saved = (await db.select().from(quizzes)).map((quiz) => quiz.source.replaceAll('\r\n', '\n'));
  expect(saved).toContain(source);
});

test('Aziz answers on after his session has ended, and his answers arrive', async () => {
  const { clock, lms } = mustaqil;
  const aziz = await openQuiz(mustaqil);
  await aziz.submit('form[action$="/attempts"]');
  const attempt = aziz.page.url;
  const sum = aziz.page.$('.question-numeric input').attr('name') ?? '';
  clock.advance(oneDayMs);
  await aziz.submit('#attempt button', { [sum]: '5' });
  expectRefusal(aziz.page, [401, 'signed-out']);
  const left = aziz.page;

  await aziz.launch(lms.activityUrl(sample.physics.mechanics));
  expect((await sendAgain(left, aziz)).status).toBe(303);
  await aziz.open(attempt);
  expect(aziz.page.$(`input[name="${sum}"]`).attr('value')).toBe('5');
});

test('on a shared phone, the form of Aziz is never sent in the name of Aigul', async () => {
  const { lms, db } = mustaqil;
  const phone = await openQuiz(mustaqil);
  await phone.submit('form[action$="/attempts"]');
  const left = phone.page;
  const sum = left.$('.question-numeric input').attr('name') ?? '';

  await phone.open(mustaqil.lmsUrl);
  await phone.submit('form[action="/session/end"]');
  await phone.submit(`button[name="person"][value="${sample.aigul}"]`);
  await phone.launch(lms.activityUrl(sample.physics.mechanics));
  const before = await allRows(db);
  const token = left.$('input[name="_csrf"]').attr('value') ?? '';
  const form = { _csrf: token, question: sum, [sum]: '666' };
  const address = left.$('#attempt').attr('action') ?? '';
  const refused = await ask(`${mustaqil.url}${address}`, { form, as: phone });
  expectRefusal(refused, [403, 'form-expired']);
  expectRefusal(await sendAgain(refused, phone), [404, 'not-found']);
  expect(await allRows(db)).toEqual(before);
});

test('a form that another site has sent is not carried on with a token', async () => {
  const aziz = await openQuiz(mustaqil);
  const address = `${mustaqil.url}/person/language`;
  const headers = { 'sec-fetch-site': 'cross-site' };
  const refused = await ask(address, { form: { language: 'uz' }, headers, as: aziz });
  expectRefusal(refused, [403, 'form-expired']);
  expect(refused.$('form.kept').length).toBe(0);
});

test('an address that browsers take for another site gets nothing of the form', async () => {
  const aziz = await openQuiz(mustaqil);
  const refused = await ask(`${mustaqil.url}//evil.example/x`, { form: { q0: '1' }, as: aziz });
  expectRefusal(refused, [403, 'form-expired']);
  expect(refused.$('form.kept').length).toBe(0);
});

test('fields that are no plain text do no harm', async () => {
  const upload = new FormData();
  upload.set('a[b]', '1');
  upload.append('c[]', '2');
  const refused = await ask(`${mustaqil.url}/placements/1/quiz`, { body: upload });
  expectRefusal(refused, [401, 'signed-out']);
});

test('what is kept is text, never markup', async () => {
  const evil = '</textarea><script>alert(1)</script>';
  const { html, $ } = await ask(`${mustaqil.url}/placements/1/quiz`, { form: { [evil]: evil } });
  expect(html).not.toContain('<script>alert');
  expect(load(html)('form.kept textarea').last().text().trim()).toBe(evil);
  expect($('form.kept textarea').last().attr('name')).toBe(evil);
});
