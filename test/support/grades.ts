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

/** A learner's row: attempts, points here, where the grade is. */
export function rowOf(robot: Robot, name: string): string[] {
  const { $ } = robot.page;
  const row = rowWith(robot, name);
  if (row.length === 0) return [];
  return [row.find('td').first(), row.find('.points'), row.find('.state')].map((cell) => $(cell).text().trim());
}

/** What stands beside the points of a learner: why they count, and what the gradebook shows of them as far as we know. */
export function pointsOf(robot: Robot, name: string): { reason: string; there: string } {
  const row = rowWith(robot, name);
  return { reason: row.find('.reason').text(), there: row.find('td').eq(2).text().trim() };
}

/** What a teacher reads of a grade that needs attention; each empty where there is nothing to say or to do. */
export function troubleOf(robot: Robot, name: string): { cause: string; remedy: string; button: string } {
  const row = rowWith(robot, name);
  const [cause = '', remedy = '', button = ''] = ['.cause', '.remedy', '.trouble button'].map((part) =>
    row.find(part).text().trim(),
  );
  return { cause, remedy, button };
}

/** A teacher goes from the table to a learner's attempts. */
export async function openLearner(robot: Robot, name: string): Promise<void> {
  await robot.open(rowWith(robot, name).find('th a').attr('href') ?? '');
}

/** A teacher presses the button in a learner's row. */
export async function pressIn(robot: Robot, name: string): Promise<void> {
  const action = rowWith(robot, name).find('form').attr('action') ?? '';
  await robot.submit(`form[action="${action}"]`);
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
