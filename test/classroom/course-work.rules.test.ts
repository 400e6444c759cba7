// Assignments of ours on the wire, without a network: what Google is told, and what its answers mean.
import { describe, expect, test } from '@jest/globals';
import { changeCourseWork, createCourseWork, findCourseWork, readCourseWork } from '../../src/classroom/course-work.ts';
import { listTaughtCourses } from '../../src/classroom/courses.ts';
import { gradeSubmission, listSubmissions } from '../../src/classroom/student-submissions.ts';
import { answering } from '../support/answering.ts';

const root = 'https://classroom.example/v1/courses';
const place = { courseId: '1', itemId: '2' };
const url = 'https://quiz.example.edu/classroom/3/work/0b9c2a34-5d6e-4f70-8a91-b2c3d4e5f607';
/** As Google shows one, with what it leaves out when it is zero left out. */
const shown = {
  ...{ courseId: '1', id: '2', title: 'Mexanika', state: 'PUBLISHED', workType: 'ASSIGNMENT', maxPoints: 20 },
  materials: [{ link: { url, title: 'Mexanika' } }],
  alternateLink: 'https://classroom.google.com/c/MQ/a/Mg/details',
  dueDate: { year: 2026, month: 12, day: 1 },
  dueTime: { hours: 18 },
};
const known = {
  ...{ id: '2', title: 'Mexanika', maxPoints: 20, alternateLink: shown.alternateLink },
  dueAt: new Date('2026-12-01T18:00:00Z'),
};

describe('An assignment', () => {
  test('is made with our link, whole points, and a moment of Google’s', async () => {
    const { call, asked, sent } = answering([200, shown]);
    const wanted = { title: 'Mexanika', url, maxPoints: 20, dueAt: known.dueAt, isDraft: false };
    expect(await createCourseWork(call, '1', wanted)).toEqual({ kind: 'read', value: known });
    expect(asked).toEqual([`${root}/1/courseWork`]);
    expect(sent).toEqual([
      {
        ...{ title: 'Mexanika', workType: 'ASSIGNMENT', state: 'PUBLISHED', maxPoints: 20 },
        materials: [{ link: { url } }],
        dueDate: { year: 2026, month: 12, day: 1 },
        dueTime: { hours: 18, minutes: 0 },
      },
    ]);
  });

  test('may be a draft, ungraded, for ever, and bear a title of any length', async () => {
    const { call, sent } = answering([200, { id: '2', state: 'DRAFT' }]);
    const wanted = { title: 'x'.repeat(4000), url, maxPoints: null, dueAt: null, isDraft: true };
    expect(await createCourseWork(call, '1', wanted)).toMatchObject({ value: { maxPoints: null, dueAt: null } });
    expect(sent).toEqual([
      { title: 'x'.repeat(3000), workType: 'ASSIGNMENT', state: 'DRAFT', materials: [{ link: { url } }] },
    ]);
  });

  test('is found by its link among drafts and published ones, and only by that very link', async () => {
    const { call, asked } = answering([200, { courseWork: [{ id: '9', materials: [{ driveFile: {} }] }, shown] }]);
    expect(await findCourseWork(call, '1', url)).toMatchObject({ value: { id: '2' } });
    expect(asked).toEqual([`${root}/1/courseWork?courseWorkStates=PUBLISHED&courseWorkStates=DRAFT&pageSize=20`]);
    const others = answering([200, { courseWork: [shown] }], [200, {}]);
    expect(await findCourseWork(others.call, '1', `${url}x`)).toEqual({ kind: 'read', value: null });
    expect(await findCourseWork(others.call, '1', url)).toEqual({ kind: 'read', value: null });
  });

  test('that was deleted is not there, although its teachers are still shown it', async () => {
    const { call } = answering([200, shown], [200, { ...shown, state: 'DELETED' }]);
    expect(await readCourseWork(call, place)).toEqual({ kind: 'read', value: known });
    expect(await readCourseWork(call, place)).toMatchObject({ kind: 'refused', code: 'not-there', status: 404 });
  });

  test('changes in what is said, and in nothing else', async () => {
    const { call, asked, sent } = answering([200, shown]);
    await changeCourseWork(call, place, { maxPoints: 25 });
    expect([asked, sent]).toEqual([[`${root}/1/courseWork/2?updateMask=maxPoints`], [{ maxPoints: 25 }]]);
  });

  test('is linked to by no address that a browser would run', async () => {
    const { call } = answering([200, { ...shown, alternateLink: 'javascript:alert(1)' }]);
    expect(await readCourseWork(call, place)).toMatchObject({ value: { alternateLink: null } });
  });
});

describe('The work of students', () => {
  test('is read to the last page, with the points that teachers see', async () => {
    const { call, asked } = answering(
      [200, { studentSubmissions: [{ id: 'a', userId: '7', draftGrade: 12, assignedGrade: 10 }], nextPageToken: 'm' }],
      [
        200,
        {
          studentSubmissions: [
            { id: 'b', userId: '8', assignedGrade: 9.5 },
            { id: 'c', userId: '9' },
          ],
        },
      ],
    );
    expect(await listSubmissions(call, place, { userId: null })).toEqual({
      kind: 'read',
      value: [
        { id: 'a', userId: '7', points: 12 },
        { id: 'b', userId: '8', points: 9.5 },
        { id: 'c', userId: '9', points: null },
      ],
    });
    expect(asked[1]).toBe(`${root}/1/courseWork/2/studentSubmissions?pageSize=30&pageToken=m`);
  });

  test('is one’s own where one asks for oneself, and nothing where there is none', async () => {
    const { call, asked } = answering([200, {}]);
    expect(await listSubmissions(call, place, { userId: 'me' })).toEqual({ kind: 'read', value: [] });
    expect(asked).toEqual([`${root}/1/courseWork/2/studentSubmissions?userId=me&pageSize=30`]);
  });

  test.each([
    [{ points: 7.25, isFinal: false }, 'draftGrade', { draftGrade: 7.25 }],
    [{ points: 0, isFinal: true }, 'draftGrade%2CassignedGrade', { draftGrade: 0, assignedGrade: 0 }],
    [{ points: null, isFinal: false }, 'draftGrade', {}],
    [{ points: null, isFinal: true }, 'draftGrade%2CassignedGrade', {}],
  ])('is graded %j by the mask %s alone', async (grade, mask, body) => {
    const { call, asked, sent } = answering([200, { id: 'a', userId: '7', ...body }]);
    expect(await gradeSubmission(call, { ...place, submissionId: 'a' }, grade)).toMatchObject({
      value: { points: grade.points },
    });
    expect(asked).toEqual([`${root}/1/courseWork/2/studentSubmissions/a?updateMask=${mask}`]);
    expect(sent).toEqual([body]);
  });
});

test('The courses that somebody teaches are those of their own, as long as they run', async () => {
  const { call, asked } = answering([200, { courses: [{ id: '1', name: 'Fizika 101', section: 'A' }] }], [200, {}]);
  expect(await listTaughtCourses(call, { withArchived: false })).toEqual({
    kind: 'read',
    value: [{ id: '1', name: 'Fizika 101', section: 'A' }],
  });
  expect(asked).toEqual([`${root}?teacherId=me&courseStates=ACTIVE&pageSize=100`]);
  expect(await listTaughtCourses(call, { withArchived: true })).toEqual({ kind: 'read', value: [] });
  expect(asked[1]).toBe(`${root}?teacherId=me&courseStates=ACTIVE&courseStates=ARCHIVED&pageSize=100`);
});
