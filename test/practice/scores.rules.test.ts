// The recorded exchange with a Moodle 5.1, row by row: scores, results, and what they leave in the gradebook.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { gradeIn, mediaTypes, type ServiceClient, serviceClient, scoresPath } from './service-client.ts';
import { accessToken, type Practice, startPractice } from './support.ts';

let practice: Practice;
let client: ServiceClient;
beforeEach(async () => {
  practice = await startPractice();
  client = await serviceClient(practice);
});
afterEach(() => practice.close());

describe('a score', () => {
  test('is answered with 200 and nothing, and stands in the gradebook', async () => {
    const { status, type, body } = await client.sendScore({ comment: 'Yaxshi!' });
    expect({ status, type, body }).toEqual({ status: 200, type: `${mediaTypes.score}; charset=utf-8`, body: '' });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 80, comment: 'Yaxshi!' });
  });

  test('with the second of the one before, or an earlier one, is 409 with []', async () => {
    await client.sendScore({ timestamp: '2026-11-21T10:00:05.100Z' });
    const { status, type, body } = await client.sendScore({
      timestamp: '2026-11-21T15:00:05.900+05:00',
      scoreGiven: 90,
    });
    expect({ status, type, body }).toEqual({ status: 409, type: `${mediaTypes.score}; charset=utf-8`, body: [] });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 80 });
  });

  test.each([
    ['not fully graded', { gradingProgress: 'Pending' }],
    ['fully graded in other letters', { gradingProgress: 'fullygraded' }],
    ['without scoreGiven', { scoreGiven: undefined }],
    ['with scoreGiven null', { scoreGiven: null }],
  ])('%s is 200 and erases the grade', async (_, changes) => {
    await client.sendScore();
    expect((await client.sendScore(changes)).status).toBe(200);
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: null, timeModified: null });
    expect((await client.get('/2/lineitems/2/lineitem/results?type_id=1', mediaTypes.results)).body).toEqual([]);
  });

  test.each([
    ['without a maximum', { scoreMaximum: undefined }],
    ['without a user', { userId: undefined }],
    ['without a time', { timestamp: undefined }],
    ['with a time that is none', { timestamp: 'yesterday' }],
    ['without an activity progress', { activityProgress: undefined }],
    ['without a grading progress', { gradingProgress: undefined }],
    ['with points that are no number', { scoreGiven: 'many' }],
    ['of an unknown user', { userId: '777' }],
    ['of a user who is not a number', { userId: 'aziz' }],
    ['of the teacher', { userId: sample.dilnoza }],
    ['of Mallory, who is in another course', { userId: sample.mallory }],
  ])('%s is 400 with []', async (_, changes) => {
    const { status, type, body } = await client.sendScore(changes);
    expect({ status, type, body }).toEqual({ status: 400, type: `${mediaTypes.score}; charset=utf-8`, body: [] });
  });

  test('of a student who left is 400', async () => {
    practice.lms.unenrol(sample.ivan, sample.physics.course);
    expect((await client.sendScore({ userId: sample.ivan })).status).toBe(400);
  });

  test('may be a string, may have any activity progress', async () => {
    expect((await client.sendScore({ scoreGiven: '30', scoreMaximum: '60', activityProgress: 'Dancing' })).status).toBe(
      200,
    );
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 50 });
  });

  test('is scaled to the column and capped by it', async () => {
    await client.sendScore({ scoreGiven: 1, scoreMaximum: 8 });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 12.5 });
    await client.sendScore({ scoreGiven: 15, scoreMaximum: 10 });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ rawPoints: 150, points: 100 });
  });

  test('without a comment takes the comment away', async () => {
    await client.sendScore({ comment: 'Yaxshi!' });
    await client.sendScore();
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ comment: null });
  });

  test('leaves the teacher’s own grade as it is, with 200', async () => {
    practice.lms.overrideGrade(sample.physics.mechanics, sample.aziz, 95, 'Men koʻrdim');
    expect((await client.sendScore()).status).toBe(200);
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 95, comment: 'Men koʻrdim', rawPoints: 80 });
  });

  test('earlier than the teacher’s own grade is 409', async () => {
    practice.clock.now = new Date('2026-11-21T11:00:00Z');
    client.token = await accessToken(practice);
    practice.lms.overrideGrade(sample.physics.mechanics, sample.aziz, 95);
    expect((await client.sendScore()).status).toBe(409);
  });

  test('for a locked grade is 500', async () => {
    practice.lms.lockGrade(sample.physics.mechanics, sample.aziz);
    expect((await client.sendScore()).status).toBe(500);
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: null });
  });
});

describe('results', () => {
  test('say points, maximum, comment and time; zero is a grade', async () => {
    await client.sendScore({ scoreGiven: 0, comment: 'Qayta urinib koʻring', timestamp: '2026-11-21T10:00:01.900Z' });
    await client.sendScore({ userId: sample.ivan });
    const { status, type, body } = await client.get(
      '/2/lineitems/2/lineitem/results?type_id=1&user_id=4',
      mediaTypes.results,
    );
    expect({ status, type }).toEqual({ status: 200, type: `${mediaTypes.results}; charset=utf-8` });
    expect(body).toEqual([
      {
        id: `${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem/results?type_id=1&user_id=4`,
        userId: '4',
        resultScore: 0,
        resultMaximum: 100,
        comment: 'Qayta urinib koʻring',
        scoreOf: `${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1`,
        timestamp: '2026-11-21T10:00:01+00:00',
      },
    ]);
    expect((await client.get('/2/lineitems/2/lineitem/results?type_id=1', mediaTypes.results)).body).toHaveLength(2);
  });
});

test('what was received can be counted and read', async () => {
  await client.sendScore();
  await client.sendScore({ userId: '777' });
  const scores = practice.lms.received.filter(({ endpoint }) => endpoint === 'score');
  expect(scores.map(({ status }) => status)).toEqual([200, 400]);
  expect(scores[0]).toMatchObject({
    at: practice.clock.now,
    method: 'POST',
    url: `/mod/lti/services.php${scoresPath}`,
    body: { userId: '4', timestamp: '2026-11-21T10:00:01.000Z' },
  });
  expect(practice.lms.received[0]).toMatchObject({ endpoint: 'token', body: { grant_type: 'client_credentials' } });
});
