// Google Classroom on the wire, without a network: what is read of addresses, what refusals mean, and points as Classroom takes them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAddOnContext } from '../../src/classroom/add-on-context.ts';
import { classroomFailure } from '../../src/classroom/classroom-failure.ts';
import { listMembers } from '../../src/classroom/courses.ts';
import { readLaunchParameters } from '../../src/classroom/launch-parameters.ts';
import { scaledPoints, wholeMaximum } from '../../src/classroom/points.ts';
import { refreshAccess } from '../../src/classroom/tokens.ts';
import { columnAddress, columnPlace } from '../../src/platforms/classroom/column-address.ts';
import { answering } from '../support/answering.ts';

const now = () => new Date('2026-11-26T08:00:00Z');
const apiUrl = 'https://classroom.example';

describe('The address of a frame', () => {
  const query = { courseId: '1', itemId: '2', attachmentId: '3', login_hint: '4' };

  test.each([
    ['courseWork', 'courseWork'],
    ['assignment', 'courseWork'],
    ['courseWorkMaterials', 'courseWorkMaterials'],
    ['courseWorkMaterial', 'courseWorkMaterials'],
    ['material', 'courseWorkMaterials'],
    ['announcements', 'announcements'],
    ['announcement', 'announcements'],
  ])('calls a kind of post %s, and means %s', (said, itemType) => {
    expect(readLaunchParameters({ ...query, itemType: said })).toMatchObject({ itemType, loginHint: '4' });
  });

  test.each([
    [{ ...query, itemType: 'constructor' }],
    [{ ...query, itemType: 'courseWork', courseId: ['1', '2'] }],
    [{ ...query, itemType: 'courseWork', itemId: '2/../../userProfiles' }],
    [{ itemType: 'courseWork', itemId: '2' }],
    [null],
  ])('%j is none of Google’s', (given) => {
    expect(readLaunchParameters(given)).toBeNull();
  });
});

describe('Who opens a frame', () => {
  const place = { courseId: '1', itemType: 'courseWork', itemId: '2', attachmentId: '3', addOnToken: null } as const;
  const said = { courseId: '1', itemId: '2', supportsStudentWork: true };

  test.each([
    ['a student', { studentContext: { submissionId: '9' } }, { role: 'student', submissionId: '9', takesWork: true }],
    ['a teacher', { teacherContext: {} }, { role: 'teacher', submissionId: null, takesWork: true }],
  ])('is %s where Google says so', async (_who, context, value) => {
    const { call, asked } = answering([200, { ...said, ...context }]);
    expect(await readAddOnContext(call, place)).toEqual({ kind: 'read', value });
    expect(asked).toEqual([`${apiUrl}/v1/courses/1/courseWork/2/addOnContext?attachmentId=3`]);
  });

  test.each([[{}], [{ teacherContext: {}, studentContext: {} }]])('is nobody where it says %j', async (context) => {
    const { call } = answering([200, { ...said, ...context }]);
    expect(await readAddOnContext(call, place)).toMatchObject({ kind: 'unavailable', code: 'unavailable' });
  });
});

test.each([
  [403, '@InvalidAddOnToken Bad.', 'wrong-account', 'refused'],
  [403, '@ExpiredAddOnToken', 'token-expired', 'refused'],
  [403, '@ProjectPermissionDenied x', 'other-project', 'refused'],
  [403, '@ClassroomApiDisabled x', 'classroom-disabled', 'refused'],
  [400, '@AttachmentNotVisible x', 'not-visible', 'refused'],
  [403, 'Request had insufficient authentication scopes.', 'scope-missing', 'refused'],
  [403, 'The caller does not have permission', 'not-allowed', 'refused'],
  [403, '@constructor x', 'not-allowed', 'refused'],
  [404, 'Requested entity was not found.', 'not-there', 'refused'],
  [401, 'Invalid credentials', 'signed-out', 'unauthorized'],
  [429, 'Quota', 'unavailable', 'unavailable'],
  [500, '@InvalidAddOnToken x', 'unavailable', 'unavailable'],
] as const)('An answer of %i, “%s”, means %s', (status, message, code, kind) => {
  const text = JSON.stringify({ error: { code: status, message } });
  const answer = { ok: true, status, reason: '', headers: new Headers(), text } as const;
  expect(classroomFailure(answer, [], now())).toMatchObject({ code, kind });
});

test('A list is read to its last page, or not at all', async () => {
  const person = (userId: string) => ({ userId, profile: { name: { fullName: `Talaba ${userId}` } } });
  const pages: [number, unknown][] = [
    [200, { teachers: [person('1')] }],
    [200, { students: [person('2')], nextPageToken: 'more' }],
  ];
  const { call } = answering(...pages, [200, {}]);
  expect(await listMembers(call, '7')).toMatchObject({ value: [{ userId: '1', role: 'teacher' }, { userId: '2' }] });
  expect(await listMembers(answering(...pages, [500, {}]).call, '7')).toMatchObject({ kind: 'unavailable' });
});

test('A grant that is over is told from a client that is wrong, and no secret is in what is kept of the answer', async () => {
  const addresses = { issuer: apiUrl, authorizationUrl: apiUrl, tokenUrl: apiUrl, revokeUrl: apiUrl, jwksUrl: apiUrl };
  const client = { clientId: 'us', clientSecret: 'our-secret', apiUrl, ...addresses };
  const ask = (status: number, body: unknown) =>
    refreshAccess(answering([status, body]).call, { client, refreshToken: '1//lasting' });
  expect(await ask(400, { error: 'invalid_grant' })).toMatchObject({ kind: 'grant-lost' });
  expect(await ask(401, { error: 'invalid_client' })).toMatchObject({ kind: 'client-refused' });
  expect(await ask(503, {})).toMatchObject({ kind: 'unavailable' });
  const echoed = await ask(400, { error: 'invalid_request', said: '1//lasting our-secret' });
  expect(JSON.stringify(echoed)).not.toMatch(/lasting|our-secret/);
});

describe('Points', () => {
  const points = fc.double({ min: 0, max: 1000, noNaN: true });
  const most = fc.double({ min: 0.1, max: 1000, noNaN: true });

  test('that can be had are whole, and never none', () => {
    fc.assert(fc.property(most, (worth) => Number.isInteger(wholeMaximum(worth)) && wholeMaximum(worth) >= 1));
  });

  test('that were earned keep their share to a hundredth, and are never more than can be had', () => {
    fc.assert(
      fc.property(points, most, fc.integer({ min: 1, max: 1000 }), (earned, worth, theirs) => {
        const sent = scaledPoints(earned, worth, theirs);
        expect(sent).toBeLessThanOrEqual(theirs);
        expect(Math.abs(sent - Math.min(theirs, (earned / worth) * theirs))).toBeLessThanOrEqual(0.005 + 1e-9);
      }),
    );
  });
});

test.each(['3', null])('A column (attachment %s) is found again by its address, and only by that', (attachmentId) => {
  const place = { courseId: '1', itemType: 'courseWork', itemId: '2', attachmentId } as const;
  expect(columnPlace(columnAddress(apiUrl, place))).toEqual(place);
  expect(columnPlace(`${columnAddress(apiUrl, place)}/x`)).toBeNull();
});

test('A post that takes no work is no column, only what is attached to it', () => {
  expect(columnPlace(`${apiUrl}/v1/courses/1/announcements/2`)).toBeNull();
});
