// A teacher writes the credit plan of a course and publishes it; whoever else may not.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { desc, eq } from 'drizzle-orm';
import { planToForm } from '../../src/credits/plan-editor/read-draft.ts';
import { findPlan, findPolicy } from '../../src/credits/plan.store.ts';
import { creditPlans } from '../../src/database/tables/credits.ts';
import { placements } from '../../src/database/tables/courses.ts';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import type { TypedForm } from '../../src/questions/forms/typed-form.ts';
import { planOf } from '../support/credits.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { refusalOf } from '../support/refusals.ts';
import { newActivity, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
/** The physics course, its quiz, and another place whose gradebook column shows what all comes to. */
let place: { courseId: number; quizId: number; creditsId: number };
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  const [quiz] = await mustaqil.db.select().from(placements);
  await openAsTeacher(mustaqil, { activity: newActivity(mustaqil, { title: 'Kreditlar' }) });
  const [credits] = await mustaqil.db.select().from(placements).orderBy(desc(placements.id));
  if (!quiz || !credits) throw new Error('Nothing was placed');
  await mustaqil.db.update(placements).set({ content: 'credits' }).where(eq(placements.id, credits.id));
  place = { courseId: quiz.courseId, quizId: quiz.id, creditsId: credits.id };
  expect(dilnoza.page.status).toBe(200);
});
afterAll(() => mustaqil.stop());

const planPath = () => `/courses/${place.courseId}/credits/plan`;

/** Dilnoza, or whoever is said, on the page of the plan. */
async function atPlan(): Promise<Robot> {
  const robot = await openAsTeacher(mustaqil);
  await robot.open(planPath());
  return robot;
}

/** The fields of a form as a browser names them. */
function named({ values, rows }: TypedForm): Record<string, string> {
  const inRows = Object.entries(rows).flatMap(([list, all]) =>
    all.flatMap((row, index) => Object.entries(row).map(([name, text]) => [`${list}.${index}.${name}`, text] as const)),
  );
  return { ...values, ...Object.fromEntries(inRows) };
}

/** A plan that adds up, as it is typed: 6 credits, four modules, our quiz and four things that people mark. */
const goodPlan = () => named(planToForm(planOf({ placementIds: [place.quizId] })));

const publishButton = '#plan button[formaction$="/versions"]';
const wordsOf = ({ page: { $ } }: Robot, selector: string) => $(selector).text().replace(/\s+/g, ' ').trim();

