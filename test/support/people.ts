// What people do, as whole steps: a teacher publishes, a student takes a quiz.
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import type { TestMustaqil } from './mustaqil.ts';

/** As much of a running Mustaqil as people need: their LMS, and a browser that is signed in to it. */
export type School = Pick<TestMustaqil, 'lms' | 'browserOf'>;

/** Two questions worth one point each: the right answers are `Bishkek` and 5. */
export const twoQuestions = `::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh ~Naryn}

::Sum::2 + 3 {#5}
`;

/** A teacher opens the activity: its quiz, or the editor while there is none. */
export async function openAsTeacher(
  school: School,
  { activity = sample.physics.mechanics, teacher = sample.dilnoza }: { activity?: string; teacher?: string } = {},
): Promise<Robot> {
  const robot = await school.browserOf(teacher);
  await robot.launch(school.lms.activityUrl(activity));
  return robot;
}

/** A teacher opens the activity, pastes questions and publishes them. */
export async function publish(
  school: School,
  {
    source = twoQuestions,
    activity = sample.physics.mechanics,
    teacher = sample.dilnoza,
    settings = {},
  }: { source?: string; activity?: string; teacher?: string; settings?: Record<string, string> } = {},
): Promise<Robot> {
  const robot = await openAsTeacher(school, { activity, teacher });
  await writeQuestions(robot, source);
  await robot.submit('button[formaction]', settings);
  return robot;
}

/** A teacher who is on a quiz's page or in its editor writes all its questions as text; the editor is open afterwards. */
export async function writeQuestions(robot: Robot, source: string): Promise<void> {
  if (robot.page.$('#quiz').length === 0) await robot.click('main a[href$="/quiz/edit"]');
  await robot.click('main a[href$="/quiz/text"]');
  await robot.submit('#text', { source });
  await robot.click('.crumb a');
}

/** A student opens the activity. */
export async function openQuiz(
  school: School,
  { student = sample.aziz, activity = sample.physics.mechanics }: { student?: string; activity?: string } = {},
): Promise<Robot> {
  const robot = await school.browserOf(student);
  await robot.launch(school.lms.activityUrl(activity));
  return robot;
}

/** Begins or continues an attempt, and answers the two questions: with an option's text and a number. */
export async function answer(robot: Robot, { capital, sum }: { capital?: string; sum?: string }): Promise<void> {
  await robot.submit('form[action$="/attempts"]');
  const { $ } = robot.page;
  const option = $('label.option')
    .filter((_index, label) => $(label).text().trim() === capital)
    .find('input');
  const number = $('.question-numeric input');
  await robot.submit('#attempt button', {
    ...(capital !== undefined && { [option.attr('name') ?? '']: option.attr('value') ?? '' }),
    ...(sum !== undefined && { [number.attr('name') ?? '']: sum }),
  });
}

/** Hands in from the summary page; the result page is open afterwards. */
export async function handIn(robot: Robot): Promise<void> {
  await robot.submit('form[action$="/submission"]');
}

/** Takes the whole quiz, from the page where attempts begin. */
export async function takeQuiz(robot: Robot, answers: { capital?: string; sum?: string }): Promise<void> {
  await answer(robot, answers);
  await handIn(robot);
}
