// From the gradebook to a student's work: who is led there, and who gets there all the same.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { serviceClient } from './service-client.ts';
import { claimsOf, type Practice, robotOf, startPractice } from './support.ts';

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const grades = (): string => `${practice.url}/courses/${sample.physics.course}/grades`;
const link = (personId: string): string => `tr[data-person="${personId}"] a[data-review]`;
/** What anybody can type into the address bar. */
const typed = (personId: string): string =>
  `${practice.url}/mod/lti/launch.php?id=2&action=gradeReport&user=${personId}`;

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
  await (await serviceClient(practice)).sendScore();
});
afterEach(() => practice.close());

test('Dilnoza opens the work behind a grade, and the message names the student (lti.md 126)', async () => {
  const teacher = await robotOf(practice, sample.dilnoza);
  await teacher.open(grades());
  expect(teacher.page.$('a[data-review]')).toHaveLength(1);
  await teacher.click(link(sample.aziz));
  expect(teacher.page.url).toBe(practice.lms.reviewUrl(sample.physics.mechanics, sample.aziz));
  expect(claimsOf(await teacher.enter())).toMatchObject({
    sub: sample.dilnoza,
    [claim('message_type')]: 'LtiSubmissionReviewRequest',
    [claim('target_link_uri')]: `${practice.tool.url}/launch`,
    [claim('for_user')]: { user_id: sample.aziz },
    [claim('resource_link')]: { id: sample.physics.mechanics },
    'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
      lineitem: `${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1`,
    },
  });
});

test('what the column says of reviews is used: its address, and its parameters over the others', async () => {
  const url = `${practice.tool.url}/review`;
  const column = practice.lms.state.lineItems.find(({ id }) => id === '2');
  Object.assign(column ?? {}, { submissionReview: { url, custom: { quiz: 'reviewed', Mode: 'review' } } });
  Object.assign(practice.lms.state.activities[0]?.custom ?? {}, { quiz: 'q1', other: 'kept' });
  const teacher = await robotOf(practice, sample.dilnoza);
  const claims = claimsOf(await teacher.launch(practice.lms.reviewUrl(sample.physics.mechanics, sample.aziz)));
  expect(practice.tool.logins.at(-1)?.['target_link_uri']).toBe(url);
  expect(claims[claim('target_link_uri')]).toBe(url);
  expect(claims[claim('custom')]).toMatchObject({ quiz: 'reviewed', other: 'kept', Mode: 'review', mode: 'review' });
});

test('Aziz opens his own work, and is shown no way to another’s', async () => {
  const student = await robotOf(practice, sample.aziz);
  await student.open(grades());
  await student.click(link(sample.aziz));
  expect(claimsOf(await student.enter())).toMatchObject({
    [claim('for_user')]: { user_id: sample.aziz },
    [claim('roles')]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
  });
  expect((await student.open(practice.lms.reviewUrl(sample.physics.mechanics, sample.ivan))).status).toBe(404);
});

test('Ivan types the address of Aziz’s work, and Moodle signs it (lti.md 127)', async () => {
  const student = await robotOf(practice, sample.ivan);
  await student.open(typed(sample.aziz));
  expect(claimsOf(await student.settle())).toMatchObject({
    sub: sample.ivan,
    [claim('message_type')]: 'LtiSubmissionReviewRequest',
    [claim('for_user')]: { user_id: sample.aziz },
  });
});

test('an LMS that looks answers him with 403, and lets him see his own', async () => {
  await practice.close();
  practice = await startPractice({ quirks: 'spec' });
  const student = await robotOf(practice, sample.ivan);
  const { status, $ } = await student.open(typed(sample.aziz));
  expect([status, $('[data-refusal]').attr('data-refusal')]).toEqual([403, 'foreign-review']);
  await student.open(typed(sample.ivan));
  expect(claimsOf(await student.settle())[claim('for_user')]).toEqual({ user_id: sample.ivan });
});