describe('a course without a plan', () => {
  test('says so, and a teacher begins with the rules of the country, of which hours and controls add up at once', async () => {
    const robot = await openAsTeacher(mustaqil);
    await robot.open(`/courses/${place.courseId}`);
    await robot.click('#credits a[href$="/credits/plan"]');
    expect(wordsOf(robot, '.lead')).toContain('no credit plan yet');
    await robot.submit('#plan', { from: 'preset:uz' });
    expect(robot.page.$('[name="controls.3.title"]').attr('value')).toBe('Yakuniy nazorat');
    expect(robot.page.$('.plan-sums .is-even')).toHaveLength(4);
    expect((await findPolicy(mustaqil.db, place.courseId))?.rules.preset).toBe('uz');
    expect(await findPlan(mustaqil.db, place.courseId)).toBeNull();
  });

  test('is not published by a plan that does not add up: every reason is named, and all that was typed is kept', async () => {
    const robot = await atPlan();
    const typed = { ...goodPlan(), 'modules.0.title': 'Kinematika', 'activities.4.points': '45', units: '5,5' };
    await robot.submit(publishButton, typed);
    expect(robot.page.status).toBe(422);
    expect(wordsOf(robot, '#summary')).toContain('Hours of the course: 180 of 165, 15 too many.');
    expect(wordsOf(robot, '#summary')).toContain('Points of the activities in Yakuniy nazorat: 45 of 50, 5 missing.');
    expect(robot.page.$('[name="modules.0.title"]').attr('value')).toBe('Kinematika');
    expect(robot.page.$('[name="units"]').attr('value')).toBe('5.5');
    expect(await findPlan(mustaqil.db, place.courseId)).toBeNull();
    await robot.open(planPath());
    expect(robot.page.$('[name="activities.4.points"]').attr('value')).toBe('45');
  });

  test('keeps what cannot be read as it was typed, and says at the field why', async () => {
    const robot = await atPlan();
    await robot.submit(publishButton, { semester: 'kuz', 'modules.1.dueOn': '31.12.2026' });
    expect(robot.page.status).toBe(422);
    expect(robot.page.$('[name="semester"]').attr('value')).toBe('kuz');
    expect(wordsOf(robot, '[id="semester-problem"]')).toBe('A whole number from 1 to 16.');
    expect(robot.page.$('[name="modules.1.dueOn"]').attr('value')).toBe('31.12.2026');
    expect(wordsOf(robot, '#summary')).toContain('Module 2, Due on: A day, such as 2026-11-26.');
  });

  test('has rows added, moved, removed and put back by buttons alone', async () => {
    const robot = await atPlan();
    await robot.submit('button[value="add modules"]');
    expect(robot.page.$('[name="modules.4.title"][autofocus]')).toHaveLength(1);
    await robot.submit('button[value="up modules 4"]', { 'modules.4.title': 'Optika' });
    expect(robot.page.$('[name="modules.3.title"]').attr('value')).toBe('Optika');
    await robot.submit('button[value="remove modules 3"]');
    expect(robot.page.$('[name="modules.3.title"]').attr('value')).toBe('Modul 4');
    await robot.submit('button[name="restore"][value="0"]');
    expect(robot.page.$('[name="modules.3.title"]').attr('value')).toBe('Optika');
    await robot.submit('button[value="remove modules 3"]');
  });
});

test('while a teacher types, the draft is kept, and a script is told in the same words what is missing', async () => {
  const robot = await atPlan();
  const fields = Object.entries({ ...goodPlan(), 'activities.4.points': '45', revision: revisionOf(robot) });
  const answer = await post(robot, planPath(), fields).set('Accept', 'application/json');
  const { pane, said, revision } = answer.body as { pane: string; said: string; revision: number };
  expect([answer.status, said]).toEqual([200, 'Saved. 1 thing is still missing.']);
  expect(pane).toContain('Points of the activities in Yakuniy nazorat');
  const again = await post(robot, planPath(), Object.entries({ ...goodPlan(), revision: String(revision) })).set(
    'Accept',
    'application/json',
  );
  expect((again.body as { said: string }).said).toBe('Saved. Everything adds up.');
});

test('of two teachers at one plan the later is told, and what they typed stands on the page until they decide', async () => {
  const [first, second] = [await atPlan(), await atPlan()];
  await first.submit('#plan', { subjectCode: 'FIZ-1' });
  await second.submit('#plan', { subjectCode: 'FIZ-2' });
  expect(second.page.status).toBe(409);
  expect(wordsOf(second, '[data-theirs]')).toContain('Dilnoza Karimova has changed the plan meanwhile');
  expect(second.page.$('[name="subjectCode"]').attr('value')).toBe('FIZ-2');
  await first.open(planPath());
  expect(first.page.$('[name="subjectCode"]').attr('value')).toBe('FIZ-1');
  await second.submit('#plan');
  await first.open(planPath());
  expect(first.page.$('[name="subjectCode"]').attr('value')).toBe('FIZ-2');
});

