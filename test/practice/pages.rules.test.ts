import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRobot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { type Practice, robotOf, startPractice } from './support.ts';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.close());

const grades = (): string => `${practice.url}/courses/${sample.physics.course}/grades`;

describe('the start page', () => {
  test('greets in the browser’s language and remembers another choice for whoever signs in', async () => {
    const robot = createRobot({ language: 'uz-Latn-UZ,ru;q=0.5' });
    await robot.open(practice.url);
    expect(robot.page.$('h1').text()).toBe('Kim boʻlib kirasiz?');
    await robot.submit('.languages button[value="en"]');
    await robot.submit(`form[data-person="${sample.aigul}"] button`);
    expect(robot.page.$('h1').text()).toBe('My courses');
  });

  test('comes back after signing out, and the cookie is worth nothing any more', async () => {
    const robot = await robotOf(practice, sample.aziz);
    expect((await robot.submit('form.who')).$('h1').text()).toBe('Sign in as');
    await robot.open(grades());
    expect(robot.page.url).toBe(`${practice.url}/`);
  });

  test('sets a cookie that reaches the LMS inside the tool’s frame and no script', async () => {
    const response = await fetch(`${practice.url}/session`, {
      method: 'POST',
      body: new URLSearchParams({ person: sample.aziz }),
      redirect: 'manual',
    });
    expect(response.headers.get('set-cookie')).toMatch(
      /^practice_lms=[0-9a-f]{32}; Path=\/; HttpOnly; Secure; SameSite=None$/,
    );
  });

  test('takes no form from another site', async () => {
    const response = await fetch(`${practice.url}/session`, {
      method: 'POST',
      headers: { origin: practice.tool.url },
      body: new URLSearchParams({ person: sample.aziz }),
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });

  test('a language form cannot send people to another site', async () => {
    const robot = createRobot();
    await robot.open(practice.url);
    const page = await robot.submit('.languages button[value="en"]', { back: '//evil.example/' });
    expect(page.url).toBe(`${practice.url}/`);
  });
});

test('an activity shows the tool in a frame of 600 pixels, with Moodle’s permissions, and in a new window', async () => {
  const robot = await robotOf(practice, sample.aziz);
  const { $ } = await robot.open(practice.lms.activityUrl(sample.physics.mechanics));
  expect($('iframe').attr()).toMatchObject({ height: '600', src: '/mod/lti/launch.php?id=2' });
  const allowed = $('iframe').attr('allow')?.split('; ');
  expect(allowed).toEqual(
    ['microphone', 'camera', 'geolocation', 'midi', 'encrypted-media', 'autoplay'].map(
      (feature) => `${feature} ${practice.tool.url}`,
    ),
  );
  expect($('a[target="_blank"]').attr('href')).toBe('/mod/lti/launch.php?id=2&container=window');
});

describe('the gradebook', () => {
  test('Dilnoza overrides a grade, locks it, and gives it back', async () => {
    const teacher = await robotOf(practice, sample.dilnoza);
    const cell = `tr[data-person="${sample.aziz}"] td[data-line-item="2"]`;
    await teacher.open(grades());
    await teacher.click(`${cell} a`);
    await teacher.submit('form[data-grade]', { points: '87,5', comment: 'Yaxshi <b>ish</b>', isLocked: 'on' });
    expect(teacher.page.$(`${cell} .points`).text()).toBe('87.5 / 100');
    expect(teacher.page.$(`${cell} .comment`).text()).toBe('Yaxshi <b>ish</b>');
    expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({
      points: 87.5,
      isOverridden: true,
      isLocked: true,
    });
    await teacher.click(`${cell} a`);
    await teacher.submit('form[data-grade]', { isOverridden: null, isLocked: null });
    expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aziz)).toMatchObject({
      points: null,
      isOverridden: false,
      isLocked: false,
    });
  });

  test('locking alone overrides nothing', async () => {
    const teacher = await robotOf(practice, sample.dilnoza);
    await teacher.open(`${grades()}/2/${sample.aigul}`);
    await teacher.submit('form[data-grade]', { isLocked: 'on' });
    expect(practice.lms.gradeOf(sample.physics.mechanics, sample.aigul)).toMatchObject({
      isOverridden: false,
      isLocked: true,
    });
  });

  test('a word instead of points is not taken', async () => {
    const teacher = await robotOf(practice, sample.dilnoza);
    await teacher.open(`${grades()}/2/${sample.ivan}`);
    expect((await teacher.submit('form[data-grade]', { points: 'aʼlo' })).status).toBe(400);
    expect(practice.lms.gradeOf(sample.physics.mechanics, sample.ivan)).toBeUndefined();
  });

  test('Ivan sees his own line and can change nothing', async () => {
    const student = await robotOf(practice, sample.ivan);
    await student.open(grades());
    expect(student.page.$('tbody tr')).toHaveLength(1);
    expect(student.page.$('tbody a')).toHaveLength(0);
    expect((await student.open(`${grades()}/2/${sample.ivan}`)).status).toBe(404);
  });

  test('Grace, who teaches another course, sees nothing of this one', async () => {
    const stranger = await robotOf(practice, sample.grace);
    expect((await stranger.open(grades())).status).toBe(404);
    expect((await stranger.open(`${grades()}/2/${sample.ivan}`)).status).toBe(404);
  });
});
