// A browser that keeps no cookie for us in a frame, and an LMS that keeps the secret of a login for us: what goes over the wire.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createRobot, type Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask, type Asked } from '../support/ask.ts';
import { autoSubmit, holdLogin } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { publish } from '../support/people.ts';
import { expectRefusal, refusalOf } from '../support/refusals.ts';

let mustaqil: TestMustaqil;
let mechanics: string;
/** Aziz, signed in to the LMS, whose browser sends us no cookie. */
let aziz: Robot;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  mustaqil.lms.storageTarget = '_parent';
  mechanics = mustaqil.lms.activityUrl(sample.physics.mechanics);
});
afterAll(() => mustaqil.stop());

beforeEach(async () => {
  aziz = createRobot({
    now: mustaqil.clock.now,
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (request.url.startsWith(mustaqil.url)) request.headers.delete('cookie');
      return fetch(request);
    },
  });
  await aziz.open(mustaqil.lmsUrl);
  await aziz.submit(`button[name="person"][value="${sample.aziz}"]`);
});

/** What the script of the page is told. */
const told = ({ $ }: Pick<Asked, '$'>) => $('script[data-task]').data() as Record<string, string>;

/** Goes on where the page's script would: up to the form with the token. Returns the secret and that form. */
async function holdStored(): Promise<{ secret: string; form: Record<string, string> }> {
  await holdLogin(aziz, mechanics);
  await aziz.submit(autoSubmit);
  const { value = '', next = '' } = told(aziz.page);
  await aziz.open(next);
  const inputs = aziz.page.$(`${autoSubmit} input`).toArray();
  const fields = inputs.map(({ attribs }): [string, string] => [attribs['name'] ?? '', attribs['value'] ?? '']);
  return { secret: value, form: Object.fromEntries(fields) };
}

const launchUrl = () => `${mustaqil.url}/lti/launch`;
const fromUs = () => ({ origin: mustaqil.url });

test('the login’s page knows which frame to ask, and no origin but the LMS’s (lti.md 56, 57)', async () => {
  const login = await holdLogin(aziz, mechanics);
  expect(login['lti_storage_target']).toBe('_parent');
  await aziz.submit(autoSubmit);
  expect(aziz.page.status).toBe(200);
  expect(told(aziz.page)).toMatchObject({
    task: 'store',
    target: '_parent',
    origin: mustaqil.lmsUrl,
    key: expect.stringMatching(/^lti_state_[\w-]{22}$/),
    value: expect.stringMatching(/^[\w-]{43}$/),
  });
  const policy = aziz.page.headers.get('content-security-policy');
  expect(policy).toContain(`frame-ancestors 'self' ${mustaqil.lmsUrl}`);
  expect(policy).toContain("script-src 'self';");
});

test('the secret is not in what the LMS is sent, and is another at every login (lti.md 60)', async () => {
  const secrets: string[] = [];
  for (let login = 0; login < 2; login += 1) {
    await holdLogin(aziz, mechanics);
    await aziz.submit(autoSubmit);
    const { value = '', next } = told(aziz.page);
    expect(next).not.toContain(value);
    secrets.push(value);
  }
  expect(new Set(secrets).size).toBe(2);
});

test('without scripts the page opens the same login in a window of its own', async () => {
  const login = await holdLogin(aziz, mechanics);
  await aziz.submit(autoSubmit);
  const words = aziz.page.$('noscript').text();
  expect(words).toContain('action="/lti/login" target="_blank"');
  expect(words).toContain(login['login_hint']);
  expect(words).toContain('cookies-blocked');
});

test('the launch’s page asks for the secret, and lets nobody in by itself (lti.md 60)', async () => {
  const { secret, form } = await holdStored();
  const page = await ask(launchUrl(), { form });
  expect(page.status).toBe(200);
  expect(told(page)).toEqual({ task: 'recall', target: '_parent', origin: mustaqil.lmsUrl, key: expect.any(String) });
  expect(page.html).not.toContain(secret);
  expect(page.headers.getSetCookie().join()).not.toContain('__Host-session');
  const fields = page
    .$('#recalled input')
    .toArray()
    .map(({ attribs }) => attribs['name']);
  expect(fields.sort()).toEqual(['browser_secret', 'id_token', 'state']);
});

// The launch of a place where all is known goes another way than the first ones do.
test.each([
  ['where no quiz stands yet', false],
  ['where a quiz stands', true],
])(
  'with the secret a launch of an activity %s is let in, and goes on in a window of its own (lti.md 60)',
  async (_where, hasQuiz) => {
    if (hasQuiz) await publish(mustaqil);
    const { secret, form } = await holdStored();
    const page = await ask(launchUrl(), { form: { ...form, browser_secret: secret }, headers: fromUs() });
    expect(page.status).toBe(200);
    const button = page.$('form[target=_blank][action="/lti/sessions"]');
    const entry = String(button.find('input[name=entry]').val());
    const inWindow = () => ask(`${mustaqil.url}/lti/sessions`, { form: { entry }, headers: fromUs() });
    const entered = await inWindow();
    expect(entered.status).toBe(303);
    expect(entered.headers.get('location')).toMatch(/^\/placements\/\d+\/attempts$/);
    expect(entered.headers.getSetCookie().join()).toContain('__Host-session=');
    expectRefusal(await inWindow(), [400, 'login-already-used']);
  },
);

test('another secret is refused, and so is one that another site sends along (lti.md 60)', async () => {
  const { secret, form } = await holdStored();
  const other = await ask(launchUrl(), { form: { ...form, browser_secret: 'guessed' }, headers: fromUs() });
  expectRefusal(other, [400, 'other-browser']);
  const foreign = await ask(launchUrl(), {
    form: { ...form, browser_secret: secret },
    headers: { origin: 'https://mallory.example' },
  });
  expect(told(foreign)).toMatchObject({ task: 'recall' });
  expect(foreign.$('input[name=entry]')).toHaveLength(0);
});

test('a browser with our cookie needs no storage (lti.md 61)', async () => {
  const robot = await mustaqil.browserOf(sample.aziz);
  await robot.launch(mechanics);
  expect(refusalOf(robot.page)).toBeUndefined();
  expect(robot.page.$('.you').text()).toContain('Aziz Rahimov');
});

test('an LMS that offers no storage leads to a window of its own, as before', async () => {
  mustaqil.lms.storageTarget = null;
  await holdLogin(aziz, mechanics);
  await aziz.submit(autoSubmit);
  mustaqil.lms.storageTarget = '_parent';
  expectRefusal(aziz.page, [400, 'cookies-blocked']);
});
