// Dynamic registration from a clean LMS, the recorded exchange first, then Moodle's refusals.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { sample } from '../../src/practice/sample-courses.ts';
import { askToken, assertion, claimsOf, launchAs, type Practice, robotOf, startPractice } from './support.ts';
import { register } from './tool-app.ts';

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`;
const gradebook = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice({ isClean: true });
});
afterEach(() => practice.close());

/** The administrator pastes the tool's link: what the tool's page then shows. */
async function paste(query = ''): Promise<{ status: number; type: string | null; text: string }> {
  const admin = await robotOf(practice, sample.admin);
  await admin.open(practice.lms.toolRegistrationUrl);
  await admin.submit('#add-tool', { url: `${practice.tool.url}/register${query}` });
  if (admin.page.$('#register-again').length > 0) await admin.submit('button[value="new"]');
  return JSON.parse((await admin.enter()).$('#registration').text()) as { status: number; type: string; text: string };
}

/** A fresh registration token, as the tool would find it in its query. */
async function freshToken(): Promise<string> {
  const admin = await robotOf(practice, sample.admin);
  const page = `${practice.url}/admin/tools/registration?type=new&url=${encodeURIComponent(practice.tool.url)}`;
  const { $ } = await admin.open(page);
  return new URL($('iframe').attr('src') ?? '').searchParams.get('registration_token') ?? '';
}

const configurationUrl = (): string => `${practice.url}/mod/lti/openid-configuration.php`;

describe('a registration', () => {
  test('is offered with the configuration that a Moodle 5.1 shows, word for word', async () => {
    const recorded = new URL('../lti/recorded/openid-configuration.json', import.meta.url);
    const wanted = readFileSync(recorded, 'utf8').replaceAll('https://moodle.example', practice.url);
    const response = await fetch(configurationUrl());
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual(JSON.parse(wanted));
  });

  test('is answered as recorded, and the tool is pending (lti.md 122)', async () => {
    const { status, type, text } = await paste();
    const tool = practice.lms.tools[0];
    expect({ status, type }).toEqual({ status: 200, type: 'application/json; charset=utf-8' });
    expect(tool).toMatchObject({ id: '1', state: 'pending', name: 'Recorder', sharesName: true, sharesEmail: true });
    const recorded = readFileSync(new URL('../lti/recorded/registration-response.json', import.meta.url), 'utf8')
      .replaceAll('https://tool.example', practice.tool.url)
      .replaceAll('tool.example', new URL(practice.tool.url).host)
      .replace('BBfhQjzyEZtqEuR', tool?.clientId ?? '');
    expect(JSON.parse(text)).toEqual((JSON.parse(recorded) as { body: object }).body);
  });

  test('keeps the query of the link that was pasted', async () => {
    const admin = await robotOf(practice, sample.admin);
    await admin.open(practice.lms.toolRegistrationUrl);
    await admin.submit('#add-tool', { url: `${practice.tool.url}/register?invite=a%2Bb` });
    const query = JSON.parse((await admin.enter()).$('#query').text()) as object;
    expect(query).toEqual({
      invite: 'a+b',
      openid_configuration: configurationUrl(),
      registration_token: expect.any(String),
    });
  });

  test('that asks for less is granted less, and tells less about people', async () => {
    practice.tool.registration = { scope: 'https://purl.imsglobal.org/spec/lti-ags/scope/score' };
    practice.tool.configuration = { claims: ['sub', 'name'], messages: [], custom_parameters: { a: 'b=c=d' } };
    await paste();
    const tool = practice.lms.tools[0];
    expect(tool).toMatchObject({ deepLinkUrl: null, sharesName: true, sharesEmail: false, custom: { a: 'b' } });
    const activity = practice.lms.addActivity({ courseId: sample.physics.course, title: 'Test', toolId: '1' });
    const claims = await launchAs(practice, sample.aziz, activity.id);
    expect(claims['email']).toBeUndefined();
    expect(claims['name']).toBe('Aziz Rahimov');
    expect((claims[gradebook] as { scope: string[] }).scope).not.toContain(
      'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
    );
    expect(claims['https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice']).toBeUndefined();
  });

  test('may happen twice: the second one has its own client, deployment, tokens and activities', async () => {
    await paste();
    await paste();
    const [first, second] = practice.lms.tools;
    expect([first?.id, second?.id]).toEqual(['1', '2']);
    expect(first?.clientId).not.toBe(second?.clientId);
    const activity = practice.lms.addActivity({ courseId: sample.physics.course, title: 'Second', toolId: '2' });
    const claims = await launchAs(practice, sample.aziz, activity.id);
    expect([claims.aud, claims[claim('deployment_id')]]).toEqual([second?.clientId, '2']);
    expect(claims[gradebook]).toMatchObject({
      lineitems: `${practice.url}/mod/lti/services.php/2/lineitems?type_id=2`,
      lineitem: `${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem?type_id=2`,
    });
    const tokenOf = async (clientId = ''): Promise<string> => {
      const response = await askToken(practice, { client_assertion: assertion(practice, { sub: clientId }) });
      return ((await response.json()) as { access_token: string }).access_token;
    };
    const items = (token: string, typeId: string): Promise<Response> =>
      fetch(`${practice.url}/mod/lti/services.php/2/lineitems?type_id=${typeId}`, {
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/vnd.ims.lis.v2.lineitemcontainer+json',
        },
      });
    const [tokenOfFirst, tokenOfSecond] = [await tokenOf(first?.clientId), await tokenOf(second?.clientId)];
    expect(await (await items(tokenOfFirst, '1')).json()).toEqual([]);
    expect(await (await items(tokenOfSecond, '2')).json()).toHaveLength(1);
    expect((await items(tokenOfFirst, '2')).status).toBe(401);
  });

  test('of a tool that is there may update it and leave its ids alone (lti.md 125)', async () => {
    await paste();
    practice.lms.activateTool('1');
    const before = practice.lms.tools[0];
    practice.tool.registration = { client_name: 'Renamed' };
    const admin = await robotOf(practice, sample.admin);
    await admin.open(practice.lms.toolRegistrationUrl);
    await admin.submit('#add-tool', { url: `${practice.tool.url}/register` });
    await admin.submit('button[value="1"]');
    await admin.enter();
    expect(practice.lms.tools).toEqual([{ ...before, name: 'Renamed' }]);
  });
});

describe('a registration is refused', () => {
  const sent = async (changes: object, configuration: object = {}): Promise<[number, string]> => {
    practice.tool.registration = changes;
    practice.tool.configuration = configuration;
    const { status, type, text } = await register(practice.tool, configurationUrl(), await freshToken());
    expect(type).toMatch(/^text\/html/);
    expect(practice.lms.tools).toEqual([]);
    return [status, text];
  };

  test('for a domain without its port', async () => {
    expect(await sent({}, { domain: '127.0.0.1' })).toEqual([400, 'domain_targetlinkuri_mismatch']);
  });

  test.each([
    ['initiate_login_uri', undefined],
    ['redirect_uris', []],
    ['client_name', ''],
    ['jwks_uri', null],
    ['response_types', undefined],
    ['token_endpoint_auth_method', undefined],
    ['https://purl.imsglobal.org/spec/lti-tool-configuration', undefined],
  ])('without %s', async (name, value) => {
    expect(await sent({ [name]: value })).toEqual([400, `missing required attribute ${name}`]);
  });

  test.each(['domain', 'target_link_uri'])('without %s in its configuration', async (name) => {
    expect(await sent({}, { [name]: undefined })).toEqual([400, `missing required attribute ${name}`]);
  });

  test('for another response type, authentication or application type', async () => {
    expect(await sent({ response_types: ['code'] })).toEqual([400, 'invalid_response_types']);
    expect(await sent({ token_endpoint_auth_method: 'client_secret_post' })).toEqual([
      400,
      'invalid_token_endpoint_auth_method',
    ]);
    expect(await sent({ application_type: 'native' })).toEqual([400, 'invalid_application_type']);
  });

  test('without a token, with one of somebody else, and with one that is an hour old', async () => {
    const token = await freshToken();
    const statusWith = async (value: string): Promise<number> =>
      (await register(practice.tool, configurationUrl(), value)).status;
    expect(await statusWith('')).toBe(401);
    expect(await statusWith(assertion(practice, { sub: 'new', scope: 'reg' }))).toBe(401);
    practice.clock.now = new Date(practice.clock.now.getTime() + 3_600_000);
    expect(await statusWith(token)).toBe(401);
    expect(practice.lms.tools).toEqual([]);
  });

  test('with a token that was used; a GET with it shows what was registered', async () => {
    const token = await freshToken();
    const endpoint = `${practice.url}/mod/lti/openid-registration.php`;
    const shown = (): Promise<Response> => fetch(endpoint, { headers: { authorization: `Bearer ${token}` } });
    expect((await shown()).status).toBe(404);
    const registered = await register(practice.tool, configurationUrl(), token);
    const again = await register(practice.tool, configurationUrl(), token);
    expect([again.status, again.text]).toEqual([401, 'token_already_used']);
    expect(await (await shown()).json()).toEqual(JSON.parse(registered.text));
    expect(practice.lms.tools).toHaveLength(1);
    expect(practice.lms.received.filter(({ endpoint: name }) => name === 'registration')).toHaveLength(4);
  });
});

describe('the list of tools', () => {
  test('lets the administrator activate a tool, say what it is told, and delete it', async () => {
    await paste();
    const admin = await robotOf(practice, sample.admin);
    await admin.open(practice.lms.toolRegistrationUrl);
    await admin.submit('[data-tool="1"] form[data-activate]');
    await admin.submit('[data-tool="1"] form[data-settings]', { sharesName: null });
    expect(practice.lms.tools[0]).toMatchObject({ state: 'active', sharesName: false, sharesEmail: true });
    const activity = practice.lms.addActivity({ courseId: sample.physics.course, title: 'Test', toolId: '1' });
    const claims = claimsOf(await admin.launch(practice.lms.activityUrl(activity.id)));
    expect([claims['name'], claims['email']]).toEqual([undefined, 'admin@example.com']);
    await admin.open(practice.lms.toolRegistrationUrl);
    await admin.submit('[data-tool="1"] form[data-delete]');
    expect(practice.lms.tools).toEqual([]);
    expect((await admin.open(`${practice.url}/mod/lti/launch.php?id=${activity.cmid}`)).status).toBe(404);
    await paste();
    expect(practice.lms.tools[0]?.id).toBe('2');
  });

  test('a tool that waits is offered to no teacher, and launches all the same', async () => {
    await paste();
    const teacher = await robotOf(practice, sample.dilnoza);
    const course = `${practice.url}/courses/${sample.physics.course}`;
    expect((await teacher.open(course)).$('[data-add]')).toHaveLength(0);
    expect((await teacher.open(practice.lms.deepLinkUrl(sample.physics.course))).status).toBe(404);
    const activity = practice.lms.addActivity({ courseId: sample.physics.course, title: 'Test', toolId: '1' });
    expect((await launchAs(practice, sample.aziz, activity.id)).sub).toBe(sample.aziz);
    practice.lms.activateTool('1');
    expect((await teacher.open(course)).$('[data-add]')).toHaveLength(1);
  });

  test('is for the administrator, who is a teacher everywhere and in no roster', async () => {
    const teacher = await robotOf(practice, sample.dilnoza);
    expect((await teacher.open(practice.lms.toolRegistrationUrl)).status).toBe(404);
    expect((await teacher.open(`${practice.url}/admin/tools/registration?url=${practice.tool.url}`)).status).toBe(404);
    await paste();
    const activity = practice.lms.addActivity({ courseId: sample.history.course, title: 'Test', toolId: '1' });
    const claims = await launchAs(practice, sample.admin, activity.id);
    expect(claims[claim('roles')]).toEqual([
      'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator',
      'http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator',
      'http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor',
    ]);
  });

  test('takes no link that is none, and frames the site of the link alone', async () => {
    const admin = await robotOf(practice, sample.admin);
    await admin.open(practice.lms.toolRegistrationUrl);
    const refused = await admin.submit('#add-tool', { url: 'javascript:alert(1)' });
    expect([refused.status, refused.$('[data-refusal]').attr('data-refusal')]).toEqual([400, 'invite-malformed']);
    const { headers } = await admin.open(
      `${practice.url}/admin/tools/registration?url=${encodeURIComponent('https://tool.example/r')}`,
    );
    expect(headers.get('content-security-policy')).toContain("frame-src 'self' https://tool.example;");
  });
});
