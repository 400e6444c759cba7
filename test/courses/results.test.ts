// The teacher's table of results at one activity.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { openResults, pointsOf, rowOf, tagOf } from '../support/grades.ts';
import { withClaims } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

test('Before any student has come, the table lists who is in the course, and says that they are not here yet', async () => {
  await mustaqil.roster.settled();
  const dilnoza = await openResults(mustaqil, sample.physics.mechanics);
  expect(rowOf(dilnoza, 'Aziz Rahimov')).toEqual(['not tried', '—', 'nothing to send']);
  expect(tagOf(dilnoza, 'Aziz Rahimov')).toBe('not here yet');
  expect(dilnoza.page.$('main form, #tally')).toHaveLength(0);
});

test('Where the LMS lists nobody and nobody has come, the table says so', async () => {
  const { id } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Karvonlar' });
  const grace = await mustaqil.browserOf(sample.grace);
  const roster = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice';
  mustaqil.lms.nextToken = withClaims({ [roster]: undefined });
  await grace.launch(mustaqil.lms.activityUrl(id));
  await grace.open(new URL(grace.page.url).pathname.replace('/quiz/edit', '/results'));
  expect(grace.page.$('main').text()).toContain('No student has opened this quiz yet.');
});

test('Each student has a row: how often they tried, what counts, and where the grade is', async () => {
  const aziz = await openQuiz(mustaqil);
  await takeQuiz(aziz, { sum: '5' });
  await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  await answer(aigul, { capital: 'Bishkek', sum: '5' });
  await openQuiz(mustaqil, { student: sample.ivan });
  await mustaqil.deliver();
  await takeQuiz(await openQuiz(mustaqil, { student: sample.omurbek }), {});

  const dilnoza = await openResults(mustaqil, sample.physics.mechanics);
  expect(rowOf(dilnoza, 'Aziz Rahimov').slice(0, 2)).toEqual(['2', '2 / 2']);
  expect(rowOf(dilnoza, 'Aziz Rahimov')[2]).toMatch(/^in the gradebook \(.+\)$/);
  expect(pointsOf(dilnoza, 'Aziz Rahimov')).toEqual({ reason: 'attempt 2 of 2, the best', there: '100 / 100' });
  // An attempt that was not handed in counts for nothing.
  expect(rowOf(dilnoza, 'Aigul Toktogulova')).toEqual(['not tried', '—', 'nothing to send']);
  expect(rowOf(dilnoza, 'Ivan Petrov')).toEqual(['not tried', '—', 'nothing to send']);
  expect(tagOf(dilnoza, 'Ivan Petrov')).toBe('');
  const omurbek = 'Өмүрбек Төлөгөнович Жаңыбай-Үсөн уулу Gʻaybullayev';
  expect(rowOf(dilnoza, omurbek)).toEqual(['1', '0 / 2', 'on its way']);
  expect(pointsOf(dilnoza, omurbek)).toEqual({ reason: '', there: '—' });
  expect(rowOf(dilnoza, 'Dilnoza Karimova')).toEqual([]);

  const tally = dilnoza.page.$('#tally li').toArray();
  expect(tally.map((part) => dilnoza.page.$(part).text())).toEqual(['1 in the gradebook', '1 on its way']);
  await dilnoza.click('.filter a[href$="?show=attention"]');
  expect(dilnoza.page.$('table')).toHaveLength(0);
  expect(dilnoza.page.$('main').text()).toContain('Nothing here needs your attention.');
  await dilnoza.click('.filter a:first-child');
  expect(rowOf(dilnoza, omurbek)).toEqual(['1', '0 / 2', 'on its way']);
});

test('Who has left the course stays in the table, last and with a word of it; every name leads to that student’s attempts', async () => {
  const activity = sample.physics.mechanics;
  mustaqil.lms.unenrol(sample.aigul, sample.physics.course);
  mustaqil.clock.advance(10 * 60 * 1000);
  await openAsTeacher(mustaqil, { activity });
  await mustaqil.roster.settled();
  const dilnoza = await openResults(mustaqil, activity);
  expect(tagOf(dilnoza, 'Aigul Toktogulova')).toBe('no longer in the course');
  const names = dilnoza.page.$('tbody th a').toArray();
  expect(dilnoza.page.$(names.at(-1)).text()).toBe('Aigul Toktogulova');
  await dilnoza.click('tbody th a');
  expect(dilnoza.page.status).toBe(200);
  expect(dilnoza.page.$('h1').text()).toBe('Aziz Rahimov');
});

test('Another rule of counting counts for a student from the next attempt, in the table as in the gradebook', async () => {
  const activity = sample.physics.newton;
  await publish(mustaqil, { activity });
  const aziz = await openQuiz(mustaqil, { activity });
  await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
  await takeQuiz(aziz, { sum: '5' });
  await publish(mustaqil, { activity, settings: { countingAttempt: 'last' } });
  await mustaqil.deliver();
  const dilnoza = await openResults(mustaqil, activity);
  expect(rowOf(dilnoza, 'Aziz Rahimov').slice(0, 2)).toEqual(['2', '2 / 2']);
  expect(mustaqil.lms.gradeOf(activity, sample.aziz)).toMatchObject({ points: 100 });

  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { activity }), { sum: '5' });
  await mustaqil.deliver();
  expect(rowOf(await openResults(mustaqil, activity), 'Aziz Rahimov').slice(0, 2)).toEqual(['3', '1 / 2']);
  expect(mustaqil.lms.gradeOf(activity, sample.aziz)).toMatchObject({ points: 50 });
});

test.each([
  ['Aziz, a student of the course,', sample.aziz, sample.physics.mechanics, 403],
  ['Grace, who teaches another course,', sample.grace, sample.history.silkRoad, 404],
  ['Mallory, a student of another course,', sample.mallory, sample.history.silkRoad, 404],
])('%s cannot read the results', async (_who, student, activity, status) => {
  const dilnoza = await openResults(mustaqil, sample.physics.mechanics);
  const results = new URL(dilnoza.page.url).pathname;
  const robot = await openQuiz(mustaqil, { student, activity });
  await robot.open(results);
  expect(robot.page.status).toBe(status);
  expect(robot.page.$('body').text()).not.toContain('Aigul');
});

test('The results of an activity without a quiz are a table all the same', async () => {
  const { id } = mustaqil.lms.addActivity({ courseId: sample.history.course, title: 'Karvonlar' });
  const grace = await openAsTeacher(mustaqil, { activity: id, teacher: sample.grace });
  await grace.open(new URL(grace.page.url).pathname.replace('/quiz/edit', '/results'));
  expect(grace.page.status).toBe(200);
  expect(rowOf(grace, 'Mallory Yusupova')).toEqual(['not tried', '—', 'nothing to send']);
});
