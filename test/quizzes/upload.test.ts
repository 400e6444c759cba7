// Questions out of a file, as editors old and new write them: looked at first, then added.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileValue } from '../../src/practice/form-fields.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { mexanika } from '../support/mexanika.ts';
import { openAsTeacher, twoQuestions } from '../support/people.ts';
import { newActivity } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const cyrillic = '::Сила::Единица силы {=ньютон ~джоуль}\n';

test('A UTF-8 file is read in place of the text, and the text is kept', async () => {
  const dilnoza = await uploading(file(`\uFEFF${mexanika}`), 'Something older');
  expect(dilnoza.page.$('#chosen .question')).toHaveLength(12);
  expect(dilnoza.page.$('#source').text()).toBe('Something older');
  expect(dilnoza.page.$('main').text()).toContain('From the file savollar.gift');
});

test('A file in Windows-1251 is read with its Cyrillic letters', async () => {
  const dilnoza = await uploading(file(windows1251(cyrillic)));
  expect(dilnoza.page.$('.question-text').text()).toContain('Единица силы');
});

test('A file in UTF-16, as old Notepad saves it, is read too', async () => {
  const dilnoza = await uploading(file(new Uint8Array(Buffer.from(`\uFEFF${cyrillic}`, 'utf16le'))));
  expect(dilnoza.page.$('.question-text').text()).toContain('Единица силы');
});

test('A file with the line ends of Windows has the same questions', async () => {
  const dilnoza = await uploading(file(twoQuestions.replaceAll('\n', '\r\n')));
  expect(dilnoza.page.$('#chosen .question')).toHaveLength(2);
});

test('An empty file, or none, leaves the text to be read', async () => {
  expect((await uploading(file(''), twoQuestions)).page.$('#chosen .question')).toHaveLength(2);
  expect((await uploading({ ...file(''), filename: '' }, twoQuestions)).page.$('#chosen .question')).toHaveLength(2);
});

test.each([
  ['noise', Uint8Array.from({ length: 3000 }, (_, place) => (place * 37) % 256)],
  ['a letter instead of questions', 'Assalomu alaykum!'],
])('A file with %s adds nothing, and says why', async (_what, content) => {
  const dilnoza = await uploading(file(content), twoQuestions);
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('.problems li')).toHaveLength(1);
  expect(dilnoza.page.$('#chosen')).toHaveLength(0);
  expect(dilnoza.page.$('#source').text()).toBe(twoQuestions);
});

test('A file above 2 MB is refused in words, and the quiz stays as it was', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  const refused = await dilnoza.submit('#import', { file: file('x'.repeat(2 * 1024 * 1024 + 1)) });
  expect(refused.status).toBe(413);
  expect(refused.$('meta[name=refusal]').attr('content')).toBe('too-large');
});

/** Dilnoza after she has chosen a file and asked to see what is in it. */
async function uploading(upload: FileValue, source = '') {
  const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await dilnoza.submit('#import', { source, file: upload });
  return dilnoza;
}

function file(content: FileValue['content']): FileValue {
  return { filename: 'savollar.gift', content, type: 'text/plain' };
}

function windows1251(text: string) {
  const decoder = new TextDecoder('windows-1251');
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]));
  return Uint8Array.from([...text].map((letter) => codes.get(letter) ?? 0));
}
