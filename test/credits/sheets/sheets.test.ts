// The sheet of a course as its teacher gets it, and the list by which students get their numbers.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openZip } from '../../../src/questions/formats/archive/read-zip.ts';
import { rowsOfCsv } from '../../../src/questions/formats/table/rows-of-csv.ts';
import { visibleSheets } from '../../../src/questions/formats/xlsx/read-workbook.ts';
import type { Robot } from '../../../src/practice/robot.ts';
import { sample } from '../../../src/practice/sample-courses.ts';
import { ask } from '../../support/ask.ts';
import { launchWith, lti, roleUri } from '../../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../../support/people.ts';
import { post } from '../../support/post.ts';
import { refusalOf } from '../../support/refusals.ts';
import { openCreditCourse, passed } from './credit-course.ts';

let mustaqil: TestMustaqil;
let course: Awaited<ReturnType<typeof openCreditCourse>>;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  course = await openCreditCourse(mustaqil);
  await course.mark(sample.aziz, passed);
  await course.mark(sample.aigul, { ...passed, q1: 6.5, exam: 'absent' });
  await course.mark(sample.omurbek, passed);
  await course.confirm(sample.aziz);
});
afterAll(() => mustaqil.stop());

async function inCredits(path: string): Promise<Robot> {
  const dilnoza = await openAsTeacher(mustaqil);
  await dilnoza.open(`${course.place}${path}`);
  return dilnoza;
}

const words = ({ page: { $ } }: Robot, selector = 'main') => $(selector).text().replace(/\s+/g, ' ').trim();

/** The rows of the downloaded sheet, each by the names of its columns. */
async function rowsOfWorkbook(sheetName = 'hemis-qaydnoma'): Promise<Record<string, string>[]> {
  const { page } = await inCredits('/sheets/hemis-qaydnoma/file?format=xlsx');
  const sheets = await visibleSheets(await openZip(page.bytes));
  const [names = [], ...rows] = sheets.find(({ name }) => name === sheetName)?.rows ?? [];
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column] ?? ''])));
}

describe('The sheet', () => {
  test('has a row for each student in the order of surnames, with as many credits as the ledger and the page say', async () => {
    const rows = await rowsOfWorkbook();
    // Gʻ is a letter after z.
    const shown = rows.map((row) => ['no', 'student_id_number', 'YN', 'total_point', 'grade'].map((name) => row[name]));
    expect(shown).toEqual([
      ['1', '', '', '', ''],
      ['2', '391261100001', '45', '95', '5'],
      ['3', '391261100002', '', '47', '2'],
      ['4', '391261100004', '45', '95', '5'],
    ]);
    expect(rows[2]).toMatchObject({ JN: '27', JN_ON: '47', credit: '0', final_exam_type: '11' });
    expect(rows.map(({ note }) => note)).toEqual([
      expect.stringContaining('no student id number'),
      '',
      expect.stringContaining('kelmadi'),
      expect.stringContaining('not confirmed yet: 6 credits'),
    ]);
    const inAll = rows.reduce((sum, { credit }) => sum + Number(credit), 0);
    expect(inAll).toBe((await course.confirmedUnits([sample.aziz, sample.aigul, sample.ivan, sample.omurbek])) / 100);
    expect(words(await inCredits('/sheets'), '#sums')).toContain(`Confirmed credits in all${inAll}`);
    expect(await rowsOfWorkbook('exact')).toContainEqual(
      expect.objectContaining({ student_id_number: '391261100002', JN: '26.5', JN_exact: '53/2' }),
    );
  });

  test('says the same as CSV and on paper', async () => {
    const { page } = await inCredits('/sheets/hemis-qaydnoma/file?format=csv');
    expect(page.headers.get('content-disposition')).toContain('.csv');
    const [names = [], ...rows] = rowsOfCsv(page.html.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')).rows;
    const inWorkbook = await rowsOfWorkbook();
    expect(rows.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column]])))).toEqual(inWorkbook);
    const paper = await inCredits('/sheets/hemis-qaydnoma');
    const lines = paper.page.$('.sheet tbody tr').toArray();
    expect(lines.map((line) => paper.page.$(line).find('td').eq(6).text())).toEqual(
      inWorkbook.map(({ total_point }) => total_point),
    );
    expect(words(paper, '.sheet-head')).toContain('Teachers of the subjectDilnoza Karimova');
    expect(words(paper, '.sheet-foot')).toContain('Grade 52 Grade 40 Grade 30 Grade 21 Not graded yet1');
  });

  test('is nobody’s but those who see the results of the course', async () => {
    const files = ['', '/hemis-qaydnoma', '/hemis-qaydnoma/file?format=xlsx', '/hemis-qaydnoma/file?format=csv'];
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    const asked = async (as: Robot | undefined, path: string) =>
      (await ask(`${mustaqil.url}${course.place}${path}`, as ? { as } : {})).status;
    const aziz = await openQuiz(mustaqil);
    for (const file of [...files.map((one) => `/sheets${one}`), '/roster']) {
      const statuses = [await asked(aziz, file), await asked(grace, file), await asked(undefined, file)];
      expect([file, ...statuses]).toEqual([file, 403, 404, 401]);
    }
    const claims = { [lti('roles')]: [roleUri.assistant] };
    const assistant = await launchWith(mustaqil, { person: sample.ivan, activity: sample.physics.mechanics, claims });
    expect(await asked(assistant, '/sheets/hemis-qaydnoma/file?format=xlsx')).toBe(200);
    const given = await post(assistant, `${course.place}/roster`, [['text', '1']]);
    expect(given.status).toBe(403);
    await openQuiz(mustaqil, { student: sample.ivan });
    const other = await post(grace, `${course.place}/roster/preview`, [['text', '1']]);
    expect([other.status, await asked(grace, '/sheets/nothing')]).toEqual([404, 404]);
  });

  test('waits for a plan', async () => {
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    const [, other = ''] = /\/courses\/(\d+)/.exec(grace.page.html) ?? [];
    await grace.open(`/courses/${other}/credits/sheets`);
    expect(words(grace)).toContain('no published credit plan yet');
    await grace.open(`/courses/${other}/credits/sheets/hemis-qaydnoma/file?format=xlsx`);
    expect([grace.page.status, refusalOf(grace.page)]).toEqual([404, 'not-found']);
  });
});

