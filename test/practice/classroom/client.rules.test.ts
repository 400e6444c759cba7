// Google's own client, told that Google is here: whatever the practice API has can be called with it, and a last test counts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { classroom_v1 } from '@googleapis/classroom';
import { methods, type Method } from '../../../src/practice/classroom/methods.ts';
import { templatesOf } from './google-client.ts';
import { ours, refusalOf, startPeer, statusOf, theirs, uriPrefix, type Peer, type Visitor } from './support.ts';

let peer: Peer;
let teacher: Visitor;
let student: Visitor;
let courseId: string;
const me = 'me';

beforeAll(async () => {
  peer = await startPeer();
  [teacher, student] = [await peer.signIn(peer.dilnoza), await peer.signIn(peer.aziz)];
  courseId = peer.physics.id;
});
afterAll(() => peer.stop());

const views = {
  teacherViewUri: { uri: `${uriPrefix}teacher` },
  studentViewUri: { uri: `${uriPrefix}student` },
  studentWorkReviewUri: { uri: `${uriPrefix}review` },
};
const assignment = { title: 'Mexanika', workType: 'ASSIGNMENT', state: 'PUBLISHED', maxPoints: 10 };

async function assigned(given: classroom_v1.Schema$CourseWork = {}): Promise<string> {
  const made = await teacher.api.courses.courseWork.create({ courseId, requestBody: { ...assignment, ...given } });
  return made.data.id ?? '';
}

async function ownWork(courseWorkId: string) {
  const { data } = await student.api.courses.courseWork.studentSubmissions.list({ courseId, courseWorkId, userId: me });
  const id = data.studentSubmissions?.[0]?.id ?? '';
  return { courseId, courseWorkId, id };
}

describe('Courses and people', () => {
  test('Dilnoza finds the courses that she teaches, and not those that are over if she asks for others', async () => {
    const over = peer.classroom.addCourse({ name: 'Optika', teacherIds: [peer.dilnoza.id], studentIds: [] });
    over.isArchived = true;
    const { data } = await teacher.api.courses.list({ teacherId: me, courseStates: ['ACTIVE'] });
    expect(data.courses).toMatchObject([{ id: courseId, name: 'Fizika', courseState: 'ACTIVE' }]);
    expect((await teacher.api.courses.list({ teacherId: me })).data.courses).toHaveLength(2);
    expect((await teacher.api.courses.list({ studentId: me })).data.courses).toBeUndefined();
    expect((await student.api.courses.list({ studentId: me })).data.courses).toHaveLength(1);
    expect((await student.api.courses.get({ id: courseId })).data.name).toBe('Fizika');
  });

  test('a name that Google does not have in a question is refused, and so is no JSON', async () => {
    const ask = (path: string, init = {}) =>
      refusalOf(teacher.oauth.request({ url: peer.url + path, retry: false, ...init }));
    expect(await ask('/v1/courses?teacherMe=true')).toEqual([400, expect.stringContaining('Unknown name "teacherMe"')]);
    const init = { method: 'POST' as const, body: '{"title":', headers: { 'content-type': 'application/json' } };
    expect(await ask(`/v1/courses/${courseId}/courseWork`, init)).toEqual([
      400,
      expect.stringContaining('Invalid JSON'),
    ]);
  });

  test('a long list comes in pages, and a page of one list is none of another', async () => {
    const ids = Array.from(
      { length: 31 },
      (_, n) => peer.classroom.addAccount({ givenName: `${n}`, familyName: 'T' }).id,
    );
    const { id } = peer.classroom.addCourse({ name: 'Katta', teacherIds: [peer.dilnoza.id], studentIds: ids });
    const { students } = teacher.api.courses;
    const first = await students.list({ courseId: id, pageSize: 100 });
    const pageToken = first.data.nextPageToken ?? '';
    const second = await students.list({ courseId: id, pageSize: 100, pageToken });
    expect([first.data.students?.length, second.data.students?.length, second.data.nextPageToken]).toEqual([
      30,
      1,
      undefined,
    ]);
    const mixed = await refusalOf(teacher.api.courses.teachers.list({ courseId: id, pageToken }));
    expect(mixed).toEqual([400, expect.stringContaining('page token')]);
  });

  test('people are told by their names, and by their addresses to who may see them', async () => {
    const { students, teachers } = teacher.api.courses;
    const aziz = {
      userId: peer.aziz.id,
      profile: { name: { fullName: 'Aziz Oʻrinov' }, emailAddress: peer.aziz.email },
    };
    expect((await students.list({ courseId })).data.students).toMatchObject([aziz]);
    expect((await students.get({ courseId, userId: peer.aziz.email })).data).toMatchObject(aziz);
    expect((await teachers.get({ courseId, userId: me })).data.userId).toBe(peer.dilnoza.id);
    expect(await statusOf(teachers.get({ courseId, userId: peer.aziz.id }))).toBe(404);
    const rosters = 'https://www.googleapis.com/auth/classroom.rosters.readonly';
    const { api } = await peer.signIn(peer.classroom.addAccount({ givenName: 'Yangi', familyName: 'T' }), {
      scopes: [rosters],
    });
    expect((await api.userProfiles.get({ userId: me })).data.emailAddress).toBeUndefined();
    expect(await statusOf(api.userProfiles.get({ userId: peer.aziz.id }))).toBe(403);
    expect(await statusOf(api.courses.students.list({ courseId }))).toBe(404);
    peer.classroom.state.switches.strangersGet = 403;
    expect(await statusOf(api.courses.students.list({ courseId }))).toBe(403);
    peer.classroom.state.switches.strangersGet = 404;
  });

  test('whether somebody’s licence has add-ons is told to who is in the preview', async () => {
    const url = `${peer.url}/v1/userProfiles/me:checkUserCapability`;
    const params = { capability: 'CREATE_ADD_ON_ATTACHMENT', previewVersion: 'V1_20240930_PREVIEW' };
    const ask = () => teacher.oauth.request({ url, params });
    expect((await ask()).data).toEqual({ capability: params.capability, allowed: true });
    peer.classroom.state.switches.isInPreview = false;
    expect(await statusOf(ask())).toBe(403);
    peer.classroom.state.switches.isInPreview = true;
  });
});

