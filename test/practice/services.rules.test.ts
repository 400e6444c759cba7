// The recorded exchange with a Moodle 5.1, row by row: line items, who may ask, who is in the course.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { mediaTypes, scoreOfAziz, type ServiceClient, serviceClient, scoresPath } from './service-client.ts';
import { accessToken, type Practice, startPractice } from './support.ts';

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';

let practice: Practice;
let client: ServiceClient;
beforeEach(async () => {
  practice = await startPractice();
  client = await serviceClient(practice);
});
afterEach(() => practice.close());

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
    const { status, type, body } = await client.get('/2/lineitems/2/lineitem?type_id=1', mediaTypes.item);
    expect({ status, type, body }).toEqual({
      status: 200,
      type: `${mediaTypes.item}; charset=utf-8`,
      body: mechanics(),
    });
  });

  test('the list of a course, and its filters', async () => {
    const { status, type, body } = await client.get('/2/lineitems?type_id=1', mediaTypes.items);
    expect({ status, type }).toEqual({ status: 200, type: `${mediaTypes.items}; charset=utf-8` });
    expect(body).toHaveLength(2);
    expect((await client.get('/2/lineitems?type_id=1&resource_link_id=1', mediaTypes.items)).body).toEqual([
      mechanics(),
    ]);
    expect((await client.get('/2/lineitems?type_id=1&tag=none', mediaTypes.items)).body).toEqual([]);
  });

  test('a new one comes back as recorded, and is found by its resource id', async () => {
    const given = { scoreMaximum: 5, label: 'Kreditlar', resourceId: 'credits', tag: 'credit' };
    const { status, type, body } = await client.post('/2/lineitems?type_id=1', mediaTypes.item, given);
    const id = `${practice.url}/mod/lti/services.php/2/lineitems/5/lineitem?type_id=1`;
    expect({ status, type, body }).toEqual({
      status: 201,
      type: `${mediaTypes.item}; charset=utf-8`,
      body: { ...given, id },
    });
    expect((await client.get('/2/lineitems?resource_id=credits', mediaTypes.items)).body).toEqual([{ ...given, id }]);
  });

  test('a new one cannot name an activity of another course, or go without a label', async () => {
    const foreign = { scoreMaximum: 5, label: 'Kreditlar', resourceLinkId: sample.history.silkRoad };
    expect((await client.post('/2/lineitems?type_id=1', mediaTypes.item, foreign)).status).toBe(403);
    expect((await client.post('/2/lineitems?type_id=1', mediaTypes.item, { scoreMaximum: 5, label: ' ' })).status).toBe(
      400,
    );
  });

  test('one of another course is not found under this course', async () => {
    expect((await client.get('/3/lineitems/2/lineitem?type_id=1', mediaTypes.item)).status).toBe(404);
    expect((await client.get('/77/lineitems?type_id=1', mediaTypes.items)).status).toBe(404);
  });
});

describe('access', () => {
  test('a bad token is answered as recorded', async () => {
    client.token = 'bad';
    const { status, type, body } = await client.get('/2/lineitems?type_id=1', mediaTypes.items);
    expect({ status, type, body }).toEqual({
      status: 401,
      type: 'application/json; charset=utf-8',
      body: {
        status: 401,
        reason: 'Unauthorized',
        request: {
          method: 'GET',
          url: '/mod/lti/services.php/2/lineitems?type_id=1',
          accept: mediaTypes.items,
          contentType: '',
        },
      },
    });
  });

  test('a token without the scope, or for another tool, is a bad token', async () => {
    client.token = await accessToken(practice, `${ags}/result.readonly`);
    expect((await client.sendScore()).status).toBe(401);
    expect((await client.get('/2/lineitems/2/lineitem/results?type_id=2', mediaTypes.results)).status).toBe(401);
    expect((await client.get('/2/lineitems/2/lineitem/results', mediaTypes.results)).status).toBe(200);
  });

  test.each(['*/*', 'application/json', `${mediaTypes.items}, */*`, `${mediaTypes.items};q=0.9`])(
    'Accept %s is 400: the media type is taken to the letter',
    async (accept) => {
      expect((await client.get('/2/lineitems?type_id=1', accept)).status).toBe(400);
    },
  );

  test('a score needs its own content type, with or without a charset', async () => {
    expect((await client.post(scoresPath, 'application/json', scoreOfAziz(0))).status).toBe(400);
    expect((await client.post(scoresPath, `${mediaTypes.score}; charset=utf-8`, scoreOfAziz(1))).status).toBe(200);
  });
});

describe('memberships', () => {
  const path = '/CourseSection/2/bindings/1/memberships';

  test('name the people by family name, with short roles, as recorded', async () => {
    const { status, type, body } = await client.get(path, mediaTypes.members);
    expect({ status, type }).toEqual({ status: 200, type: `${mediaTypes.members}; charset=utf-8` });
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
    const first = await client.get(`${path}?limit=2&role=Learner`, mediaTypes.members);
    expect((first.body as { members: unknown[] }).members).toHaveLength(2);
    const link = first.link;
    expect(link).toBe(`<${practice.url}/mod/lti/services.php${path}?limit=2&from=2>; rel="next"`);
    const last = await client.get(`${path}?limit=2&from=4`, mediaTypes.members);
    expect((last.body as { members: unknown[] }).members).toHaveLength(1);
    expect(last.link).toBeNull();
  });

  test('of a resource link of another course are not found', async () => {
    expect((await client.get(`${path}?rlid=3`, mediaTypes.members)).status).toBe(404);
    expect((await client.get(`${path}?rlid=1`, mediaTypes.members)).status).toBe(200);
  });
});
