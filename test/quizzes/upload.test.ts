// Questions out of a file, as editors old and new write them.
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

test('A UTF-8 file takes the place of the text and is previewed', async () => {
  const dilnoza = await uploading(file(`\uFEFF${mexanika}`), 'Something older');
  expect(dilnoza.page.$('#source').text()).toBe(mexanika);
  expect(dilnoza.page.$('#preview .question')).toHaveLength(12);
});

test('A file in Windows-1251 is read with its Cyrillic letters', async () => {
  const dilnoza = await uploading(file(windows1251(cyrillic)));
  expect(dilnoza.page.$('#source').text()).toBe(cyrillic);
  expect(dilnoza.page.$('#preview .question-text').text()).toContain('Единица силы');
});

test('A file in UTF-16, as old Notepad saves it, is read too', async () => {
  const dilnoza = await uploading(file(new Uint8Array(Buffer.from(`\uFEFF${cyrillic}`, 'utf16le'))));
  expect(dilnoza.page.$('#source').text()).toBe(cyrillic);
});

test('A file with the line ends of Windows has the same text', async () => {
  const dilnoza = await uploading(file(twoQuestions.replaceAll('\n', '\r\n')));
  expect(dilnoza.page.$('#source').text()).toBe(twoQuestions);
});

test('An empty file, or none, leaves the text as it stands', async () => {
  expect((await uploading(file(''), twoQuestions)).page.$('#source').text()).toBe(twoQuestions);
  expect((await uploading({ ...file(''), filename: '' }, twoQuestions)).page.$('#source').text()).toBe(twoQuestions);
});

test.each([
  ['noise', Uint8Array.from({ length: 3000 }, (_, place) => (place * 37) % 256)],
  ['a document of a word processor', Buffer.from('PK\u0003\u0004 word/document.xml {=a ~b}')],
  ['a letter instead of questions', 'Assalomu alaykum!'],
])('A file with %s takes the place of nothing: the questions in the editor stay', async (_what, content) => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.submit('#quiz', { source: twoQuestions, file: file(content) });
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('#preview .notice').text()).toContain('Your text is as it was');
  expect(dilnoza.page.$('#source').text()).toBe(twoQuestions);
  expect(dilnoza.page.$('button[formaction]')).toHaveLength(1);
});

test('A file above 2 MB is refused in words, and the quiz stays as it was', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.submit('#quiz', { source: twoQuestions });
  const refused = await dilnoza.submit('#quiz', { file: file('x'.repeat(2 * 1024 * 1024 + 1)) });
  expect(refused.status).toBe(413);
  expect(refused.$('meta[name=refusal]').attr('content')).toBe('too-large');
  const later = await openAsTeacher(mustaqil, { activity });
  expect(later.page.$('#source').text()).toBe(twoQuestions);
});

test('An uploaded file is published only after it was previewed', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.submit('#quiz', { source: twoQuestions });
  await dilnoza.submit('button[formaction]', { file: file(cyrillic) });
  expect(dilnoza.page.$('[role=status]').text()).toContain('look at it once more');
  expect(dilnoza.page.$('#source').text()).toBe(cyrillic);
  await dilnoza.submit('button[formaction]');
  expect(dilnoza.page.$('main').text()).toContain('1 question, 1 point · Version 1');
});

/** Dilnoza's editor after she has chosen a file and saved. */
async function uploading(upload: FileValue, source = '') {
  const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await dilnoza.submit('#quiz', { source, file: upload });
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