describe('Assignments that a client makes', () => {
  test('are made, found, changed and deleted by it, and by no other', async () => {
    const { courseWork } = teacher.api.courses;
    const materials = [{ link: { url: 'http://tool.test/quiz' } }];
    const due = { dueDate: { year: 2090, month: 5, day: 31 }, dueTime: { hours: 18, minutes: 59 } };
    const id = await assigned({ materials, ...due });
    expect((await courseWork.get({ courseId, id })).data).toMatchObject({
      ...assignment,
      ...due,
      associatedWithDeveloper: true,
    });
    expect((await courseWork.list({ courseId })).data.courseWork).toMatchObject([{ id, materials }]);
    const change = { courseId, id, updateMask: 'title,due_date,dueTime', requestBody: { title: 'Mexanika 2' } };
    const changed = await courseWork.patch(change);
    expect(changed.data).toMatchObject({ title: 'Mexanika 2', maxPoints: 10 });
    expect(changed.data.dueDate).toBeUndefined();
    const other = (await peer.signIn(peer.dilnoza, { clientId: theirs })).api.courses.courseWork;
    expect((await other.get({ courseId, id })).data.associatedWithDeveloper).toBeUndefined();
    for (const refused of [other.patch(change), other.delete({ courseId, id })]) {
      expect(await refusalOf(refused)).toEqual([403, expect.stringMatching(/^@ProjectPermissionDenied /)]);
    }
    await courseWork.delete({ courseId, id });
    expect((await courseWork.get({ courseId, id })).data.state).toBe('DELETED');
    expect(await statusOf(student.api.courses.courseWork.get({ courseId, id }))).toBe(404);
    expect(await statusOf(courseWork.delete({ courseId, id }))).toBe(400);
  });

  test.each<[string, classroom_v1.Schema$CourseWork]>([
    ['without a title', { title: '' }],
    ['due in the past', { dueDate: { year: 2020, month: 1, day: 1 }, dueTime: { hours: 1 } }],
    ['due on a day at no time', { dueDate: { year: 2090, month: 1, day: 1 } }],
    ['due on no day', { dueDate: { year: 2090, month: 2, day: 30 }, dueTime: { hours: 1 } }],
    ['with half a point', { maxPoints: 0.5 }],
    ['with a link that is too long', { materials: [{ link: { url: `http://tool.test/${'x'.repeat(2010)}` } }] }],
    ['of no kind', { workType: null }],
  ])('are not made %s', async (_how, given) => {
    expect(await statusOf(assigned(given))).toBe(400);
  });

  test('are not made by students, nor in a course that is over, nor is what is attached to them changed', async () => {
    const { courseWork } = student.api.courses;
    expect(await statusOf(courseWork.create({ courseId, requestBody: assignment }))).toBe(403);
    const mask = { courseId, id: await assigned(), updateMask: 'materials', requestBody: {} };
    expect(await statusOf(teacher.api.courses.courseWork.patch(mask))).toBe(400);
    peer.physics.isArchived = true;
    expect(await refusalOf(assigned())).toEqual([400, expect.stringMatching(/^@CourseNotModifiable /)]);
    peer.physics.isArchived = false;
  });
});

