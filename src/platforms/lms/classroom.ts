// Google Classroom, which speaks no LTI: what of an LMS's differences holds for it all the same.
import { wholeMaximum } from '../../classroom/points.ts';
import type { LmsDifferences } from './lms-differences.ts';
import { spec } from './spec.ts';

export const classroom: LmsDifferences = {
  ...spec,
  key: 'classroom',
  label: 'Google Classroom',
  families: ['google-classroom'],
  columnMaximum: wholeMaximum,
  /** A refusal with a word of Classroom's own is about the course or about us, and not about the learner (classroom.md §2.9). */
  scoreTrouble: ({ status, said }) => (status !== 404 && /@[A-Z]\w+ /.test(`${said} `) ? 'other' : null),
};
