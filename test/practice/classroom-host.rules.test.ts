// The pages of the practice Google Classroom, as its people use them; the add-on in them is one that nobody answers for.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, get, type RequestListener, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPracticeClassroom, type PracticeClassroom } from '../../src/practice/classroom/practice-classroom.ts';
import type { Account, Item, PracticeCourse } from '../../src/practice/classroom/state.ts';
import { readStoredState } from '../../src/practice/classroom/stored-state.ts';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { jsonFile } from '../../src/practice/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'practice-classroom-'));
const store = jsonFile(join(folder, 'classroom.json'), readStoredState);
const addOn = 'https://tool.test/classroom/1/';

let server: Server;
let url: string;
let classroom: PracticeClassroom;
let dilnoza: Account;
let aziz: Account;
let physics: PracticeCourse;
let teacher: Robot;
let student: Robot;
let item: Item;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const made = createPracticeClassroom({ url, now: () => new Date('2026-11-26T09:00:00Z'), store });
  server.on('request', made.app as RequestListener);
  ({ classroom } = made);
  dilnoza = classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
  aziz = classroom.addAccount({ givenName: 'Aziz', familyName: 'Rahimov' });
  physics = classroom.addCourse({ name: 'Fizika', teacherIds: [dilnoza.id], studentIds: [aziz.id] });
  const client = { clientId: 'mustaqil', clientSecret: 's', redirectUris: [], scopes: [], uriPrefixes: [addOn] };
  classroom.state.clients.push(client);
  const linkUpgrade = { uri: `${addOn}upgrade`, prefix: 'https://tool.test/' };
  classroom.state.host.addOns.push({
    clientId: 'mustaqil',
    name: 'Mustaqil',
    discoveryUri: `${addOn}discovery`,
    linkUpgrade,
  });
  [teacher, student] = [await browserOf(dilnoza), await browserOf(aziz)];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function browserOf(account: Account): Promise<Robot> {
  const robot = createRobot();
  await robot.open(url);
  await robot.submit(`button[name="account"][value="${account.id}"]`);
  return robot;
}

const frameOf = (robot: Robot) => robot.page.$('iframe').attr() ?? {};
const press = (robot: Robot, then: string, fields = {}) => robot.submit(`button[value="${then}"]`, fields);
/** As the add-on does it by the API. */
const attach = (title: string, maxPoints: number | null) => {
  const uris = { teacherViewUri: `${addOn}teacher?content=x`, studentViewUri: `${addOn}student?content=x` };
  item.attachments.push({
    ...{ id: `a${item.attachments.length}`, clientId: 'mustaqil', title, ...uris },
    ...{
      studentWorkReviewUri: `${addOn}review?content=x`,
      maxPoints,
      dueAtMs: null,
      copyHistory: [],
      pointsEarned: {},
    },
  });
};

describe('Dilnoza makes an assignment', () => {
  test('and opens the add-on in a frame as Google makes it, with what she typed kept', async () => {
    await teacher.open(`/courses/${physics.id}`);
    await teacher.submit('button[value="courseWork"]');
    item = classroom.state.items.at(-1) ?? item;
    await press(teacher, 'add-on:mustaqil', { title: 'Kuchlar' });
    const { src = '', sandbox, allow } = frameOf(teacher);
    expect([sandbox, allow]).toEqual([
      'allow-popups allow-popups-to-escape-sandbox allow-forms allow-scripts allow-storage-access-by-user-activation allow-same-origin',
      'microphone *',
    ]);
    expect(src).toMatch(
      /^https:\/\/tool\.test\/classroom\/1\/discovery\?courseId=\d+&itemId=\d+&itemType=courseWork&addOnToken=\w+$/,
    );
    expect(teacher.page.headers.get('content-security-policy')).toContain("frame-src 'self' https://tool.test");
    expect(item).toMatchObject({ title: 'Kuchlar', state: 'DRAFT' });
  });

  test('that is nobody else’s as long as it is a draft', async () => {
    expect((await student.open(`/items/${item.id}`)).status).toBe(404);
    expect((await student.open(`/courses/${physics.id}`)).$('[data-item]')).toHaveLength(0);
  });

  test('and what she typed wrong is told beside it, and kept', async () => {
    await teacher.open(`/items/${item.id}/edit`);
    await press(teacher, 'assign', { title: ' ', maximum: 'oʻn', link: 'tool.test' });
    expect(teacher.page.status).toBe(400);
    expect(teacher.page.$('.wrong')).toHaveLength(3);
    expect(teacher.page.$('#maximum').attr('value')).toBe('oʻn');
    expect(teacher.page.$('#link').attr('value')).toBe('tool.test');
  });

  test('a link of the add-on may become an attachment, which then takes its place', async () => {
    await teacher.open(`/items/${item.id}/edit`);
    await press(teacher, 'add-link', { title: 'Kuchlar', link: 'https://tool.test/placements/7/quiz' });
    await press(teacher, 'upgrade:0');
    const { src = '' } = frameOf(teacher);
    expect(new URL(src).searchParams.get('urlToUpgrade')).toBe('https://tool.test/placements/7/quiz');
    await teacher.submit('form[data-frame-done]');
    expect(teacher.page.$('[data-attached-link]')).toHaveLength(1);
    await press(teacher, 'upgrade:0');
    attach('Mexanika', 20);
    await teacher.submit('form[data-frame-done]');
    expect(teacher.page.$('[data-attached-link]')).toHaveLength(0);
    expect(teacher.page.$('#maximum').attr('value')).toBe('20');
    await press(teacher, 'assign');
    expect(item).toMatchObject({ state: 'PUBLISHED', maxPoints: 20 });
  });
});

