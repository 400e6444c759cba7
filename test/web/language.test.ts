// A person chooses a language once; before anybody is known, the browser's counts.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const languageOf = ({ page: { $ } }: Robot) => [$('html').attr('lang'), $('.you').text().slice(0, 3)];

test('Aziz chooses Uzbek, stays on his page, and reads Uzbek at the next launch although his LMS says English', async () => {
  const aziz = await openQuiz(mustaqil);
  const { url } = aziz.page;
  expect(languageOf(aziz)).toEqual(['en', 'You']);
  await aziz.submit('button[name="language"][value="uz"]');
  expect([aziz.page.url, ...languageOf(aziz)]).toEqual([url, 'uz', 'Siz']);
  const again = await openQuiz(mustaqil);
  expect(languageOf(again)).toEqual(['uz', 'Siz']);
  await again.submit('button[name="language"][value="en"]');
  expect(languageOf(await openQuiz(mustaqil))).toEqual(['en', 'You']);
});

test('who chose nothing follows the LMS', async () => {
  const { id } = mustaqil.lms.addPerson({ givenName: 'Nodira', familyName: 'Aliyeva', language: 'uz' });
  mustaqil.lms.enrol(id, sample.physics.course, 'student');
  expect(languageOf(await openQuiz(mustaqil, { student: id }))).toEqual(['uz', 'Siz']);
});

test('Aziz asks for larger letters and has them on every page and at the next launch, until he asks for ordinary ones', async () => {
  const aziz = await openQuiz(mustaqil);
  const isLarge = (robot: Robot) => robot.page.$('html').hasClass('large-print');
  expect(isLarge(aziz)).toBe(false);
  const { url } = aziz.page;
  await aziz.submit('button[name="size"]');
  expect([aziz.page.url, isLarge(aziz)]).toEqual([url, true]);
  const again = await openQuiz(mustaqil);
  expect(isLarge(again)).toBe(true);
  expect(isLarge(await openQuiz(mustaqil, { student: sample.aigul }))).toBe(false);
  await again.submit('button[name="size"]');
  expect(isLarge(again)).toBe(false);
});

test('a language we do not have changes nothing', async () => {
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  await aigul.submit('button[name="language"][value="uz"]', { language: 'tlh' });
  expect(languageOf(aigul)).toEqual(['en', 'You']);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\/evil.example/',
  '/\t/evil.example/',
  '/\n/evil.example/',
  ' //evil.example/',
  'javascript:alert(1)',
  '',
])('choosing a language leads to no other site, not even by %j', async (address) => {
  const ivan = await openQuiz(mustaqil, { student: sample.ivan });
  const form = { _csrf: ivan.page.$('input[name="_csrf"]').attr('value') ?? '', language: 'en', address };
  const { status, headers } = await ask(`${mustaqil.url}/person/language`, { form, as: ivan });
  expect(status).toBe(303);
  expect(new URL(headers.get('location') ?? '', mustaqil.url).href).toBe(`${mustaqil.url}/`);
});

test.each([
  ['uz', 'uz'],
  ['uz-Latn-UZ,ru;q=0.8', 'uz'],
  ['tlh,en;q=0.2,uz;q=0.7', 'uz'],
  ['en-GB', 'en'],
  ['tlh', 'en'],
  ['*', 'en'],
  ['nonsense;;;q=,', 'en'],
])('a stranger whose browser asks for %s reads %s', async (wished, language) => {
  const page = await ask(`${mustaqil.url}/attempts/1`, { headers: { 'accept-language': wished } });
  expectRefusal(page, [401, 'signed-out']);
  expect(page.$('html').attr('lang')).toBe(language);
  expect(page.$('h1').text()).toContain(language === 'uz' ? 'Tizimga kirish' : 'no longer signed in');
});
