// What people do, as whole steps: a teacher publishes, a student takes a quiz.
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import type { TestMustaqil } from './mustaqil.ts';

/** Two questions worth one point each: the right answers are `Bishkek` and 5. */
export const twoQuestions = `::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh ~Naryn}

::Sum::2 + 3 {#5}
`;

/** A teacher opens the activity, pastes questions and publishes them. */
export async function publish(
  mustaqil: TestMustaqil,
  {
    source = twoQuestions,
    activity = sample.physics.mechanics,
    teacher = sample.dilnoza,
    settings = {},
  }: { source?: string; activity?: string; teacher?: string; settings?: Record<string, string> } = {},
): Promise<Robot> {
  const robot = await mustaqil.browserOf(teacher);
  await robot.launch(mustaqil.lms.activityUrl(activity));
  if (robot.page.$('#quiz').length === 0) await robot.click('a[href$="/quiz/edit"]');
  await robot.submit('#quiz', { source, ...settings });
  await robot.submit('button[formaction]');
  return robot;
}

/** A student opens the activity. */
export async function openQuiz(
  mustaqil: TestMustaqil,
  { student = sample.aziz, activity = sample.physics.mechanics }: { student?: string; activity?: string } = {},
): Promise<Robot> {
  const robot = await mustaqil.browserOf(student);
  await robot.launch(mustaqil.lms.activityUrl(activity));
  return robot;
}

/** Begins or continues an attempt, and answers the two questions: with an option's text and a number. */
export async function answer(robot: Robot, { capital, sum }: { capital?: string; sum?: string }): Promise<void> {
  await robot.submit('form[action$="/attempts"]');
  const { $ } = robot.page;
  const option = $('label.option')
    .filter((_index, label) => $(label).text().trim() === capital)
    .find('input');
  const number = $('input[inputmode="decimal"]');
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
