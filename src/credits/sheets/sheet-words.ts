// What a sheet says in words: its notes, and what stands above and below it on paper (credits.md §3.4).
import type { Translate } from '../../i18n/i18n.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { Cell } from '../../questions/formats/xlsx/write-workbook.ts';
import type { CourseSheet } from './load-sheet.ts';
import type { SheetNote } from './qaydnoma.ts';

/** The words of a reader's language. */
export interface Words {
  t: Translate;
  formats: Pick<Formats, 'number'>;
}

/** A note as people read it. */
export function wordsOfNote(note: SheetNote, { t, formats }: Words): string {
  switch (note.code) {
    case 'no-number':
      return t(`credits.sheets.noNumber.${note.reason}`);
    case 'provisional':
      return t('credits.sheets.notes.provisional', { credits: formats.number(note.units / 100) });
    case 'border':
      return t('credits.sheets.notes.border', { exact: note.exactGrade, rounded: note.roundedGrade });
    case 'sum':
    case 'before-final-sum':
      return t(`credits.sheets.notes.${note.code}`, { sum: formats.number(note.sum.valueOf()) });
    default:
      return t(`credits.sheets.notes.${note.code}`);
  }
}

/** Facts above the sheet, each under its name; what only the institution knows is left blank, to be written by hand. */
export function headOfSheet({ plan: { plan, title }, teachers, groups }: CourseSheet, { t }: Words): [string, Cell][] {
  return [
    [t('credits.sheets.head.university'), ''],
    [t('credits.sheets.head.number'), ''],
    [t('credits.sheets.head.faculty'), ''],
    [t('credits.sheets.head.semester'), plan.semester],
    [t('credits.sheets.head.educationYear'), plan.educationYear],
    [t('credits.sheets.head.group'), groups.join(', ')],
    [t('credits.sheets.head.subject'), [plan.subjectCode, title].filter((part) => part !== '').join(' ')],
    [t('credits.sheets.head.teachers'), teachers.join(', ')],
    [t('credits.sheets.head.examiner'), ''],
    [t('credits.sheets.head.hours'), plan.contactHours + plan.independentHours],
    [t('credits.sheets.head.credits'), plan.units / 100],
    [t('credits.sheets.head.date'), ''],
  ];
}

/** Counts below it. */
export function footOfSheet({ sheet }: CourseSheet, { t }: Words): [string, Cell][] {
  return [
    [t('credits.sheets.foot.students'), sheet.rows.length],
    ...sheet.grades.map(({ grade, count }): [string, Cell] => [t('credits.sheets.foot.grade', { grade }), count]),
    [t('credits.sheets.foot.ungraded'), sheet.ungraded],
    [t('credits.sheets.foot.absent'), sheet.absent],
    [t('credits.sheets.foot.credits'), sheet.units / 100],
  ];
}
