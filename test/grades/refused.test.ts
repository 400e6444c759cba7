// The LMS says no: the page says so, a teacher can ask again, and nobody else's grade is held up.
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { noFaults } from '../../src/practice/state.ts';
import { gradeWords, openLearner, openResults, pressIn, rowOf, troubleOf } from '../support/grades.ts';
import { scoresOf } from '../support/lms-log.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, takeQuiz } from '../support/people.ts';
import { post } from '../support/post.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());
afterEach(async () => {
  Object.assign(mustaqil.lms.faults, noFaults);
  mustaqil.clock.advance(60 * 60 * 1000);
  await mustaqil.deliver();
});

test('A grade that the LMS refuses waits for the teacher, who sends it again when the cause is gone (lti.md 105)', async () => {
  const { activity, ada } = await refusedAda();
  expect(await gradeWords(mustaqil, { student: ada, activity })).toContain('The gradebook did not take your grade.');
  mustaqil.clock.advance(24 * 60 * 60 * 1000);
  expect(await mustaqil.deliver()).toBe(0);

  const dilnoza = await openResults(mustaqil, activity);
  expect(rowOf(dilnoza, nameOf(mustaqil, ada))).toEqual(['1', '1 / 2', 'not taken by the LMS']);
  expect(troubleOf(dilnoza, nameOf(mustaqil, ada))).toEqual({
    cause: 'The LMS takes no grade for this person, although they are in the course.',
    remedy: expect.stringContaining('send the grade again'),
    button: 'Send again',
  });
  const compared = await openResults(mustaqil, activity);
  await compared.click('a[href$="/results?gradebook"]');
  expect(rowOf(compared, nameOf(mustaqil, ada))[2]).toBe('not taken by the LMS');
  expect(dilnoza.page.$('#tally li').text()).toBe('2 in the gradebook1 needs attention');
  mustaqil.lms.faults.refusedPersonId = null;
  await dilnoza.submit('form[action$="/grades/deliveries"]');
  expect(dilnoza.page.$('main [role=status]').text()).toBe('1 grade goes out now.');
  expect(rowOf(dilnoza, nameOf(mustaqil, ada))[2]).toBe('on its way');
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 50 });
  await dilnoza.open(dilnoza.page.url);
  expect(dilnoza.page.$('main [role=status]')).toHaveLength(0);
  expect(rowOf(dilnoza, nameOf(mustaqil, ada))[2]).toContain('in the gradebook');
  expect(dilnoza.page.$('form[action$="/grades/deliveries"]')).toHaveLength(0);
});

test('A better attempt is sent although an earlier one was refused', async () => {
  const { activity, ada } = await refusedAda();
  mustaqil.lms.faults.refusedPersonId = null;
  mustaqil.clock.advance(1000);
  await takeQuiz(await openQuiz(mustaqil, { student: ada, activity }), { capital: 'Bishkek', sum: '5' });
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 100 });
});

test('“Send again” leaves alone what has arrived', async () => {
  const { activity, others } = await refusedAda();
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.submit('form[action$="/grades/deliveries"]');
  mustaqil.clock.advance(1000);
  expect(await mustaqil.deliver()).toBe(1);
  for (const other of others) expect(scoresOf(mustaqil.lms, other)).toHaveLength(1);
});

test('One grade that is refused and one that is locked stop none of the others', async () => {
  const { activity, ada, others } = await refusedAda({ locked: true });
  expect(mustaqil.lms.gradeOf(activity, ada)).toBeUndefined();
  const grades = others.map((other) => mustaqil.lms.gradeOf(activity, other)?.points);
  expect(grades).toEqual([50, 50, null]);
  const rows = await openResults(mustaqil, activity);
  const words = [ada, others[2] ?? ''].map((student) => rowOf(rows, nameOf(mustaqil, student))[2]);
  expect(words).toEqual(['not taken by the LMS', 'waiting for the LMS']);

  mustaqil.lms.lockGrade(activity, others[2] ?? '', false);
  mustaqil.clock.advance(6000);
  await mustaqil.deliver();
  expect(mustaqil.lms.gradeOf(activity, others[2] ?? '')).toMatchObject({ points: 50 });
});

test('Many grades are sent with one token', async () => {
  mustaqil.clock.advance(24 * 60 * 60 * 1000);
  const before = mustaqil.lms.received.length;
  await refusedAda();
  const forScores = mustaqil.lms.received
    .slice(before)
    .filter(({ endpoint, body }) => endpoint === 'token' && JSON.stringify(body).includes('lti-ags/scope/score'));
  expect(forScores).toHaveLength(1);
});

