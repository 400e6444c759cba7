// Who comes in without a claim to a grade answers all the same, and nothing goes to the gradebook.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { autoSubmit, gradebookClaim, holdLaunch, lti, withClaims, type MakeToken } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish, takeQuiz } from '../support/people.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
});
afterAll(() => mustaqil.stop());

const right = { capital: 'Bishkek', sum: '5' };
const scores = () => mustaqil.lms.received.filter(({ endpoint }) => endpoint === 'score');

async function takeQuizAfter(token: MakeToken, student: string): Promise<Robot> {
  mustaqil.lms.nextToken = token;
  const robot = await mustaqil.browserOf(student);
  await holdLaunch(robot, mustaqil.lms.activityUrl(sample.physics.mechanics));
  await robot.submit(autoSubmit);
  await takeQuiz(robot, right);
  return robot;
}

async function expectNothingSent() {
  expect(await mustaqil.deliver()).toBe(0);
  expect(scores()).toEqual([]);
}

test.each([
  ['whose role nobody knows', ['http://lms.example/roles#Visitor']],
  ['without any role', []],
  [
    'who is a test student of their teacher',
    [
      'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner',
      'http://purl.imsglobal.org/vocab/lti/system/person#TestUser',
    ],
  ],
])('a guest %s answers and sees the points, and no grade is sent', async (_, roles) => {
  const robot = await takeQuizAfter(withClaims({ sub: `guest ${roles.length}`, [lti('roles')]: roles }), sample.ivan);
  expect(robot.page.$('.score').text()).toContain('2 of 2 points');
  expect(robot.page.$('.grade').text()).toContain('There is no grade to send');
  await expectNothingSent();
});

test('in an activity without a grade, Aziz reads that his teacher sees the result here', async () => {
  const { lms } = mustaqil;
  const { id } = lms.addActivity({ courseId: sample.physics.course, title: 'Mashq', maximumPoints: null });
  await publish(mustaqil, { activity: id });
  const aziz = await openQuiz(mustaqil, { activity: id });
  await takeQuiz(aziz, right);
  expect(aziz.page.$('.grade').text()).toContain('no gradebook column');
  await expectNothingSent();
});

test('from an LMS that offers no gradebook, the same', async () => {
  const aigul = await takeQuizAfter(withClaims({ [gradebookClaim]: undefined }), sample.aigul);
  expect(aigul.page.$('.grade').text()).toContain('no gradebook column');
  await expectNothingSent();
});
