// A teacher's list of students: read whatever it calls its columns, and matched by number; a name only proposes.
import { describe, expect, test } from '@jest/globals';
import { confirmedMatches } from '../../../src/credits/sheets/confirmed-matches.ts';
import { matchRoster } from '../../../src/credits/sheets/match-roster.ts';
import { mostLines, readRoster, rosterTextOf, type RosterLine } from '../../../src/credits/sheets/read-roster.ts';
import { writeWorkbook } from '../../../src/questions/formats/xlsx/write-workbook.ts';
import { student } from './sheets.ts';

const aziz: RosterLine = { line: 2, studentIdNumber: '391261100001', fullName: 'Rahimov Aziz', groupName: 'F-101' };

describe('a list', () => {
  test.each([
    ['student_id_number,full name,group', '391261100001,Rahimov Aziz,F-101'],
    [
      'T/r;Talabaning familiyasi, ismi, sharifi;Guruh;Reyting daftarchasining raqami',
      '1;Rahimov Aziz;F-101;391261100001',
    ],
    ['Talaba ID raqami\tF.I.Sh.\tAkademik guruh', '391261100001\tRahimov  Aziz\tF-101'],
    ['Фамилия;Имя;Отчество;Группа;Номер зачётной книжки', 'Rahimov;Aziz;;F-101;391 261 100 001'],
    ['Сынак китепчесинин номери;Аты-жөнү;Топ', '391261100001;Rahimov Aziz;F-101'],
  ])('under %p is read', (names, row) => {
    expect(readRoster(`${names}\r\n${row}\r\n`)).toEqual({ ok: true, roster: { lines: [aziz], problems: [] } });
  });

  test('without names over its columns is number, name, group', () => {
    const read = readRoster('\n391261100001\tRahimov Aziz\tF-101');
    expect(read).toEqual({ ok: true, roster: { lines: [aziz], problems: [] } });
  });

  test('with signs in it that no database keeps is read without them', () => {
    const read = readRoster('\n391261100001\tRahi\0mov Aziz\tF-101');
    expect(read).toEqual({ ok: true, roster: { lines: [aziz], problems: [] } });
  });

  test('is told each line that cannot be used, and why; of two with one number both', () => {
    const text = ['ID;FIO', '1;A', ';B', '2;C', '1;D', `${'9'.repeat(21)};E`, '3,91261E+11;F', '', '3;G'].join('\n');
    expect(readRoster(text)).toEqual({
      ok: true,
      roster: {
        lines: [
          { line: 4, studentIdNumber: '2', fullName: 'C', groupName: '' },
          { line: 9, studentIdNumber: '3', fullName: 'G', groupName: '' },
        ],
        problems: [
          { line: 2, code: 'number-twice', firstLine: 2 },
          { line: 3, code: 'number-missing' },
          { line: 5, code: 'number-twice', firstLine: 2 },
          { line: 6, code: 'number-too-long', length: 21 },
          { line: 7, code: 'number-rounded' },
        ],
      },
    });
  });

  test.each([
    ['', 'empty'],
    [' \n\n;;', 'empty'],
    ['ID;FIO', 'empty'],
    ['full name;group\nRahimov Aziz;F-101', 'no-number-column'],
    ['Rahimov Aziz', 'no-number-column'],
    [Array.from({ length: mostLines + 1 }, (_, index) => `${index + 1}`).join('\n'), 'too-many'],
  ])('that is %j is refused', (text, code) => {
    expect(readRoster(text)).toEqual({ ok: false, code });
  });

  test('comes out of a workbook, with numbers as they are shown', async () => {
    const rows = [
      ['student id', 'full name', 'group'],
      [391261100001, 'Rahimov Aziz', 'F-101'],
    ];
    const text = await rosterTextOf(
      await writeWorkbook([
        { name: 'empty', rows: [] },
        { name: 'list', rows },
      ]),
    );
    expect(readRoster(text ?? '')).toEqual({ ok: true, roster: { lines: [aziz], problems: [] } });
    expect(await rosterTextOf(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1]))).toBeNull();
  });
});

describe('a line means', () => {
  const line = (fullName: string, studentIdNumber = '1', at = 2): RosterLine => {
    return { line: at, studentIdNumber, fullName, groupName: '' };
  };
  const found = (lines: RosterLine[], students: Parameters<typeof matchRoster>[1]) =>
    matchRoster(lines, students).map(({ match }) => match && [match.personId, match.by]);
  const unnumbered = (personId: number, name: string) => student(personId, { name, sourcedId: '' });

  test('whoever has its number in the LMS, whatever the names', () => {
    const students = [student(1, { name: 'Somebody Else' }), unnumbered(2, 'Aziz Rahimov')];
    expect(found([aziz], students)).toEqual([[1, 'number']]);
  });

  test('whom a teacher confirmed before', () => {
    expect(found([aziz], [student(3, { sourcedId: '', rosterNumber: aziz.studentIdNumber })])).toEqual([
      [3, 'confirmed'],
    ]);
  });

  test.each([
    ['RAHIMOV AZIZ KARIM OʻGʻLI', 'Aziz Rahimov'],
    ["G'aybullayev O'tkir", 'Oʻtkir Gʻaybullayev'],
    ['Ғайбуллаев Ўткир', 'Oʻtkir Gʻaybullayev'],
    ['Хасанов Шухрат', 'Shuhrat Xasanov'],
    ['Toktogulova Aigul', 'Aigul Toktogulova'],
    ['Жаңыбаев Өмүрбек', 'Omurbek Janybaev'],
  ])('perhaps who is called alike: %p and %p', (listed, name) => {
    expect(found([line(listed)], [unnumbered(5, name), unnumbered(6, 'Ivan Petrov')])).toEqual([[5, 'name']]);
  });

  test.each<[string, RosterLine[], string[]]>([
    ['one word alike', [line('Rahimov Bek')], ['Aziz Rahimov']],
    ['a name of one word', [line('Aziz')], ['Aziz']],
    ['two people of one name', [line('Rahimov Aziz')], ['Aziz Rahimov', 'Rahimov Aziz']],
    [
      'two lines that fit one person',
      [line('Rahimov Aziz'), line('Rahimov Aziz Karimovich', '2', 3)],
      ['Aziz Rahimov'],
    ],
  ])('nobody by %s', (_what, lines, names) => {
    const students = names.map((name, index) => unnumbered(index + 1, name));
    expect(found(lines, students)).toEqual(lines.map(() => null));
  });

  test('nobody by name who has a number of the LMS', () => {
    expect(found([line('Rahimov Aziz')], [student(1, { name: 'Aziz Rahimov' })])).toEqual([null]);
  });

  test('nobody who has left', () => {
    expect(found([aziz], [student(1, { isActive: false })])).toEqual([null]);
  });
});

test('What is ticked is kept once for each line and person, and for students of the course alone', () => {
  const lines = [aziz, { ...aziz, line: 3, studentIdNumber: '2' }];
  const ticked = ['2:7', '2:8', '3:7', '3:9', '3:8', '9:8', 'x', '2:', ':7'];
  expect(confirmedMatches(lines, ticked, (personId) => personId !== 9)).toEqual([
    { personId: 7, studentIdNumber: '391261100001', fullName: 'Rahimov Aziz', groupName: 'F-101' },
    { personId: 8, studentIdNumber: '2', fullName: 'Rahimov Aziz', groupName: 'F-101' },
  ]);
});
