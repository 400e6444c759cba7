// An administrator pastes one link into the LMS and is done: with Moodle's manners, from the link to the first launch.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../src/commands.ts';
import { listInvites } from '../../src/platforms/invites.store.ts';
import { listRegistrations, setRegistrationState } from '../../src/platforms/platform.store.ts';
import { listKeys } from '../../src/platforms/tool-keys.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

/** `mustaqil platform invite`, as an administrator of Mustaqil types it. */
async function invite(...words: string[]): Promise<string> {
  const { db, clock, url } = mustaqil;
  const tools = {
    database: () => db,
    now: clock.now,
    publicUrl: url,
    allowHttpLoopback: true,
    sealingKey: testKeys.toolKeys,
  };
  const { output } = await runCommand(['platform', 'invite', '--name', 'KSU Moodle', '--json', ...words], tools);
  return (JSON.parse(output) as { url: string }).url;
}

/** The LMS's administrator pastes the link; the page of ours is open afterwards. `type`: a tool to bring up to date. */
async function paste(link: string, type = 'new'): Promise<Robot> {
  const robot = await mustaqil.browserOf(sample.admin);
  await robot.open(mustaqil.lms.toolRegistrationUrl);
  await robot.submit('#add-tool', { url: link });
  if (robot.page.$('#register-again').length > 0) await robot.submit(`#register-again button[value="${type}"]`);
  await robot.open(robot.page.$('iframe').attr('src') ?? '');
  return robot;
}

const connect = (robot: Robot) => robot.submit('form[action="/lti/register"]');

/** Opens an activity of a tool as a teacher. */
async function openActivityOf(toolId: string): Promise<Robot> {
  const { lms } = mustaqil;
  const activity = lms.addActivity({ courseId: sample.physics.course, title: 'Sinov', toolId });
  const robot = await mustaqil.browserOf(sample.dilnoza);
  await robot.launch(lms.activityUrl(activity.id));
  return robot;
}

const newest = () => mustaqil.lms.tools.at(-1);
const registrationOf = async (clientId: string | undefined) =>
  (await listRegistrations(mustaqil.db)).find((registration) => registration.clientId === clientId);

test('the page says who it is and what is shared, asks before it does anything, and stands in the frame of that LMS alone', async () => {
  const tools = mustaqil.lms.tools.length;
  const { page } = await paste(await invite());
  expect(page.$('h1').text()).toContain('Moodle');
  expect(page.$('.copy').text()).toContain(mustaqil.lmsUrl);
  expect(page.$('main li')).toHaveLength(4);
  expect(page.$('#name').val()).toBe('KSU Moodle');
  expect(page.$('.hosts')).toHaveLength(0);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`frame-ancestors 'self' ${mustaqil.lmsUrl}`);
  expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  expect(mustaqil.lms.tools).toHaveLength(tools);
});

