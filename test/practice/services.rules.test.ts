// The recorded exchange with a Moodle 5.1, row by row: status, content type, body.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { accessToken, type Practice, startPractice } from './support.ts';

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';
const types = {
  item: 'application/vnd.ims.lis.v2.lineitem+json',
  items: 'application/vnd.ims.lis.v2.lineitemcontainer+json',
  score: 'application/vnd.ims.lis.v1.score+json',
  results: 'application/vnd.ims.lis.v2.resultcontainer+json',
  members: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
};

let practice: Practice;
let token: string;
beforeEach(async () => {
  practice = await startPractice();
  token = await accessToken(practice);
});
afterEach(() => practice.close());

interface Answer {
  status: number;
  type: string | null;
  body: unknown;
  headers: Headers;
}

async function ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
  const response = await fetch(`${practice.url}/mod/lti/services.php${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });
  const text = await response.text();
  const body: unknown = text === '' ? '' : JSON.parse(text);
  return { status: response.status, type: response.headers.get('content-type'), body, headers: response.headers };
}

const get = (path: string, accept: string): Promise<Answer> => ask(path, { headers: { accept } });
const post = (path: string, type: string, body: unknown): Promise<Answer> =>
  ask(path, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

let second = 0;
const score = (changes: object = {}): object => ({
  userId: sample.aziz,
  scoreGiven: 80,
  scoreMaximum: 100,
  activityProgress: 'Completed',
  gradingProgress: 'FullyGraded',
  timestamp: `2026-11-21T10:00:${String((second += 1)).padStart(2, '0')}.000Z`,
  ...changes,
});
beforeEach(() => {
  second = 0;
});

const scorePath = '/2/lineitems/2/lineitem/scores?type_id=1';
const send = (changes: object = {}): Promise<Answer> => post(scorePath, types.score, score(changes));
const gradeOf = (personId: string) => practice.lms.gradeOf(sample.physics.mechanics, personId);

describe('line items', () => {
  const mechanics = () => ({
    id: `${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1`,
    label: 'Mexanika: oʻzini tekshirish',
    scoreMaximum: 100,
    resourceId: '',
    tag: '',
    resourceLinkId: '1',
    ltiLinkId: '1',
  });

  test('one, as recorded', async () => {
    const { status, type, body } = await get('/2/lineitems/2/lineitem?type_id=1', types.item);
    expect({ status, type, body }).toEqual({ status: 200, type: `${types.item}; charset=utf-8`, body: mechanics() });
  });

  test('the list of a course, and its filters', async () => {
    const { status, type, body } = await get('/2/lineitems?type_id=1', types.items);
    expect({ status, type }).toEqual({ status: 200, type: `${types.items}; charset=utf-8` });
    expect(body).toHaveLength(2);
    expect((await get('/2/lineitems?type_id=1&resource_link_id=1', types.items)).body).toEqual([mechanics()]);
    expect((await get('/2/lineitems?type_id=1&tag=none', types.items)).body).toEqual([]);
  });

  test('a new one comes back as recorded, and is found by its resource id', async () => {
    const given = { scoreMaximum: 5, label: 'Kreditlar', resourceId: 'credits', tag: 'credit' };
    const { status, type, body } = await post('/2/lineitems?type_id=1', types.item, given);
    const id = `${practice.url}/mod/lti/services.php/2/lineitems/5/lineitem?type_id=1`;
    expect({ status, type, body }).toEqual({
      status: 201,
      type: `${types.item}; charset=utf-8`,
      body: { ...given, id },
    });
    expect((await get('/2/lineitems?resource_id=credits', types.items)).body).toEqual([{ ...given, id }]);
  });

  test('a new one cannot name an activity of another course, or go without a label', async () => {
    const foreign = { scoreMaximum: 5, label: 'Kreditlar', resourceLinkId: sample.history.silkRoad };
    expect((await post('/2/lineitems?type_id=1', types.item, foreign)).status).toBe(403);
    expect((await post('/2/lineitems?type_id=1', types.item, { scoreMaximum: 5, label: ' ' })).status).toBe(400);
  });

  test('one of another course is not found under this course', async () => {
    expect((await get('/3/lineitems/2/lineitem?type_id=1', types.item)).status).toBe(404);
    expect((await get('/77/lineitems?type_id=1', types.items)).status).toBe(404);
  });
});

describe('access', () => {
  test('a bad token is answered as recorded', async () => {
    token = 'bad';
    const { status, type, body } = await get('/2/lineitems?type_id=1', types.items);
    expect({ status, type, body }).toEqual({
      status: 401,
      type: 'application/json; charset=utf-8',
      body: {
        status: 401,
        reason: 'Unauthorized',
        request: {
          method: 'GET',
          url: '/mod/lti/services.php/2/lineitems?type_id=1',
          accept: types.items,
          contentType: '',
        },
      },
    });
  });

  test('a token without the scope, or for another tool, is a bad token', async () => {
    token = await accessToken(practice, `${ags}/result.readonly`);
    expect((await send()).status).toBe(401);
    expect((await get('/2/lineitems/2/lineitem/results?type_id=2', types.results)).status).toBe(401);
    expect((await get('/2/lineitems/2/lineitem/results', types.results)).status).toBe(200);
  });

  test.each(['*/*', 'application/json', `${types.items}, */*`, `${types.items};q=0.9`])(
    'Accept %s is 400: the media type is taken to the letter',
    async (accept) => {
      expect((await get('/2/lineitems?type_id=1', accept)).status).toBe(400);
    },
  );

  test('a score needs its own content type, with or without a charset', async () => {
    expect((await post(scorePath, 'application/json', score())).status).toBe(400);
    expect((await post(scorePath, `${types.score}; charset=utf-8`, score())).status).toBe(200);
  });
});

describe('a score', () => {
  test('is answered with 200 and nothing, and stands in the gradebook', async () => {
    const { status, type, body } = await send({ comment: 'Yaxshi!' });
    expect({ status, type, body }).toEqual({ status: 200, type: `${types.score}; charset=utf-8`, body: '' });
    expect(gradeOf(sample.aziz)).toMatchObject({ points: 80, comment: 'Yaxshi!' });
  });

  test('with the second of the one before, or an earlier one, is 409 with []', async () => {
    await send({ timestamp: '2026-11-21T10:00:05.100Z' });
    const { status, type, body } = await send({ timestamp: '2026-11-21T15:00:05.900+05:00', scoreGiven: 90 });
    expect({ status, type, body }).toEqual({ status: 409, type: `${types.score}; charset=utf-8`, body: [] });
    expect(gradeOf(sample.aziz)).toMatchObject({ points: 80 });
  });

  test.each([
    ['not fully graded', { gradingProgress: 'Pending' }],
    ['fully graded in other letters', { gradingProgress: 'fullygraded' }],
    ['without scoreGiven', { scoreGiven: undefined }],
    ['with scoreGiven null', { scoreGiven: null }],
  ])('%s is 200 and erases the grade', async (_, changes) => {
    await send();
    expect((await send(changes)).status).toBe(200);
    expect(gradeOf(sample.aziz)).toMatchObject({ points: null, timeModified: null });
    expect((await get('/2/lineitems/2/lineitem/results?type_id=1', types.results)).body).toEqual([]);
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
    const { status, type, body } = await send(changes);
    expect({ status, type, body }).toEqual({ status: 400, type: `${types.score}; charset=utf-8`, body: [] });
  });

  test('of a student who left is 400', async () => {
    practice.lms.unenrol(sample.ivan, sample.physics.course);
    expect((await send({ userId: sample.ivan })).status).toBe(400);
  });

  test('may be a string, may have any activity progress', async () => {
    expect((await send({ scoreGiven: '30', scoreMaximum: '60', activityProgress: 'Dancing' })).status).toBe(200);
    expect(gradeOf(sample.aziz)).toMatchObject({ points: 50 });
  });

  test('is scaled to the column and capped by it', async () => {
    await send({ scoreGiven: 1, scoreMaximum: 8 });
    expect(gradeOf(sample.aziz)).toMatchObject({ points: 12.5 });
    await send({ scoreGiven: 15, scoreMaximum: 10 });
    expect(gradeOf(sample.aziz)).toMatchObject({ rawPoints: 150, points: 100 });
  });

  test('without a comment takes the comment away', async () => {
    await send({ comment: 'Yaxshi!' });
    await send();
    expect(gradeOf(sample.aziz)).toMatchObject({ comment: null });
  });

  test('leaves the teacher’s own grade as it is, with 200', async () => {
    practice.lms.overrideGrade(sample.physics.mechanics, sample.aziz, 95, 'Men koʻrdim');
    expect((await send()).status).toBe(200);
    expect(gradeOf(sample.aziz)).toMatchObject({ points: 95, comment: 'Men koʻrdim', rawPoints: 80 });
  });

  test('earlier than the teacher’s own grade is 409', async () => {
    practice.clock.now = new Date('2026-11-21T11:00:00Z');
    token = await accessToken(practice);
    practice.lms.overrideGrade(sample.physics.mechanics, sample.aziz, 95);
    expect((await send()).status).toBe(409);
  });

  test('for a locked grade is 500', async () => {
    practice.lms.lockGrade(sample.physics.mechanics, sample.aziz);
    expect((await send()).status).toBe(500);
    expect(gradeOf(sample.aziz)).toMatchObject({ points: null });
  });
});

describe('results', () => {
  test('say points, maximum, comment and time; zero is a grade', async () => {
    await send({ scoreGiven: 0, comment: 'Qayta urinib koʻring', timestamp: '2026-11-21T10:00:01.900Z' });
    await send({ userId: sample.ivan });
    const { status, type, body } = await get('/2/lineitems/2/lineitem/results?type_id=1&user_id=4', types.results);
    expect({ status, type }).toEqual({ status: 200, type: `${types.results}; charset=utf-8` });
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
    expect((await get('/2/lineitems/2/lineitem/results?type_id=1', types.results)).body).toHaveLength(2);
  });
});

describe('memberships', () => {
  const path = '/CourseSection/2/bindings/1/memberships';

  test('name the people by family name, with short roles, as recorded', async () => {
    const { status, type, body } = await get(path, types.members);
    expect({ status, type }).toEqual({ status: 200, type: `${types.members}; charset=utf-8` });
    const { members, ...rest } = body as { members: { name: string; roles: string[] }[] };
    expect(rest).toEqual({
      id: `${practice.url}/mod/lti/services.php${path}`,
      context: { id: '2', label: 'PHYS101', title: 'Umumiy fizika' },
    });
    expect(members[0]).toEqual({
      status: 'Active',
      roles: ['Instructor'],
      user_id: '3',
      lis_person_sourcedid: '',
      name: 'Dilnoza Karimova',
      given_name: 'Dilnoza',
      family_name: 'Karimova',
      email: 'teacher1@example.com',
      ext_user_username: 'teacher1',
    });
    expect(members.slice(1, 4).map(({ name, roles }) => [name, ...roles])).toEqual([
      ['Ivan Petrov', 'Learner'],
      ['Aziz Rahimov', 'Learner'],
      ['Aigul Toktogulova', 'Learner'],
    ]);
  });

  test('come in pages when asked, and the next page forgets the role', async () => {
    const first = await get(`${path}?limit=2&role=Learner`, types.members);
    expect((first.body as { members: unknown[] }).members).toHaveLength(2);
    const link = first.headers.get('link');
    expect(link).toBe(`<${practice.url}/mod/lti/services.php${path}?limit=2&from=2>; rel="next"`);
    const last = await get(`${path}?limit=2&from=4`, types.members);
    expect((last.body as { members: unknown[] }).members).toHaveLength(1);
    expect(last.headers.get('link')).toBeNull();
  });

  test('of a resource link of another course are not found', async () => {
    expect((await get(`${path}?rlid=3`, types.members)).status).toBe(404);
    expect((await get(`${path}?rlid=1`, types.members)).status).toBe(200);
  });
});

test('what was received can be counted and read', async () => {
  await send();
  await send({ userId: '777' });
  const scores = practice.lms.received.filter(({ endpoint }) => endpoint === 'score');
  expect(scores.map(({ status }) => status)).toEqual([200, 400]);
  expect(scores[0]).toMatchObject({
    at: practice.clock.now,
    method: 'POST',
    url: `/mod/lti/services.php${scorePath}`,
    body: { userId: '4', timestamp: '2026-11-21T10:00:01.000Z' },
  });
  expect(practice.lms.received[0]).toMatchObject({ endpoint: 'token', body: { grant_type: 'client_credentials' } });
});
