// People, courses and places are known by the ids of their own deployment, whatever they are called today.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { courses, people } from '../../src/database/tables/courses.ts';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { autoSubmit, holdLaunch, lti, withClaims, type MakeToken } from '../support/launches.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { refusalOf } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
let mechanics: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  mechanics = mustaqil.lms.activityUrl(sample.physics.mechanics);
});
afterAll(() => mustaqil.stop());

async function launchAziz(token: MakeToken = withClaims({})) {
  mustaqil.lms.nextToken = token;
  const aziz = await mustaqil.browserOf(sample.aziz);
  await aziz.launch(mechanics);
  expect(refusalOf(aziz.page)).toBeUndefined();
  return aziz;
}

const rowsOf = (subject: string) => mustaqil.db.select().from(people).where(eq(people.subject, subject));

test('who comes twice is one person, under the name of the last time', async () => {
  await launchAziz(withClaims({ sub: 'renamed', name: 'Nodira Aliyeva' }));
  mustaqil.clock.advance(1000);
  await launchAziz(withClaims({ sub: 'renamed', name: 'Nodira Karimova' }));
  expect(await rowsOf('renamed')).toMatchObject([{ name: 'Nodira Karimova', lastLaunchAt: mustaqil.clock.now() }]);
  await launchAziz(withClaims({ sub: 'renamed', name: undefined, given_name: undefined, family_name: 'Karimova' }));
  expect(await rowsOf('renamed')).toMatchObject([{ name: 'Karimova' }]);
});

test('ids of people are case-sensitive', async () => {
  for (const sub of ['abc', 'ABC']) await launchAziz(withClaims({ sub }));
  expect([await rowsOf('abc'), await rowsOf('ABC')].map(({ length }) => length)).toEqual([1, 1]);
});

test('two who share a name and an e-mail address are two people (lti.md 5)', async () => {
  const shared = { name: 'Ali Valiyev', given_name: 'Ali', family_name: 'Valiyev', email: 'ali@example.uz' };
  for (const sub of ['ali-1', 'ali-2']) await launchAziz(withClaims({ ...shared, sub }));
  const [[first], [second]] = [await rowsOf('ali-1'), await rowsOf('ali-2')];
  expect([first?.name, second?.name]).toEqual(['Ali Valiyev', 'Ali Valiyev']);
  expect(second?.id).not.toBe(first?.id);
});

test('a course without a name of its own is the activity alone', async () => {
  const alone = { id: 'alone', title: 'Mashq' };
  await launchAziz(withClaims({ [lti('context')]: undefined, [lti('resource_link')]: alone }));
  const found = await mustaqil.db.select().from(courses).where(eq(courses.contextId, 'alone'));
  expect(found).toMatchObject([{ contextKind: 'resource-link', title: 'Mashq' }]);
  await launchAziz(withClaims({ [lti('context')]: { id: 'alone', title: 'A course of that id' } }));
  expect(await mustaqil.db.select().from(courses).where(eq(courses.contextId, 'alone'))).toHaveLength(2);
});

test('the same number in another deployment is somebody else in another course', async () => {
  const { db, lms, clock } = mustaqil;
  const second = { ...lms.registration, deploymentId: '2', tokenAudience: lms.registration.tokenUrl };
  await savePlatform(db, second, { sealingKey: testKeys.toolKeys, now: clock.now() });
  const here = await launchAziz();
  const there = await launchAziz(withClaims({ [lti('deployment_id')]: '2' }));
  expect(await rowsOf(sample.aziz)).toHaveLength(2);
  expect(there.page.url).not.toBe(here.page.url);
  expect((await ask(here.page.url, { as: there })).status).toBe(404);
});

test('the same number in another registration of the issuer is somebody else too', async () => {
  const { db, lms, clock } = mustaqil;
  const own = lms.state.clientId;
  const second = { ...lms.registration, clientId: 'second-client', tokenAudience: lms.registration.tokenUrl };
  await savePlatform(db, second, { sealingKey: testKeys.toolKeys, now: clock.now() });
  const here = await launchAziz();
  const before = (await rowsOf(sample.aziz)).length;
  lms.state.clientId = 'second-client';
  const there = await launchAziz();
  lms.state.clientId = own;
  expect(await rowsOf(sample.aziz)).toHaveLength(before + 1);
  expect((await ask(here.page.url, { as: there })).status).toBe(404);
});

test('two tabs of one browser, under way at the same time, both arrive', async () => {
  const aziz = await launchAziz();
  const first = await holdLaunch(aziz, mechanics);
  const second = await holdLaunch(aziz, mustaqil.lms.activityUrl(sample.physics.newton));
  await aziz.submit(autoSubmit);
  const newton = aziz.page.url;
  const late = await ask(`${mustaqil.url}/lti/launch`, { form: first, as: aziz });
  expect(late.status).toBe(303);
  expect(second.state).not.toBe(first.state);
  expect(`${mustaqil.url}${late.headers.get('location')}`).not.toBe(newton);
});