describe('Aziz', () => {
  test('opens what is attached in the student’s frame, Dilnoza in hers', async () => {
    const page = `/items/${item.id}/attachments/a0`;
    await student.open(page);
    expect(frameOf(student).src).toMatch(
      /\/student\?content=x&courseId=\d+&itemId=\d+&itemType=courseWork&attachmentId=a0$/,
    );
    await teacher.open(page);
    expect(frameOf(teacher).src).toContain('/teacher?content=x&');
  });

  test('turns his work in and takes it back', async () => {
    const [work] = item.submissions;
    await student.open(`/items/${item.id}`);
    await press(student, 'turn-in');
    expect(work?.state).toBe('TURNED_IN');
    await press(student, 'unsubmit');
    expect(work?.state).toBe('RECLAIMED_BY_STUDENT');
  });

  test('sees a grade once Dilnoza has returned it, and no draft', async () => {
    const work = item.submissions[0];
    if (work) work.draftGrade = 15;
    await student.open(`/courses/${physics.id}/grades`);
    expect(student.page.$('[data-assigned]')).toHaveLength(0);
    await teacher.open(`/items/${item.id}/work/${work?.id}`);
    expect(frameOf(teacher).src).toContain(`submissionId=${work?.id}`);
    expect(teacher.page.$('[data-draft]').attr('data-draft')).toBe('15');
    expect((await press(teacher, 'return', { grade: 'aʼlo' })).status).toBe(400);
    await press(teacher, 'return', { grade: '17,5' });
    await student.open(`/courses/${physics.id}/grades`);
    expect(student.page.$('[data-assigned]').attr('data-assigned')).toBe('17.5');
  });

  test('comes to no page of a teacher’s', async () => {
    const pages = ['edit', 'add-ons/mustaqil', `work/${item.submissions[0]?.id}`].map(
      (page) => `/items/${item.id}/${page}`,
    );
    for (const page of pages) expect((await student.open(page)).status).toBe(404);
  });
});

test('A copied course has the attachments under new ids that say where they come from, as drafts', async () => {
  await teacher.open(`/courses/${physics.id}`);
  await teacher.submit('form[data-copy]');
  const copied = [{ courseId: physics.id, itemId: item.id, attachmentId: 'a0' }];
  expect(classroom.state.items.at(-1)).toMatchObject({ state: 'DRAFT', attachments: [{ copyHistory: copied }] });
});

test('Without a licence there is no add-on to choose, and in an archived course nothing to create', async () => {
  await teacher.open('/settings');
  await teacher.submit('form[data-settings]', { licensed: null, archived: physics.id });
  await teacher.open(`/items/${item.id}/edit`);
  expect(teacher.page.$('[data-add-on-button]')).toHaveLength(0);
  await teacher.open(`/courses/${physics.id}`);
  expect(teacher.page.$('form.create')).toHaveLength(0);
});

test('Under the name of one site nothing of another is found', async () => {
  const statusAt = (name: string, path: string) =>
    new Promise<number>((resolve) => {
      const { port } = new URL(url);
      const asked = { port, host: '127.0.0.1', path, headers: { host: `${name}:${port}` } };
      get(asked, (res) => resolve(res.resume().statusCode ?? 0));
    });
  const ask = '/o/oauth2/v2/auth';
  expect(
    await Promise.all([statusAt('classroom.localhost', ask), statusAt('classroom.localhost', '/v1/courses')]),
  ).toEqual([404, 404]);
  expect(await Promise.all([statusAt('accounts.localhost', '/'), statusAt('accounts.localhost', ask)])).toEqual([
    404, 400,
  ]);
  expect(await statusAt('classroom.localhost', '/')).toBe(200);
});

test('What there is, is there again after a restart', () => {
  const { classroom: again } = createPracticeClassroom({ url, now: () => new Date(), store });
  expect(again.state).toEqual(classroom.state);
});
