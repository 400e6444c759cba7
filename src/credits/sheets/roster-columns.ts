// What the columns of a list of students are called, in the languages and by the programs that such lists come from.
import { foldText } from '../../questions/fold-text.ts';

/** What stands in a column that is used. */
export type RosterColumn = 'number' | 'name' | 'surname' | 'given' | 'patronymic' | 'group';

const names: Record<RosterColumn, readonly string[]> = {
  number: [
    ...['student id number', 'student id', 'student number', 'id number', 'idnumber', 'id', 'hemis id'],
    ...['talaba id', 'talaba idsi', 'talaba id raqami', 'talaba raqami', 'id raqam', 'id raqami', 'hemis raqami'],
    ...['reyting daftarchasining raqami', 'reyting daftarchasi raqami', 'reyting daftarcha raqami'],
    ...['номер студента', 'id студента', 'студенческий номер', 'номер зачётной книжки', 'номер зачетной книжки'],
    ...['номер зачётки', 'номер зачетки', 'id номер', 'талаба id рақами', 'рейтинг дафтарчасининг рақами'],
    ...['студенттин номери', 'студенттин id номери', 'сынак китепчесинин номери'],
  ],
  name: [
    ...['full name', 'fullname', 'student name', 'name', 'student'],
    ...[
      'f.i.sh.',
      'f.i.sh',
      'fish',
      'f.i.o.',
      'f.i.o',
      'fio',
      'talaba',
      'toʼliq ismi',
      'toʼliq ism',
      'talabaning f.i.sh.',
    ],
    ...['familiyasi, ismi, sharifi', 'familiyasi ismi sharifi', 'talabaning familiyasi, ismi, sharifi'],
    ...['familiyasi, ismi, otasining ismi', 'talaba f.i.sh.', 'talabaning toʼliq ismi'],
    ...[
      'ф.и.о.',
      'ф.и.о',
      'фио',
      'фио студента',
      'студент',
      'полное имя',
      'фамилия, имя, отчество',
      'фамилия имя отчество',
    ],
    ...['ф.и.ш.', 'ф.и.ш', 'талаба', 'аты-жөнү', 'аты жөнү', 'толук аты', 'фамилиясы, аты, атасынын аты'],
  ],
  surname: ['surname', 'family name', 'last name', 'familiya', 'familiyasi', 'фамилия', 'фамилиясы', 'фамилияси'],
  given: ['given name', 'first name', 'ism', 'ismi', 'имя', 'аты', 'исми'],
  patronymic: [
    ...['patronymic', 'middle name', 'sharifi', 'sharif', 'otasining ismi', 'отчество', 'атасынын аты', 'шарифи'],
    ...['отасининг исми'],
  ],
  group: [
    'group',
    'group name',
    'academic group',
    'guruh',
    'guruhi',
    'akademik guruh',
    'группа',
    'гуруҳ',
    'топ',
    'тобу',
  ],
};

const columns = new Map(
  Object.entries(names).flatMap(([column, all]) =>
    all.map((name): [string, RosterColumn] => [foldText(name), column as RosterColumn]),
  ),
);

/** What a cell of the first row says of its column; null for a column that is not needed. */
export function rosterColumn(header: string): RosterColumn | null {
  const folded = foldText(header.slice(0, 200).replaceAll('_', ' '));
  return columns.get(folded) ?? columns.get(folded.replace(/[:*]+$/, '').trim()) ?? null;
}