describe('A list of numbers', () => {
  test('with one number twice is told line by line, loses nothing that was typed, and keeps nothing', async () => {
    const dilnoza = await inCredits('/roster');
    const text = 'ID;F.I.Sh.;Guruh\n391261100003;Petrov Ivan;F-101\n391261100003;Sidorov Ivan;F-102\n;Nobody;';
    await dilnoza.submit('#list', { text });
    expect(dilnoza.page.status).toBe(422);
    expect(words(dilnoza, '#problems')).toContain(
      'Line 2: this number stands in more than one line, first in line 2 Line 3: this number stands in more than one line, first in line 2 Line 4: no number',
    );
    expect(dilnoza.page.$('#text').text()).toBe(text);
    expect(dilnoza.page.$('#matches [name=match]')).toHaveLength(0);
    expect((await rowsOfWorkbook())[0]).toMatchObject({ student_id_number: '' });
  });

  test('keeps what a teacher ticks: by number at once, by name only if somebody says so', async () => {
    const dilnoza = await inCredits('/roster');
    const list =
      'ID,Name,Group\n391261100003,Petrov Ivan Ivanovich,F-101\n391261100001,RAHIMOV AZIZ,F-101\n77,Nobody Known,F-9';
    await dilnoza.submit('#list', { file: { filename: 'list.csv', content: list } });
    const ticks = dilnoza.page.$('[name=match]').toArray();
    expect(ticks.map((tick) => dilnoza.page.$(tick).attr('checked') !== undefined)).toEqual([false, true]);
    expect(words(dilnoza, '#matches')).toContain('1 line fits nobody in the course');
    await dilnoza.submit('#matches');
    expect(words(dilnoza, '[role=status]')).toBe('1 number is kept.');
    expect(await rowsOfWorkbook()).toContainEqual(
      expect.objectContaining({ student_id_number: '391261100001', full_name: 'RAHIMOV AZIZ', group: 'F-101' }),
    );

    await dilnoza.submit('#list', { text: list });
    await dilnoza.submit('#matches', { match: [dilnoza.page.$('[name=match]').first().attr('value') ?? ''] });
    expect(words(dilnoza, '#known')).toContain('Petrov Ivan Ivanovich · F-101 391261100003 a list');
    expect((await rowsOfWorkbook()).map((row) => row['student_id_number'])).toContain('391261100003');
    await dilnoza.submit(`[name=person][value="${await course.personOf(sample.ivan)}"]`);
    expect((await rowsOfWorkbook()).map((row) => row['student_id_number'])).not.toContain('391261100003');
  });

  test('that is none is refused in words, beside the field', async () => {
    const dilnoza = await inCredits('/roster');
    await dilnoza.submit('#list', { text: 'full name;group\nPetrov Ivan;F-101' });
    expect([dilnoza.page.status, words(dilnoza, '#text-problem')]).toEqual([
      422,
      expect.stringContaining('No column of numbers was found'),
    ]);
    await dilnoza.submit('#list', { file: { filename: 'list.xlsx', content: 'PK\u0003\u0004 cut off' } });
    expect(words(dilnoza, '#text-problem')).toContain('This file cannot be read');
  });
});