test('Dilnoza looks at what needs attention alone, sends one grade from there, and comes back to the same', async () => {
  const { activity, ada } = await refusedAda({ locked: true });
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click('.filter a[href$="?show=attention"]');
  const names = dilnoza.page.$('tbody th a').toArray();
  expect(names.map((link) => dilnoza.page.$(link).text())).toEqual([nameOf(mustaqil, ada)]);
  expect(dilnoza.page.$('.filter [aria-current]').text()).toBe('Needs attention (1)');

  await pressIn(dilnoza, nameOf(mustaqil, ada));
  expect(dilnoza.page.url).toMatch(/\/results\?show=attention&sent=1$/);
  expect(dilnoza.page.$('main [role=status]').text()).toBe('1 grade goes out now.');
  expect(dilnoza.page.$('main').text()).toContain('Nothing here needs your attention.');
  mustaqil.lms.faults.refusedPersonId = null;
  mustaqil.clock.advance(1000);
  expect(await mustaqil.deliver()).toBe(1);
  expect(mustaqil.lms.gradeOf(activity, ada)).toMatchObject({ points: 50 });
});

test('The course page says which activity needs attention and leads there, until it does no more', async () => {
  const { activity, ada } = await refusedAda();
  const dilnoza = await openResults(mustaqil, activity);
  const results = new URL(dilnoza.page.url).pathname;
  await dilnoza.open(results.replace('/results', '/quiz'));
  const course = dilnoza.page.$('.crumb a').attr('href') ?? '';
  await dilnoza.open(course);
  const here = `#grade-trouble a[href="${results}?show=attention"]`;
  expect(dilnoza.page.$(here).parent().text()).toBe('Yangi mashq: 1 grade needs attention');
  const row = dilnoza.page.$('.row').has(`a[href="${results.replace('/results', '/quiz')}"]`);
  expect(row.find('.tag').text()).toBe('1 grade needs attention');

  await dilnoza.click(here);
  mustaqil.lms.faults.refusedPersonId = null;
  await pressIn(dilnoza, nameOf(mustaqil, ada));
  await mustaqil.deliver();
  await dilnoza.open(course);
  expect(dilnoza.page.$(here)).toHaveLength(0);
});

test('A grade that waits for the LMS alarms nobody within the hour; then teacher and student read that it is stuck', async () => {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  await takeQuiz(await openQuiz(mustaqil, { student, activity }), { sum: '5' });
  mustaqil.lms.faults.down = 'services';
  await mustaqil.deliver();
  const name = nameOf(mustaqil, student);
  const dilnoza = await openResults(mustaqil, activity);
  expect(rowOf(dilnoza, name)[2]).toBe('waiting for the LMS');
  expect(troubleOf(dilnoza, name)).toEqual({ cause: '', remedy: '', button: '' });
  expect(dilnoza.page.$('#tally').text()).not.toContain('attention');
  const results = dilnoza.page.url;
  const banner = `#grade-trouble a[href^="${new URL(results).pathname}?"]`;
  const course = (await dilnoza.open(results.replace('/results', '/quiz'))).$('.crumb a').attr('href') ?? '';
  expect((await dilnoza.open(course)).$(banner)).toHaveLength(0);

  mustaqil.clock.advance(60 * 60 * 1000 + 1);
  await mustaqil.deliver();
  expect((await dilnoza.open(course)).$(banner)).toHaveLength(1);
  await dilnoza.open(results);
  expect(rowOf(dilnoza, name)[2]).toMatch(/^waiting for the LMS since /);
  expect(troubleOf(dilnoza, name)).toMatchObject({ cause: 'The LMS does not answer just now.', button: 'Send again' });
  expect(await gradeWords(mustaqil, { student, activity })).toContain('could not be sent to the gradebook yet');
});

