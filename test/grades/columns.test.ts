// Whose grade goes where: a column of the activity, and people for whom somebody waits for a grade.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gradebookCells } from '../../src/database/tables/grades.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import { addLineItem } from '../../src/practice/enrol.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { preregisteredId } from '../../src/practice/tools.ts';
import { gradeWords, openResults, rowOf } from '../support/grades.ts';
import { gradebookClaim } from '../support/launches.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, takeQuiz } from '../support/people.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const roles = 'https://purl.imsglobal.org/spec/lti/claim/roles';
const testUser = 'http://purl.imsglobal.org/vocab/lti/system/person#TestUser';
const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership';

test('Without a gradebook column the result stays here, until the activity gets one and Ada comes again (lti.md 86)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: null });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  expect(ada.page.$('.grade').text()).toContain('This activity has no gradebook column.');
  expect(rowOf(await openResults(mustaqil, activity), nameOf(mustaqil, student))[2]).toBe('no gradebook column');
  expect(await mustaqil.deliver()).toBe(0);

  addColumn(activity);
  expect(await gradeWords(mustaqil, { student, activity })).toContain('on its way');
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

test('A score goes to the column that the latest launch names: addresses may change (lti.md 86)', async () => {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { sum: '5' });
  await mustaqil.deliver();
  const [first] = scoresOf(mustaqil.lms, student);

  mustaqil.lms.nextToken = ({ header, claims, sign }) => {
    const gradebook = claims[gradebookClaim] as { lineitem: string };
    const lineitem = gradebook.lineitem.replace('?type_id=1', '?type_id=1&moved=1');
    return sign(header, { ...claims, [gradebookClaim]: { ...gradebook, lineitem } });
  };
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Bishkek', sum: '5' });
  await mustaqil.deliver();
  const [, second] = scoresOf(mustaqil.lms, student);
  expect([first?.url, second?.url].map((url) => url?.split('?')[1])).toEqual(['type_id=1', 'type_id=1&moved=1']);
});

test('A score goes to the column’s own address, with /scores before the query, and says all that an LMS wants (lti.md 87, 95)', async () => {
  const activity = await newQuiz(mustaqil, { maximumPoints: 20 });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { sum: '5' });
  await mustaqil.deliver();
  const [score, ...more] = scoresOf(mustaqil.lms, student);
  expect(more).toEqual([]);
  expect(score).toMatchObject({
    scoreGiven: 1,
    scoreMaximum: 2,
    activityProgress: 'Completed',
    gradingProgress: 'FullyGraded',
    comment: 'Attempt 1',
  });
  expect(score?.url).toMatch(/\/lineitems\/\d+\/lineitem\/scores\?type_id=1$/);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 10 });
});

test('Points that are no whole number arrive to five decimals', async () => {
  const source = '::V::Vectors? {~%33.33333%velocity ~%33.33333%force ~%33.33334%momentum ~%-50%mass}\n';
  const activity = await newQuiz(mustaqil, { source });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await ada.submit('form[action$="/attempts"]');
  const { $ } = ada.page;
  const force = $('label.option')
    .filter((_index, option) => $(option).text().includes('force'))
    .find('input');
  await ada.submit('#attempt button', { q0: force.attr('value') ?? '' });
  await ada.submit('form[action$="/submission"]');
  expect(ada.page.$('.score').text()).toContain('0.33 of 1 points');
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, student)?.points).toBeCloseTo(33.333, 3);
});

test.each([
  ['a guest', [`${membership}#Member`]],
  ['the student preview of a teacher', [`${membership}#Learner`, testUser]],
  ['somebody without a role', []],
])('Who comes as %s may try the quiz, and no grade is sent', async (_who, claimed) => {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Guest');
  const before = await mustaqil.db.$count(gradebookCells);
  mustaqil.lms.nextToken = ({ header, claims, sign }) => sign(header, { ...claims, [roles]: claimed });
  const guest = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(guest, { capital: 'Bishkek', sum: '5' });
  expect(guest.page.$('.score').text()).toContain('2 of 2 points');
  expect(guest.page.$('.grade').text()).toBe('There is no grade to send.');
  expect(await mustaqil.db.$count(gradebookCells)).toBe(before);
  expect(await mustaqil.deliver()).toBe(0);
});

test('Ada who has become a guest since she began sends no grade', async () => {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  mustaqil.lms.nextToken = ({ header, claims, sign }) => sign(header, { ...claims, [roles]: [] });
  await ada.launch(mustaqil.lms.activityUrl(activity));
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  expect(await mustaqil.deliver()).toBe(0);
});

test('Each student’s grade is theirs', async () => {
  const activity = await newQuiz(mustaqil);
  const answers = { [sample.aziz]: { capital: 'Bishkek', sum: '5' }, [sample.aigul]: { sum: '5' }, [sample.ivan]: {} };
  const robots = Object.entries(answers).map(async ([student, given]) => {
    await takeQuiz(await openQuiz(mustaqil, { student, activity }), given);
  });
  await Promise.all(robots);
  await mustaqil.deliver();
  const grades = Object.keys(answers).map((student) => mustaqil.lms.gradeOf(activity, student)?.points);
  expect(grades).toEqual([100, 50, 0]);
});

test('What an LMS wants in a score beside the standard’s goes along, and nothing of it to the others', async () => {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  const submission = 'https://canvas.instructure.com/lti/submission';
  const sent = () => mustaqil.lms.received.filter(({ endpoint }) => endpoint === 'score').at(-1)?.body;
  await takeQuiz(ada, { sum: '5' });
  await mustaqil.deliver();
  expect(sent()).not.toHaveProperty([submission]);
  mustaqil.clock.advance(1000);
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  await mustaqil.db.update(registrations).set({ family: 'canvas' });
  await mustaqil.deliver();
  expect(sent()).toHaveProperty([submission, 'new_submission'], true);
  expect(mustaqil.lms.gradeOf(activity, student)).toMatchObject({ points: 100 });
});

/** As the teacher does in the activity's settings: from now on it has a grade. */
function addColumn(activityId: string) {
  const item = { courseId: sample.physics.course, toolId: preregisteredId, activityId, isCoupled: true };
  addLineItem(mustaqil.lms.state, { ...item, label: 'Grade', maximumPoints: 100 });
}
