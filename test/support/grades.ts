// Where a grade is, as people read it: the learner on their page, the teacher in the table of results.
import type { Robot } from '../../src/practice/robot.ts';
import { openAsTeacher, openQuiz, type School } from './people.ts';

/** The sentence about the gradebook on the page where a learner's attempts begin. */
export async function gradeWords(school: School, { student, activity }: { student: string; activity: string }) {
  const robot = await openQuiz(school, { student, activity });
  return robot.page.$('.grade').text().trim();
}

/** A teacher's table of results, open. */
export async function openResults(school: School, activity: string): Promise<Robot> {
  const robot = await openAsTeacher(school, { activity });
  await robot.click('a[href$="/results"]');
  return robot;
}

/** The cells of a learner's row: attempts, points, gradebook. */
export function rowOf({ page: { $ } }: Robot, name: string): string[] {
  const row = $('tbody tr').filter((_index, element) => $(element).find('th').text() === name);
  return row
    .find('td')
    .toArray()
    .map((cell) => $(cell).text().trim());
}