describe('a plan that adds up', () => {
  test('is published, gives gradebooks their points at once, and is read by its teacher as it was', async () => {
    const student = newStudent(mustaqil, 'Anvar');
    await takeQuiz(await openQuiz(mustaqil, { student }), { capital: 'Bishkek', sum: '5' });
    const robot = await atPlan();
    await robot.submit(publishButton, goodPlan());
    expect(new URL(robot.page.url).pathname).toBe(`${planPath()}/versions/1`);
    expect(wordsOf(robot, '.notice.good')).toContain('Version 1 is published and in force');
    expect(wordsOf(robot, 'main')).toContain('Credits: 6');
    expect((await findPlan(mustaqil.db, place.courseId))?.plan).toEqual(planOf({ placementIds: [place.quizId] }));
    expect(await creditCells()).toEqual([['10.00000', '100.00000']]);
  });

  test('is not published a second time while nothing was changed', async () => {
    const robot = await atPlan();
    await robot.submit(publishButton);
    expect(wordsOf(robot, '.notice')).toContain('version 1 is in force already');
    expect(await mustaqil.db.$count(creditPlans)).toBe(1);
  });

  test('is published anew with what is new in it said, and gradebooks follow', async () => {
    const robot = await atPlan();
    await robot.submit(publishButton, { 'activities.0.points': '15', 'activities.1.points': '5' });
    expect(wordsOf(robot, '#changes')).toBe('Activity changed: q1 Activity changed: q2');
    expect(robot.page.$(`a[href="/courses/${place.courseId}/credits/entries"]`)).toHaveLength(1);
    expect(await creditCells()).toEqual([['15.00000', '100.00000']]);
    await robot.open(`${planPath()}/versions/1`);
    expect(wordsOf(robot, '.facts')).toContain('A newer plan is in force');
  });
});

describe('the rules of a course', () => {
  const policyPath = () => `/courses/${place.courseId}/credits/policy`;

  test('stand in words, with what is not confirmed of them', async () => {
    const robot = await openAsTeacher(mustaqil);
    await robot.open(policyPath());
    const words = wordsOf(robot, 'main');
    expect(words).toContain('One credit stands for 25 to 30 academic hours of 40 minutes, usually 30.');
    expect(words).toContain('4: from 70 % to less than 90 %. Counts 4 in the GPA.');
    expect(words).toContain('Check with your registrar');
    // Phones show a keyboard of letters for a name, and one of digits for a number.
    expect(robot.page.$('[name="name"]').attr('inputmode')).toBeUndefined();
    expect(robot.page.$('[name="passPercent"]').attr('inputmode')).toBe('decimal');
  });

  test('are changed as a new version; the published plan keeps its own, and the page says so', async () => {
    const editor = await atPlan();
    const robot = await openAsTeacher(mustaqil);
    await robot.open(policyPath());
    await robot.submit('#policy', { passPercent: '55,5' });
    expect(wordsOf(robot, '.notice.good')).toContain('Saved as version 2');
    expect(wordsOf(robot, 'main')).toContain('keeps version 1 of the rules');
    expect((await findPolicy(mustaqil.db, place.courseId))?.rules.passPercent).toBe('55.5');
    expect((await findPlan(mustaqil.db, place.courseId))?.policy.passPercent).toBe('60');
    await editor.submit(publishButton, { subjectCode: 'FIZ-3' });
    expect(editor.page.status).toBe(409);
    expect(wordsOf(editor, '.notice.problems')).toContain('The rules of the course have changed');
    await editor.submit(publishButton);
    expect((await findPlan(mustaqil.db, place.courseId))?.policy.passPercent).toBe('55.5');
  });

  test('that have a gap between two grades are refused in words, and all that was typed stays', async () => {
    const robot = await openAsTeacher(mustaqil);
    await robot.open(policyPath());
    await robot.submit('#policy', { name: 'Bizniki', 'bands.3.fromPercent': '10' });
    expect(robot.page.status).toBe(422);
    expect(wordsOf(robot, '#summary')).toContain('and the last with 0');
    expect(robot.page.$('[name="name"]').attr('value')).toBe('Bizniki');
    await robot.submit('button[value="add bands"]');
    expect(robot.page.$('[name="bands.4.grade"]')).toHaveLength(1);
    expect((await findPolicy(mustaqil.db, place.courseId))?.number).toBe(2);
  });
});

