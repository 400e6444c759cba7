// Files that learners hand in: kept at once, with what was typed, seen by them and their teachers alone.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import request from 'supertest';
import { answers } from '../../src/database/tables/attempts.ts';
import { answerFiles } from '../../src/database/tables/marking.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { cookiesOf } from '../support/ask.ts';
import { heads, pngOf } from '../support/assets.ts';
import { essayOf, finish, markFormOf, newEssayQuiz, openMarking, saidIn, sum, writing } from '../support/marking.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';
import { fieldsFor, givenTo } from '../support/sheet.ts';

let mustaqil: TestMustaqil;
let activity: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  activity = await newEssayQuiz(mustaqil, { details: { files: { most: 2, kinds: ['picture', 'pdf'] } } });
});
afterAll(() => mustaqil.stop());

const photo = pngOf(40, 30, 'a photograph');

/** A learner chooses a file and presses the button beside it, as without JavaScript. */
async function add(ada: Robot, content: Uint8Array<ArrayBuffer>, filename = 'daftar.png', typed = {}): Promise<void> {
  mustaqil.clock.advance(1000);
  const fields = fieldsFor(ada.page, typed);
  await ada.submit('.answer-files [data-by-button] button', {
    ...fields,
    'q1.upload': { filename, content, type: 'image/png' },
  });
}

const filesIn = ({ page: { $ } }: Robot) =>
  $('.file > a:not(:has(img))')
    .toArray()
    .map((link) => $(link).text());

async function stored(attemptId: number) {
  const rows = await mustaqil.db.select().from(answers).where(eq(answers.attemptId, attemptId));
  return rows.find(({ position }) => position === 1)?.response;
}

/** As a page's script asks, or anybody who knows the address. */
function get(robot: Robot, address: string) {
  const { origin, hostname } = new URL(robot.page.url);
  return request(origin).get(address).set('Cookie', cookiesOf(robot, hostname));
}

