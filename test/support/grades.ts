// Where a grade is, as people read it: the learner on their page, the teacher in the table of results.
import { findGrade } from '../../src/practice/directory.ts';
import type { Robot } from '../../src/practice/robot.ts';
import type { Grade, LineItem } from '../../src/practice/state.ts';
import { gradebookClaim, withClaims, type MakeToken } from './launches.ts';
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
export function rowOf(robot: Robot, name: string): string[] {
  const { $ } = robot.page;
  return rowWith(robot, name)
    .find('td')
    .toArray()
    .map((cell) => $(cell).text().trim());
}

/** What stands beside a learner's name; empty for who is in the course and has been here. */
export function tagOf(robot: Robot, name: string): string {
  return rowWith(robot, name).find('.tag').text();
}

function rowWith({ page: { $ } }: Robot, name: string) {
  return $('tbody tr').filter((_index, element) => $(element).find('th a').text() === name);
}

/** What a teacher reads of the activity's gradebook column, in one line; empty where there is nothing to say. */
export function wordsOfColumn({ page: { $ } }: Robot): string {
  const said = $('#gradebook-column p').toArray();
  return said
    .map((line) => $(line).text())
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The columns that the LMS has for an activity, its own and those that we made. */
export function columnsOf({ lms }: Pick<School, 'lms'>, activityId: string): LineItem[] {
  return lms.state.lineItems.filter((item) => item.activityId === activityId);
}

/** What stands in a column for a person; undefined where nothing does. */
export function gradeIn(
  { lms }: Pick<School, 'lms'>,
  column: LineItem | undefined,
  personId: string,
): Grade | undefined {
  return column && findGrade(lms.state, column.id, personId);
}

/** A launch that grants of the gradebook the sending of scores and nothing else. */
export const grantScoresOnly: MakeToken = (draft) => {
  const granted = { scope: ['https://purl.imsglobal.org/spec/lti-ags/scope/score'] };
  return withClaims({ [gradebookClaim]: Object.assign({}, draft.claims[gradebookClaim], granted) })(draft);
};
