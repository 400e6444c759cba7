// How students are known on a sheet: by which number, and in which order.
import { expect, test } from '@jest/globals';
import { numbersOf, type StudentNumber } from '../../../src/credits/sheets/student-number.ts';
import { bySurname } from '../../../src/credits/sheets/surname-order.ts';

const none = (reason: 'none' | 'too-long' | 'twice'): StudentNumber => ({ number: null, reason });

test.each<[string, [sourcedId: string | null, rosterNumber: string | null][], StudentNumber[]]>([
  ['the LMS’s number', [['39', null]], [{ number: '39', from: 'lms' }]],
  [
    'the list’s, where the LMS says none',
    [
      ['', '40'],
      [null, '41'],
    ],
    [
      { number: '40', from: 'roster' },
      { number: '41', from: 'roster' },
    ],
  ],
  ['the LMS’s before the list’s', [['39', '40']], [{ number: '39', from: 'lms' }]],
  [
    'none, where nobody said one',
    [
      ['', null],
      [null, null],
    ],
    [none('none'), none('none')],
  ],
  ['none, where it is too long for HEMIS', [['9'.repeat(21), null]], [none('too-long')]],
  ['the list’s, where the LMS’s is too long', [['9'.repeat(21), '40']], [{ number: '40', from: 'roster' }]],
  [
    'none, where two have the same',
    [
      ['39', null],
      ['39', null],
    ],
    [none('twice'), none('twice')],
  ],
  [
    'the list’s, where the LMS says one of two people',
    [
      ['39', '40'],
      ['39', null],
    ],
    [{ number: '40', from: 'roster' }, none('twice')],
  ],
  [
    'none, where the list gives what is another’s in the LMS',
    [
      ['39', null],
      ['', '39'],
    ],
    [none('twice'), none('twice')],
  ],
])('A student has %s', (_what, said, expected) => {
  const students = said.map(([sourcedId, rosterNumber], personId) => ({ personId, sourcedId, rosterNumber }));
  expect([...numbersOf(students).values()]).toEqual(expected);
});

test.each<[string, string[]]>([
  [
    'the Uzbek alphabet',
    ['Cobirov', 'Gulomov', 'Oripov', 'Sobirov', 'Tohirov', 'Zokirov', 'Oʻrinov', 'Gʻaniyev', 'Sharipov', 'Choriyev'],
  ],
  [
    'it with any sign for the apostrophe',
    ['Oripov', 'Zokirov', "O'rinov A", 'Oʻrinov B', 'O‘rinov C', 'G`aniyev', 'Sharipov'],
  ],
  ['the Kyrgyz alphabet', ['Нурбеков', 'Ңурбеков', 'Омуров', 'Өмүров', 'Ульянов', 'Үсөнов', 'Шарипов']],
])('Lists are in the order of %s', (_what, sorted) => {
  const names = [...sorted].reverse().map((name) => ({ name, isSurnameFirst: true }));
  expect(names.sort(bySurname).map(({ name }) => name)).toEqual(sorted);
});

test('Where an LMS writes the given name first, the surname decides all the same', () => {
  const names = ['Zafar Aliyev', 'Aziz Rahimov', 'Bek Rahimov', 'Karimova Aziza Olim qizi', 'Болот Асанов'];
  const sorted = [...names].reverse().map((name) => ({ name, isSurnameFirst: false }));
  expect(sorted.sort(bySurname).map(({ name }) => name)).toEqual([
    ...['Zafar Aliyev', 'Karimova Aziza Olim qizi', 'Aziz Rahimov', 'Bek Rahimov', 'Болот Асанов'],
  ]);
});