test('A file is kept as soon as it is added, with all that was typed; it is listed, and part of the answer', async () => {
  const { ada, attemptId } = await writing(mustaqil, activity);
  await add(ada, photo, 'C:\\fakepath\\daftar oʻgʻil.png', { '2 + 3': '5', pendulum: 'Belanchak.' });
  expect(ada.page.url).toMatch(/#q1-files$/);
  expect(filesIn(ada)).toEqual(['daftar oʻgʻil.png']);
  expect(givenTo(ada.page, '2 + 3')).toBe('5');
  expect(await stored(attemptId)).toEqual({ text: 'Belanchak.', files: [expect.stringMatching(/^[0-9a-f]{64}$/)] });
  // The page goes on saving, and neither adds nor takes files.
  await ada.submit('#attempt button[name=later]', fieldsFor(ada.page, { pendulum: 'Tebrangich.' }));
  expect(await stored(attemptId)).toEqual({ text: 'Tebrangich.', files: [expect.any(String)] });
  await ada.submit('[data-remove-file]');
  expect(filesIn(ada)).toEqual([]);
  expect(await stored(attemptId)).toEqual({ text: 'Tebrangich.' });
});

test('A script is told what the answer holds by now', async () => {
  const { ada, attemptId } = await writing(mustaqil, activity);
  const { origin, hostname } = new URL(ada.page.url);
  const sent = await request(origin)
    .post(`/attempts/${attemptId}/files/q1`)
    .set('Cookie', cookiesOf(ada, hostname))
    .set('X-CSRF-Token', ada.page.$('input[name=_csrf]').attr('value') ?? '')
    .set('Accept', 'application/json')
    .attach('q1.upload', Buffer.from(photo), { filename: 'daftar.png', contentType: 'text/html' });
  expect(sent.status).toBe(201);
  expect(sent.body).toMatchObject({ files: [{ name: 'daftar.png', size: { width: 40, height: 30 } }] });
  await ada.open(ada.page.url);
  expect(ada.page.$('input[name="q1.shown"]').attr('value')).toBe((sent.body as { shown: string }).shown);
});

test.each([
  ['a page of HTML', new TextEncoder().encode('<!doctype html><script>alert(1)</script>'), 415],
  ['an SVG drawing', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 415],
  ['a sound, where pictures and PDF are asked for', heads.mp3, 415],
])('%s is not kept, whatever it is called; what was typed is', async (_what, content, status) => {
  const { ada, attemptId } = await writing(mustaqil, activity);
  await add(ada, content, 'daftar.png', { pendulum: 'Belanchak.' });
  expect(ada.page.status).toBe(status);
  expect(await mustaqil.db.select().from(answerFiles).where(eq(answerFiles.attemptId, attemptId))).toEqual([]);
  expect(await stored(attemptId)).toEqual({ text: 'Belanchak.' });
});

test('No more than two files, and the same one twice is one', async () => {
  const { ada } = await writing(mustaqil, activity);
  await add(ada, photo);
  await add(ada, photo, 'again.png');
  await add(ada, heads.pdf, 'ish.pdf');
  expect(filesIn(ada)).toEqual(['daftar.png', 'ish.pdf']);
  expect(ada.page.$('input[type=file]').attr('disabled')).toBeDefined();
  await add(ada, pngOf(9, 9), 'third.png');
  expect(ada.page.status).toBe(409);
});

test('Ada and her teacher see a file, in a box where nothing runs; a classmate and another teacher see none', async () => {
  const { ada } = await writing(mustaqil, activity);
  await add(ada, photo, 'daftar.png', { pendulum: 'Belanchak.' });
  const address = ada.page.$('.file a').attr('href') ?? '';
  const own = await get(ada, address);
  expect(own.status).toBe(200);
  expect(own.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store, no-transform',
    'content-security-policy': expect.stringContaining('sandbox'),
  });
  expect(new Uint8Array(own.body as Buffer)).toEqual(photo);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  expect((await get(dilnoza, address)).status).toBe(200);
  const ivan = await openQuiz(mustaqil, { student: sample.ivan, activity });
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  for (const stranger of [ivan, grace]) expect((await get(stranger, address)).status).toBe(404);
  expect((await request(new URL(ada.page.url).origin).get(address)).status).toBe(401);
});

test('After handing in nothing is added or taken away, and the teacher marks what is there', async () => {
  const files = { takesText: false, files: { most: 1, kinds: ['pdf'] } };
  const onlyFiles = await newEssayQuiz(mustaqil, { questions: [sum, essayOf(files)] });
  const { ada, attemptId } = await writing(mustaqil, onlyFiles);
  expect(ada.page.$('.question textarea')).toHaveLength(0);
  await add(ada, heads.pdf, 'ish.pdf');
  const removal = ada.page.$('[data-remove-file]').attr('formaction') ?? '';
  await finish(ada, { '2 + 3': '5' });
  expect(filesIn(ada)).toEqual(['ish.pdf']);
  expect(saidIn(ada, '.result')).toContain('1 answer waits for a teacher’s mark.');
  const { origin, hostname } = new URL(ada.page.url);
  const late = await request(origin)
    .post(removal)
    .set('Cookie', cookiesOf(ada, hostname))
    .set('X-CSRF-Token', ada.page.$('input[name=_csrf]').attr('value') ?? '')
    .type('form')
    .send({});
  expect(late.status).toBe(409);
  const dilnoza = await openMarking(mustaqil, onlyFiles);
  expect(filesIn(dilnoza)).toEqual(['ish.pdf']);
  await dilnoza.click('a[href*="names=hidden"]');
  expect(filesIn(dilnoza)).toEqual(['File 1']);
  await dilnoza.submit(markFormOf(attemptId), { points: '4' });
  await ada.open(ada.page.url);
  expect(saidIn(ada, '.score')).toMatch(/^5 of 5 points/);
});