test('next year’s course begins with a copy of this year’s plan, and with its rules', async () => {
  const { lms } = mustaqil;
  const next = lms.addCourse({ shortName: 'PHYS102', title: 'Fizika, keyingi yil' });
  lms.enrol(sample.dilnoza, next.id, 'teacher');
  const activity = lms.addActivity({ courseId: next.id, title: 'Test' }).id;
  const robot = await openAsTeacher(mustaqil, { activity });
  const [, courseId = ''] = /^\/courses\/(\d+)/.exec(robot.page.$('.crumb a').attr('href') ?? '') ?? [];
  await robot.open(`/courses/${courseId}/credits/plan`);
  await robot.submit('#plan', { from: `course:${place.courseId}` });
  expect(robot.page.$('[name="educationYear"]').attr('value')).toBe('2027/2028');
  expect(robot.page.$('[name="activities.0.title"]').attr('value')).toBe('q1');
  expect(robot.page.$('[name="activities.0.key"]').attr('value')).not.toBe('q1');
  expect((await findPolicy(mustaqil.db, Number(courseId)))?.rules.passPercent).toBe('55.5');
  await robot.submit('#plan', { 'modules.0.title': 'Yozildi' });
  await robot.submit('button[form="plan"][formaction$="/beginnings"]:not([name])', { from: 'preset:ects' });
  expect(robot.page.$('[name="modules.0.title"]').attr('value')).toBe('');
  await robot.submit('button[name="before"]');
  expect(robot.page.$('[name="modules.0.title"]').attr('value')).toBe('Yozildi');
});

describe('nobody else', () => {
  const posts = ['', '/beginnings', '/versions'];

  /** How each address ends for somebody: by GET and by POST. */
  async function refusals(robot: Robot): Promise<(string | number)[]> {
    const before = await mustaqil.db.select().from(creditPlans);
    const seen: (string | number)[] = [];
    for (const path of [planPath(), `${planPath()}/versions/1`]) {
      await robot.open(path);
      seen.push(refusalOf(robot.page) ?? robot.page.status);
    }
    for (const path of [...posts.map((end) => `${planPath()}${end}`), `/courses/${place.courseId}/credits/policy`]) {
      seen.push((await post(robot, path, Object.entries({ ...goodPlan(), from: 'preset:kg' }))).status);
    }
    expect(await mustaqil.db.select().from(creditPlans)).toEqual(before);
    return seen;
  }

  test('a student reads or writes a plan or its rules here', async () => {
    const student = await openQuiz(mustaqil);
    expect(await refusals(student)).toEqual(['instructor-only', 'instructor-only', 403, 403, 403, 403]);
  });

  test('nor does the teacher of another course, who learns not even that there is one', async () => {
    const grace = await openAsTeacher(mustaqil, { activity: sample.history.silkRoad, teacher: sample.grace });
    expect(await refusals(grace)).toEqual(['not-found', 'not-found', 404, 404, 404, 404]);
    await grace.open(`/courses/${place.courseId}/credits/policy`);
    expect(refusalOf(grace.page)).toBe('not-found');
  });

  test('nor does an assistant write, who may read the rules', async () => {
    const claims = { [lti('roles')]: [roleUri.assistant] };
    const person = newStudent(mustaqil, 'Yordamchi');
    const assistant = await launchWith(mustaqil, { person, activity: sample.physics.mechanics, claims });
    expect(await refusals(assistant)).toEqual(['instructor-only', 'instructor-only', 403, 403, 403, 403]);
    await assistant.open(`/courses/${place.courseId}/credits/policy`);
    expect(assistant.page.status).toBe(200);
    expect(assistant.page.$('#policy')).toHaveLength(0);
  });
});

function revisionOf({ page: { $ } }: Robot): string {
  return $('#plan [name=revision]').attr('value') ?? '';
}

/** What the column of all credits should show, student by student: points and of how many. */
async function creditCells() {
  const cells = await mustaqil.db.select().from(gradebookCells).where(eq(gradebookCells.placementId, place.creditsId));
  return cells.map(({ scoreGiven, scoreMaximum }) => [scoreGiven, scoreMaximum]);
}
