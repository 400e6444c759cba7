// A quiz taken elsewhere: every file says what it was, and comes back as it went; papers have their key.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { pngOf } from '../support/assets.ts';
import { chosenFile, untilRead } from '../support/imports.ts';
import { mexanika } from '../support/mexanika.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish } from '../support/people.ts';
import { newActivity } from '../support/school.ts';
import { drawing, paragraph, run, wordDocument } from '../support/word-document.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const placeOf = ({ page }: Robot) => /\/placements\/\d+\/quiz/.exec(page.url)?.[0] ?? '';

/** The bytes behind an address, as a browser downloads them. */
async function download(robot: Robot, address: string) {
  const headers = { cookie: cookiesOf(robot, new URL(mustaqil.url).hostname) };
  const response = await fetch(`${mustaqil.url}${address}`, { headers });
  return { headers: response.headers, status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}

describe('A published quiz', () => {
  let dilnoza: Robot;
  beforeAll(async () => {
    dilnoza = await publish(mustaqil, { source: mexanika, activity: newActivity(mustaqil) });
  });

  test('is offered in every format that can be written', async () => {
    await dilnoza.open(`${placeOf(dilnoza)}/export`);
    const names = dilnoza.page.$('[name=format]').toArray();
    const values = names.map((one) => dilnoza.page.$(one).attr('value'));
    expect(values.sort()).toEqual(['aiken', 'csv', 'docx', 'gift', 'hemis', 'moodle-xml', 'qti', 'qti-2.1', 'xlsx']);
  });

  test.each(['gift', 'moodle-xml', 'csv', 'docx', 'xlsx', 'qti', 'qti-2.1'])(
    'comes back from its %s file with its questions',
    async (format) => {
      const { bytes, headers } = await download(dilnoza, `${placeOf(dilnoza)}/export/file?format=${format}`);
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename=/);
      const again = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
      await again.submit('#import', { source: '', file: chosenFile('back', bytes) });
      await untilRead(again);
      expect(again.page.$('#chosen .question').length).toBeGreaterThanOrEqual(11);
    },
  );

  test('names what a format loses before it is downloaded, each with its question', async () => {
    await dilnoza.open(`${placeOf(dilnoza)}/export?format=aiken`);
    expect(dilnoza.page.$('#losses li').length).toBeGreaterThan(3);
    expect(dilnoza.page.$('#losses li').first().text()).toMatch(/^\d+\. .+\./);
    await dilnoza.open(`${placeOf(dilnoza)}/export?format=moodle-xml`);
    expect(dilnoza.page.$('#losses [role=status]').text()).toContain('Everything in these questions');
  });

  test('is printed in variants, each with its key', async () => {
    await dilnoza.open(`${placeOf(dilnoza)}/paper?variants=4`);
    const { $ } = dilnoza.page;
    expect($('.paper')).toHaveLength(5);
    expect($('.paper-key .paper-keys')).toHaveLength(4);
    expect($('.paper-key').text()).toContain('Variant D');
  });

  test('is printed in large print for who needs it, whatever the teacher has set for their own pages', async () => {
    const isLarge = () => dilnoza.page.$('html').hasClass('large-print');
    await dilnoza.open(`${placeOf(dilnoza)}/paper?variants=2`);
    expect(isLarge()).toBe(false);
    await dilnoza.submit('.paper-choices', { letters: 'large' });
    expect(isLarge()).toBe(true);
    expect(dilnoza.page.$('#letters option[selected]').val()).toBe('large');
  });

  test.each(['/export', '/export/file?format=gift', '/paper', '/export?of=draft'])(
    'is closed at %s to a student, and not there for a teacher of another course',
    async (end) => {
      const aziz = await openQuiz(mustaqil);
      const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
      const address = `${mustaqil.url}${placeOf(dilnoza)}${end}`;
      expect((await ask(address, { as: aziz })).status).toBe(403);
      expect((await ask(address, { as: grace })).status).toBe(404);
      expect((await ask(address)).status).toBe(401);
    },
  );
});

test('The draft is taken from the editor, with its pictures', async () => {
  const picture = pngOf(40, 30);
  const body = [
    paragraph(`${run('1. Bu nima? ')}${drawing('rId1', 'Richag')}`),
    paragraph(run('A) Richag', '<w:b/>')),
    paragraph('B) Blok'),
  ];
  const word = await wordDocument(body.join(''), { pictures: { rId1: { name: 'a.png', bytes: picture } } });
  const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await dilnoza.submit('#import', { source: '', file: chosenFile('a.docx', word) });
  await untilRead(dilnoza);
  await dilnoza.submit('#chosen');
  await dilnoza.click('a[href$="/export?of=draft"]');
  await dilnoza.open(`${dilnoza.page.url}&format=moodle-xml`);
  const address = dilnoza.page.$('#losses a').attr('href') ?? '';
  const { bytes } = await download(dilnoza, address);
  expect(new TextDecoder().decode(bytes)).toContain(Buffer.from(picture).toString('base64'));

  const again = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await again.submit('#import', { source: '', file: chosenFile('back.xml', bytes) });
  await untilRead(again);
  const sha256 = createHash('sha256').update(picture).digest('hex');
  expect(again.page.$(`#chosen img[src="/assets/${sha256}"]`)).toHaveLength(1);
});
