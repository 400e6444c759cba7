// A course is copied: what the copy's launches say, what came along, what stayed behind.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { serviceClient } from './service-client.ts';
import { claimsOf, launchAs, type Practice, robotOf, startPractice } from './support.ts';

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.close());

test('Dilnoza copies her course with a button and teaches the copy, which has no students and no grades', async () => {
  await (await serviceClient(practice)).sendScore();
  const teacher = await robotOf(practice, sample.dilnoza);
  await teacher.open(`${practice.url}/courses/${sample.physics.course}`);
  const { $, url } = await teacher.submit('form[data-copy]');
  expect(url).toBe(`${practice.url}/courses/4`);
  expect($('h1').text()).toContain('Umumiy fizika (2)');
  expect($('[data-activity]')).toHaveLength(2);
  expect(practice.lms.state.enrolments.filter(({ courseId }) => courseId === '4')).toMatchObject([
    { personId: sample.dilnoza, role: 'teacher' },
  ]);
  const columns = practice.lms.state.lineItems.filter(({ courseId }) => courseId === '4').map(({ id }) => id);
  expect(practice.lms.state.grades.filter(({ lineItemId }) => columns.includes(lineItemId))).toEqual([]);
});

test('a copied activity has new ids, the old parameters and column, and tells where it comes from', async () => {
  const { lms } = practice;
  const original = lms.addActivity({ courseId: sample.physics.course, title: 'Kuch', custom: { quiz: 'q1' } });
  const column = lms.state.lineItems.find(({ activityId }) => activityId === original.id);
  Object.assign(column ?? {}, { resourceId: 'r1', tag: 'quiz' });
  for (const tool of lms.state.tools) tool.custom = { history: '$Context.id.history' };
  const copy = lms.copyCourse(sample.physics.course, { shortName: 'PHYS102', title: 'Fizika 2' });
  const again = lms.copyCourse(copy.id);
  const copied = lms.state.activities.find(({ courseId, title }) => courseId === again.id && title === 'Kuch');
  const claims = await launchAs(practice, sample.dilnoza, copied?.id ?? '');
  expect(claims).toMatchObject({
    aud: lms.registration.clientId,
    [claim('deployment_id')]: '1',
    [claim('context')]: { id: again.id, label: 'PHYS102-2' },
    [claim('resource_link')]: { id: copied?.id },
    [claim('custom')]: { quiz: 'q1', history: `${copy.id},${sample.physics.course}` },
  });
  expect(copied?.id).not.toBe(original.id);
  const recreated = lms.state.lineItems.find(({ activityId }) => activityId === copied?.id);
  expect(recreated).toMatchObject({ resourceId: 'r1', tag: 'quiz', maximumPoints: 100, isCoupled: true });
  expect(recreated?.id).not.toBe(column?.id);
});

test('a column of zero points, and one that the tool made by itself, do not come along', async () => {
  const { lms } = practice;
  lms.addActivity({ courseId: sample.history.course, title: 'Nol', maximumPoints: 0 });
  const client = await serviceClient(practice);
  await client.post('/3/lineitems?type_id=1', 'application/vnd.ims.lis.v2.lineitem+json', {
    label: 'Kreditlar',
    scoreMaximum: 5,
  });
  const copy = lms.copyCourse(sample.history.course);
  const labels = lms.state.lineItems.filter(({ courseId }) => courseId === copy.id).map(({ label }) => label);
  expect(labels).toEqual(['Ipak yoʻli: oʻzini tekshirish']);
});

test('Aziz cannot copy a course', async () => {
  const student = await robotOf(practice, sample.aziz);
  const { $ } = await student.open(`${practice.url}/courses/${sample.physics.course}`);
  expect($('form[data-copy]')).toHaveLength(0);
  const response = await fetch(`${practice.url}/courses/${sample.physics.course}/copy`, {
    method: 'POST',
    headers: { cookie: `practice_lms=${student.cookies('127.0.0.1')['practice_lms']}` },
  });
  expect(response.status).toBe(404);
});

test('an LMS that keeps to the specification tells the history of the link and its dates too', async () => {
  await practice.close();
  practice = await startPractice({ quirks: 'spec' });
  const { lms } = practice;
  const original = lms.addActivity({
    courseId: sample.history.course,
    title: 'Sanalar',
    available: { start: '2026-11-01T00:00:00Z', end: null },
    submission: { start: null, end: '2026-12-01T00:00:00Z' },
    custom: {
      history: '$ResourceLink.id.history',
      start: '$ResourceLink.available.startDateTime',
      end: '$ResourceLink.available.endDateTime',
      due: '$ResourceLink.submission.endDateTime',
      actual: '$ActualUser.id',
    },
  });
  const copy = lms.copyCourse(sample.history.course);
  const copied = lms.state.activities.find(({ courseId, title }) => courseId === copy.id && title === 'Sanalar');
  const claims = await launchAs(practice, sample.grace, copied?.id ?? '');
  expect(claims[claim('custom')]).toMatchObject({
    history: original.id,
    start: '2026-11-01T00:00:00Z',
    end: '',
    due: '2026-12-01T00:00:00Z',
    actual: '$ActualUser.id',
  });
});

test('in Moodle those stay as they are, while the variables that it lists are filled (lti.md 49, 50)', async () => {
  const activity = practice.lms.addActivity({
    courseId: sample.physics.course,
    title: 'Kuch',
    description: 'Nyuton',
    custom: {
      history: '$ResourceLink.id.history',
      due: '$ResourceLink.submission.endDateTime',
      name: '$Person.name.full',
      title: '$ResourceLink.title',
      role: '$Membership.role',
      part: 'a $Person.name.full',
    },
  });
  const robot = await robotOf(practice, sample.aziz);
  const claims = claimsOf(await robot.launch(practice.lms.activityUrl(activity.id)));
  expect(claims[claim('custom')]).toMatchObject({
    history: '$ResourceLink.id.history',
    due: '$ResourceLink.submission.endDateTime',
    name: 'Aziz Rahimov',
    title: 'Kuch',
    role: 'Learner',
    part: 'a $Person.name.full',
  });
});