test('Dilnoza reads every try of one student: when, what, and what the LMS said', async () => {
  const { activity, ada } = await refusedAda();
  const dilnoza = await openResults(mustaqil, activity);
  await openLearner(dilnoza, nameOf(mustaqil, ada));
  expect(dilnoza.page.$('#grade .cause').text()).toContain('takes no grade for this person');
  mustaqil.lms.faults.refusedPersonId = null;
  await dilnoza.submit('#grade form');
  expect(dilnoza.page.url).toMatch(/\/attempts\?sent=1$/);
  mustaqil.clock.advance(1000);
  await mustaqil.deliver();
  await dilnoza.open(new URL(dilnoza.page.url).pathname);
  const tries = dilnoza.page.$('#history .row').toArray();
  const words = tries.map((row) => dilnoza.page.$(row).text().replace(/\s+/g, ' ').trim());
  expect(words).toEqual([
    expect.stringMatching(/ 1 \/ 2 arrived$/),
    expect.stringMatching(
      / 1 \/ 2 was not taken The LMS takes no grade .+ Answer of the LMS: 400 Incorrect score received$/,
    ),
  ]);
});

test('Ada asks for her grade to be sent again; it goes out at most once a minute', async () => {
  const { activity, ada: student } = await refusedAda();
  const ada = await openQuiz(mustaqil, { student, activity });
  const ask = 'form[action$="/deliveries"]';
  await ada.click('.rows a');
  const result = ada.page.url;
  await ada.submit(ask);
  expect(ada.page.url).toBe(`${result}?again=asked-just-now`);
  expect(ada.page.$('.grade').text()).toContain('Wait a minute, then ask again.');
  expect(await mustaqil.deliver()).toBe(0);

  mustaqil.clock.advance(60_000);
  mustaqil.lms.faults.refusedPersonId = null;
  await ada.submit(ask);
  expect(ada.page.url).toBe(`${result}?again=asked`);
  expect(ada.page.$('.grade').text()).toContain('Thank you');
  expect(ada.page.$(ask)).toHaveLength(0);
  expect(await mustaqil.deliver()).toBe(1);
  await ada.open(ada.page.url);
  expect(ada.page.$('.grade').text()).not.toContain('Thank you');
  await ada.open(result);
  expect(ada.page.$('.grade').text()).toContain('in the gradebook since');
  expect(ada.page.$(ask)).toHaveLength(0);
  // What has arrived is not sent again, whoever asks.
  const [placement = ''] = /\/placements\/\d+/.exec(ada.page.$('.crumb a').attr('href') ?? '') ?? [];
  mustaqil.clock.advance(60_000);
  const again = await post(ada, `${placement}/deliveries`, [['address', '//elsewhere.example/']]);
  expect(again.headers.location).toBe(`${placement}/attempts?again=settled`);
  expect(await mustaqil.deliver()).toBe(0);
});

test('Neither a student nor another course’s teacher can ask for another delivery', async () => {
  const { activity } = await refusedAda();
  const dilnoza = await openResults(mustaqil, activity);
  const deliveries = dilnoza.page.$('form[action$="/grades/deliveries"]').attr('action') ?? '';
  const one = dilnoza.page.$('form[action*="/learners/"]').attr('action') ?? '';
  const ivan = await openQuiz(mustaqil, { student: sample.ivan, activity });
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  const own = deliveries.replace('/grades', '');
  for (const path of [deliveries, one]) {
    expect((await post(ivan, path, [['overwrite', 'yes']])).status).toBe(403);
    expect((await post(grace, path, [['overwrite', 'yes']])).status).toBe(404);
  }
  // Of Ivan’s own there is nothing to send, and a teacher has no own.
  mustaqil.clock.advance(60_000);
  expect((await post(ivan, own, [])).headers.location).toContain('again=settled');
  expect((await post(dilnoza, own, [])).status).toBe(403);
  expect((await post(dilnoza, one.replace(/learners\/\d+/, 'learners/999999'), [])).status).toBe(404);
  expect(await mustaqil.deliver()).toBe(0);
});

/** Ada and two others have handed in with half the points; all was delivered but Ada's, and that of `locked`. */
async function refusedAda({ locked = false } = {}) {
  const activity = await newQuiz(mustaqil);
  const names = ['Ada', 'Bek', 'Chinara', ...(locked ? ['Locked'] : [])];
  const [ada = '', ...others] = names.map((name) => newStudent(mustaqil, name));
  for (const student of [ada, ...others]) {
    await takeQuiz(await openQuiz(mustaqil, { student, activity }), { capital: 'Osh', sum: '5' });
  }
  mustaqil.lms.faults.refusedPersonId = ada;
  if (locked) mustaqil.lms.lockGrade(activity, others[2] ?? '');
  await mustaqil.deliver();
  return { activity, ada, others };
}