describe('The work of Aziz', () => {
  test('is graded by the client that made the assignment: a draft that he does not see, then for good, to hundredths', async () => {
    const work = await ownWork(await assigned());
    const { studentSubmissions } = teacher.api.courses.courseWork;
    const grade = (updateMask: string, requestBody: object) =>
      studentSubmissions.patch({ ...work, updateMask, requestBody });
    expect(await statusOf(grade('assignedGrade', { assignedGrade: 7 }))).toBe(400);
    expect((await grade('draftGrade', { draftGrade: 6.666 })).data.draftGrade).toBe(6.67);
    expect((await student.api.courses.courseWork.studentSubmissions.get(work)).data.draftGrade).toBeUndefined();
    await grade('draftGrade,assignedGrade', { draftGrade: 8, assignedGrade: 8 });
    expect((await student.api.courses.courseWork.studentSubmissions.get(work)).data.assignedGrade).toBe(8);
    expect(await statusOf(grade('draftGrade', {}))).toBe(400);
    const own = student.api.courses.courseWork.studentSubmissions.patch({
      ...work,
      updateMask: 'draftGrade',
      requestBody: {},
    });
    expect(await statusOf(own)).toBe(403);
    const other = (await peer.signIn(peer.dilnoza, { clientId: theirs })).api.courses.courseWork.studentSubmissions;
    const refused = await refusalOf(other.patch({ ...work, updateMask: 'draftGrade', requestBody: {} }));
    expect(refused).toEqual([403, expect.stringMatching(/^@ProjectPermissionDenied /)]);
  });

  test('is turned in, taken back and returned, each by who may', async () => {
    const work = await ownWork(await assigned());
    const [hers, his] = [teacher, student].map(({ api }) => api.courses.courseWork.studentSubmissions);
    if (!hers || !his) throw new Error('nobody is here');
    const stateOf = async () => (await hers.get(work)).data.state;
    expect(await stateOf()).toBe('NEW');
    expect(await statusOf(hers.return(work))).toBe(400);
    await his.turnIn(work);
    expect(await statusOf(hers.turnIn(work))).toBe(403);
    await his.reclaim(work);
    expect([await stateOf(), await statusOf(his.reclaim(work))]).toEqual(['RECLAIMED_BY_STUDENT', 400]);
    await his.turnIn(work);
    await hers.return(work);
    expect(await stateOf()).toBe('RETURNED');
  });

  test('is listed to his teacher with everybody’s, and nobody else’s is to him', async () => {
    const courseWorkId = await assigned();
    const everything = { courseId, courseWorkId: '-' };
    const { studentSubmissions } = student.api.courses.courseWork;
    const all = await teacher.api.courses.courseWork.studentSubmissions.list({ courseId, courseWorkId });
    expect(all.data.studentSubmissions).toMatchObject([{ userId: peer.aziz.id, courseWorkId, state: 'NEW' }]);
    expect((await studentSubmissions.list(everything)).data.studentSubmissions?.length).toBeGreaterThan(1);
    expect(await statusOf(studentSubmissions.list({ ...everything, userId: peer.dilnoza.id }))).toBe(403);
  });
});