describe('with approval', () => {
  let link: string;
  let robot: Robot;
  beforeAll(async () => {
    link = await invite();
    robot = await paste(link);
    await connect(robot);
  });

  test('both sides know each other, and ours waits (lti.md 117)', async () => {
    expect(robot.page.$('h1').text()).toContain('KSU Moodle');
    expect(robot.page.$('#close').attr('data-origins')).toBe(mustaqil.lmsUrl);
    const tool = newest();
    expect(await registrationOf(tool?.clientId)).toMatchObject({
      name: 'KSU Moodle',
      issuer: mustaqil.lmsUrl,
      family: 'moodle',
      state: 'pending',
      deployments: [{ deploymentId: tool?.id, state: 'active' }],
    });
  });

  test('the LMS was asked for as little as we need, and for no e-mail (lti.md 120, 121)', () => {
    const scopes = ['lti-ags/scope/lineitem', 'lti-ags/scope/result.readonly', 'lti-ags/scope/score'];
    const wanted = [...scopes, 'lti-nrps/scope/contextmembership.readonly'];
    expect(newest()).toMatchObject({
      sharesName: true,
      sharesEmail: false,
      redirectUris: [`${mustaqil.url}/lti/launch`],
      deepLinkUrl: `${mustaqil.url}/lti/launch`,
      scopes: expect.arrayContaining(wanted.map((scope) => `https://purl.imsglobal.org/spec/${scope}`)),
    });
  });

  test('it reads our keys at an address of its own, and finds there what we sign with (lti.md 6, 8)', async () => {
    const { jwksUrl = '', clientId } = newest() ?? {};
    expect(jwksUrl).toMatch(/\/lti\/jwks\/[\w-]{22}$/);
    const { keys } = (await (await fetch(jwksUrl)).json()) as { keys: { kid: string }[] };
    const registration = await registrationOf(clientId);
    const ours = await listKeys(mustaqil.db, registration?.id ?? 0, mustaqil.clock.now());
    expect(keys.map(({ kid }) => kid)).toEqual(ours.map(({ kid }) => kid));
  });

  test('nobody gets in before an administrator approves, and then everybody does', async () => {
    const tool = newest();
    mustaqil.lms.activateTool(tool?.id ?? '');
    const refused = await openActivityOf(tool?.id ?? '');
    expect([refused.page.status, refusalOf(refused.page)]).toEqual([403, expect.stringContaining('pending')]);
    const registration = await registrationOf(tool?.clientId);
    await setRegistrationState(mustaqil.db, registration?.id ?? 0, 'active');
    const { page } = await openActivityOf(tool?.id ?? '');
    expect([page.status, refusalOf(page)]).toEqual([200, undefined]);
  });

  test('the invite has been used, whoever comes with it now, and it is noted what came by it', async () => {
    const again = await paste(link);
    expectRefusal(again.page, [409, 'invite-used'], [new URL(link).searchParams.get('invite') ?? '']);
    const registration = await registrationOf(newest()?.clientId);
    expect((await listInvites(mustaqil.db)).map(({ registrationId }) => registrationId)).toContain(registration?.id);
  });
});

test('without approval teachers can use it at once', async () => {
  await connect(await paste(await invite('--without-approval')));
  const { page } = await openActivityOf(newest()?.id ?? '');
  expect([page.status, refusalOf(page)]).toEqual([200, undefined]);
});

test('of two clicks one counts, and the other one is told so', async () => {
  const { page } = await paste(await invite());
  const tools = mustaqil.lms.tools.length;
  const fields = page
    .$('form')
    .serializeArray()
    .map(({ name, value }): [string, string] => [name, value]);
  const clicks = [1, 2].map(() => ask(`${mustaqil.url}/lti/register`, { form: fields }));
  const answers = (await Promise.all(clicks)).map((shown) => refusalOf(shown) ?? shown.status);
  expect(answers.sort()).toEqual([200, 'invite-used']);
  expect(mustaqil.lms.tools).toHaveLength(tools + 1);
});

test('who registers again is brought up to date, and is not there twice (lti.md 125)', async () => {
  await connect(await paste(await invite('--without-approval')));
  const tool = newest();
  const before = await registrationOf(tool?.clientId);
  const robot = await paste(await invite('--without-approval'), tool?.id);
  await robot.submit('form[action="/lti/register"]', { name: 'Renamed' });
  expect(robot.page.$('h1').text()).toContain('Renamed');
  expect(newest()?.id).toBe(tool?.id);
  const all = (await listRegistrations(mustaqil.db)).filter(({ clientId }) => clientId === tool?.clientId);
  expect(all).toMatchObject([{ id: before?.id, name: 'Renamed', state: 'active', deployments: [{ state: 'active' }] }]);
});

describe('a link leads nowhere', () => {
  const register = `/lti/register?openid_configuration=${encodeURIComponent('https://lms.example/c')}&invite=`;

  test('when a character of it is another, or nothing is left of it', async () => {
    const secret = new URL(await invite()).searchParams.get('invite') ?? '';
    const changed = (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1);
    for (const guess of [changed, '', secret.slice(1)]) {
      const page = await ask(`${mustaqil.url}${register}${guess}`);
      expectRefusal(page, [404, 'invite-unknown'], [guess]);
    }
  });

  test('when its time is over', async () => {
    const link = await invite('--hours', '1');
    mustaqil.clock.advance(60 * 60 * 1000);
    expectRefusal((await paste(link)).page, [410, 'invite-expired']);
  });

  test('when it is opened in a browser: the page says where it belongs, and it is still good', async () => {
    const link = await invite();
    expectRefusal(await ask(link), [400, 'registration-not-from-lms']);
    expect((await paste(link)).page.status).toBe(200);
  });
});
