// What we ask Google for is what Google has: every function of ours that calls the API is called, and each call is found in Google's client.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readAddOnContext } from '../../../src/classroom/add-on-context.ts';
import type { ClassroomCall } from '../../../src/classroom/api.ts';
import { readAttachmentGrade, sendAttachmentGrade } from '../../../src/classroom/attachment-grades.ts';
import { changeAttachment, createAttachment, readAttachment } from '../../../src/classroom/attachments.ts';
import {
  changeCourseWork,
  createCourseWork,
  findCourseWork,
  readCourseWork,
} from '../../../src/classroom/course-work.ts';
import { listMembers, listTaughtCourses, readCourse } from '../../../src/classroom/courses.ts';
import { gradeSubmission, listSubmissions } from '../../../src/classroom/student-submissions.ts';
import { templatesOf } from './google-client.ts';
import { startPeer, uriPrefix, type Peer } from './support.ts';

let peer: Peer;
let call: ClassroomCall;

beforeAll(async () => {
  peer = await startPeer();
  const { oauth } = await peer.signIn(peer.dilnoza);
  const token = oauth.credentials.access_token ?? '';
  call = { fetch, now: () => new Date(), token, apiUrl: peer.url };
});
afterAll(() => peer.stop());

/** By its name each function that calls the API, in an order in which each finds what it needs. */
function callsOf(courseId: string, itemId: string) {
  const place = { courseId, itemId, itemType: 'courseWork' } as const;
  const { dilnoza, classroom } = peer;
  const attachment = () => {
    const item = classroom.state.items.find(({ id }) => id === itemId);
    return { ...place, attachmentId: item?.attachments[0]?.id ?? '', submissionId: item?.submissions[0]?.id ?? '' };
  };
  const opened = new URL(classroom.frameAddress(uriPrefix, { userId: dilnoza.id, itemId }));
  const addOnToken = opened.searchParams.get('addOnToken');
  const at = (view: string) => `${uriPrefix}${view}`;
  const link = at('work/1');
  const made = () => {
    const item = classroom.state.items.find(({ links }) => links.includes(link));
    return { courseId, itemId: item?.id ?? '', submissionId: item?.submissions[0]?.id ?? '' };
  };
  return {
    readCourse: () => readCourse(call, courseId),
    listMembers: () => listMembers(call, courseId),
    createAttachment: () =>
      createAttachment(
        call,
        { ...place, addOnToken },
        {
          ...{ title: 'Mexanika', teacherViewUri: at('teacher'), studentViewUri: at('student') },
          ...{ studentWorkReviewUri: at('review'), maxPoints: 10 },
        },
      ),
    readAttachment: () => readAttachment(call, attachment()),
    changeAttachment: () => changeAttachment(call, attachment(), { title: 'Mexanika 2', maxPoints: 20 }),
    readAddOnContext: () => readAddOnContext(call, { ...attachment(), addOnToken: null }),
    sendAttachmentGrade: () => sendAttachmentGrade(call, attachment(), 7.5),
    readAttachmentGrade: () => readAttachmentGrade(call, attachment()),
    listTaughtCourses: () => listTaughtCourses(call, { withArchived: true }),
    createCourseWork: () =>
      createCourseWork(call, courseId, { title: 'Optika', url: link, maxPoints: 10, dueAt: null, isDraft: false }),
    findCourseWork: () => findCourseWork(call, courseId, link),
    readCourseWork: () => readCourseWork(call, made()),
    changeCourseWork: () => changeCourseWork(call, made(), { maxPoints: 20 }),
    listSubmissions: () => listSubmissions(call, made(), { userId: null }),
    gradeSubmission: () => gradeSubmission(call, made(), { points: 7.25, isFinal: true }),
  };
}

test('every call of ours is one that Google’s client can make, and the practice Google answers it', async () => {
  const { id: courseId } = peer.physics;
  const calls = callsOf(courseId, peer.classroom.addItem({ courseId, title: 'Mexanika' }).id);
  const before = peer.asked.length;
  for (const [name, make] of Object.entries(calls)) {
    const answer = await make();
    expect([name, answer]).toEqual([name, expect.objectContaining({ kind: 'read' })]);
  }
  const made = [...new Set(peer.asked.slice(before))];
  expect(made.length).toBeGreaterThanOrEqual(Object.keys(calls).length);
  const strange = made.filter((one) => templatesOf(...(one.split(' ') as [string, string])).length !== 1);
  expect(strange).toEqual([]);
});

test('no function of ours that calls the API is left out here', () => {
  const folder = join(import.meta.dirname, '../../../src/classroom');
  const named = readdirSync(folder)
    .filter((file) => file !== 'api.ts')
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /export (?:async )?function (\w+)\(\s*(?:\w+|\{[^}]*\}): ClassroomCall/g,
      ),
    ])
    .map(([, name]) => name);
  expect(named.sort()).toEqual(
    Object.keys(callsOf('1', peer.classroom.addItem({ courseId: '1', title: 'x' }).id)).sort(),
  );
});