describe('What an add-on puts into a post', () => {
  test.each(['courseWork', 'courseWorkMaterials', 'announcements'] as const)(
    'of %s can be all that Google lets it',
    async (type) => {
      const item = peer.classroom.addItem({ courseId, title: 'Mexanika', type });
      const opened = peer.classroom.frameAddress(uriPrefix, { userId: peer.dilnoza.id, itemId: item.id });
      const addOnToken = new URL(opened).searchParams.get('addOnToken') ?? '';
      const api = teacher.api.courses[type];
      const at = { courseId, itemId: item.id };
      const forged = api.addOnAttachments.create({
        ...at,
        addOnToken: 'forged',
        requestBody: { title: 'x', ...views },
      });
      expect(await refusalOf(forged)).toEqual([403, expect.stringMatching(/^@InvalidAddOnToken /)]);
      const made = await api.addOnAttachments.create({
        ...at,
        addOnToken,
        requestBody: { title: 'Mexanika', ...views },
      });
      const attachmentId = made.data.id ?? '';
      expect((await api.getAddOnContext({ ...at, attachmentId })).data.teacherContext).toEqual({});
      expect(await refusalOf(api.getAddOnContext(at))).toEqual([400, 'Attachment ID must be specified.']);
      const due = { dueDate: { year: 2090, month: 5, day: 31 }, dueTime: { hours: 18 } };
      const requestBody = { title: 'Mexanika 2', maxPoints: 10, ...due };
      await api.addOnAttachments.patch({
        ...at,
        attachmentId,
        updateMask: 'title,max_points,dueDate,dueTime',
        requestBody,
      });
      expect((await api.addOnAttachments.get({ ...at, attachmentId })).data).toMatchObject(requestBody);
      const unreviewed = { ...at, attachmentId, updateMask: 'studentWorkReviewUri', requestBody: {} };
      expect((await api.addOnAttachments.patch(unreviewed)).data.maxPoints).toBeUndefined();
      for (const wrong of [
        { maxPoints: 5 },
        { title: '' },
        { teacherViewUri: { uri: 'http://elsewhere.test/' } },
        { dueDate: due.dueDate },
      ]) {
        const updateMask = [...Object.keys(wrong), ...('dueDate' in wrong ? ['dueTime'] : [])].join();
        expect(
          await statusOf(api.addOnAttachments.patch({ ...at, attachmentId, updateMask, requestBody: wrong })),
        ).toBe(400);
      }
      expect((await api.addOnAttachments.list(at)).data.addOnAttachments).toMatchObject([{ id: attachmentId }]);
      await api.addOnAttachments.delete({ ...at, attachmentId });
      expect(item.attachments).toEqual([]);
    },
  );

  test('is there without a token where the client made the post, and is graded: in a while, if Google takes its time', async () => {
    const itemId = await assigned();
    const { addOnAttachments } = teacher.api.courses.courseWork;
    const made = await addOnAttachments.create({
      courseId,
      itemId,
      requestBody: { title: 'x', maxPoints: 10, ...views },
    });
    const { id } = await ownWork(itemId);
    const work = { courseId, itemId, attachmentId: made.data.id ?? '', submissionId: id };
    const context = await student.api.courses.courseWork.getAddOnContext({
      courseId,
      itemId,
      attachmentId: work.attachmentId,
    });
    expect(context.data).toMatchObject({ supportsStudentWork: true, studentContext: { submissionId: id } });
    peer.classroom.state.switches.gradeDelayMs = 30_000;
    const grade = { ...work, updateMask: 'pointsEarned', requestBody: { pointsEarned: 7.5 } };
    await addOnAttachments.studentSubmissions.patch(grade);
    peer.classroom.state.switches.gradeDelayMs = 0;
    expect((await addOnAttachments.studentSubmissions.get(work)).data.pointsEarned).toBe(7.5);
    const seen = async () => {
      const { data } = await teacher.api.courses.courseWork.studentSubmissions.get({
        courseId,
        courseWorkId: itemId,
        id,
      });
      return data.draftGrade;
    };
    expect(await seen()).toBeUndefined();
    peer.advance(30_000);
    expect(await seen()).toBe(7.5);
    expect(await statusOf(student.api.courses.courseWork.addOnAttachments.studentSubmissions.patch(grade))).toBe(403);
  });

  test('lets its client change what a teacher made only if Google is as one of its pages says', async () => {
    const item = peer.classroom.addItem({ courseId, title: 'Mexanika' });
    const opened = peer.classroom.frameAddress(uriPrefix, { userId: peer.dilnoza.id, itemId: item.id });
    const addOnToken = new URL(opened).searchParams.get('addOnToken') ?? '';
    const { courseWork } = teacher.api.courses;
    await courseWork.addOnAttachments.create({
      courseId,
      itemId: item.id,
      addOnToken,
      requestBody: { title: 'x', ...views },
    });
    const change = () => courseWork.patch({ courseId, id: item.id, updateMask: 'title', requestBody: { title: 'y' } });
    expect(await refusalOf(change())).toEqual([403, expect.stringMatching(/^@ProjectPermissionDenied /)]);
    peer.classroom.state.switches.changesParents = true;
    expect((await change()).data.title).toBe('y');
    peer.classroom.state.switches.changesParents = false;
  });

  test('is opened for who it is for: the token is one client’s, and a name is told to whom it was agreed', () => {
    const item = peer.classroom.addItem({ courseId, title: 'Mexanika', type: 'courseWorkMaterials' });
    const open = (clientId: string) => {
      const url = peer.classroom.frameAddress(uriPrefix, { userId: peer.aziz.id, itemId: item.id, clientId });
      return new URL(url).searchParams;
    };
    expect([open(ours).get('login_hint'), open(theirs).get('login_hint')]).toEqual([peer.aziz.id, null]);
    peer.classroom.state.switches.itemTypeSpelling = 'product';
    expect(open(ours).get('itemType')).toBe('material');
    peer.classroom.state.switches.itemTypeSpelling = 'path';
  });
});

describe('A fault that was asked for', () => {
  test.each([
    [400, 'FAILED_PRECONDITION'],
    [401, 'UNAUTHENTICATED'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [503, 'UNAVAILABLE'],
  ] as const)('answers %i as Google does: %s', async (fault, status) => {
    peer.classroom.state.fault = fault;
    const headers = { authorization: `Bearer ${teacher.oauth.credentials.access_token}` };
    const answer = await fetch(`${peer.url}/v1/courses`, { headers });
    peer.classroom.state.fault = null;
    expect(await answer.json()).toMatchObject({ error: { code: fault, status } });
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([fault, fault === 429]);
  });
});

test('a right that was not agreed to is refused by its reason', async () => {
  const scopes = ['https://www.googleapis.com/auth/classroom.courses.readonly'];
  const { api } = await peer.signIn(peer.dilnoza, { scopes, clientId: theirs });
  await api.courses.get({ id: courseId });
  peer.classroom.state.consents.length = 0;
  const fresh = await peer.signIn(peer.dilnoza, { scopes, clientId: theirs });
  const refused: unknown = await fresh.api.courses.students.list({ courseId }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    status: 403,
    response: { data: { error: { details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } } },
  });
});

test('whatever the practice API has was called here', () => {
  const inPreview = `GET ${methods['userProfiles.checkUserCapability'].path.replace('{userId}', 'me')}`;
  const called = new Set(peer.asked.flatMap((one) => templatesOf(...(one.split(' ') as [string, string]))));
  const missing = Object.values<Method>(methods)
    .map(({ verb, path }) => `${verb.toUpperCase()} ${path}`)
    .filter((template) => !called.has(template) && !template.endsWith(':checkUserCapability'));
  expect([missing, peer.asked.includes(inPreview)]).toEqual([[], true]);
});
