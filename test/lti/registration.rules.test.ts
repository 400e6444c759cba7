// Our registration with a platform (obligations 118-122): what we say of ourselves, and what comes of it.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseOpenIdConfiguration } from '../../src/lti/openid-configuration-document.ts';
import type { OpenIdConfiguration } from '../../src/lti/openid-configuration-document.ts';
import type { RegistrationRequest } from '../../src/lti/registration.ts';
import { register } from '../../src/lti/registration.ts';
import { toolConfiguration } from '../../src/lti/tool-configuration.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, parseJson } from './fake-platform.ts';

const token = 'one-time-token';
const lti = 'https://purl.imsglobal.org/spec/lti-tool-configuration';
const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope';
const nrps = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly';
const document = z.record(z.string(), z.unknown());

const recorded = (name: string) => readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8');
const recordedRequest = document.parse(parseJson(recorded('registration-request')));
const recordedAnswer = z
  .object({ status: z.number(), body: document })
  .parse(parseJson(recorded('registration-response')));

function moodle(changed: Partial<OpenIdConfiguration> = {}): OpenIdConfiguration {
  const configuration = parseOpenIdConfiguration(recorded('openid-configuration'));
  if (!configuration) throw new Error('nothing recorded');
  return { ...configuration, ...changed };
}

function describeUs(changed: Partial<OpenIdConfiguration> = {}, publicUrl = 'https://tool.example') {
  const given = {
    publicUrl,
    name: 'Mustaqil',
    description: 'Quizzes',
    logoUrl: null,
    jwksUrl: `${publicUrl}/lti/jwks/set`,
    configuration: moodle(changed),
  };
  const body = toolConfiguration(given);
  return { body, tool: document.parse(body[lti]) };
}

describe('what we say of ourselves', () => {
  test('has every part of a registration that Moodle 5.1 accepted (lti.md 120)', () => {
    const { body, tool } = describeUs();
    expect(Object.keys(body)).toEqual(expect.arrayContaining(Object.keys(recordedRequest)));
    expect(Object.keys(tool)).toEqual(expect.arrayContaining(Object.keys(document.parse(recordedRequest[lti]))));
    for (const name of ['application_type', 'response_types', 'grant_types', 'token_endpoint_auth_method']) {
      expect(body[name]).toEqual(recordedRequest[name]);
    }
  });

  test('says where we are (lti.md 120)', () => {
    const { body, tool } = describeUs({}, 'https://tool.example:8443');
    expect(body).toMatchObject({
      initiate_login_uri: 'https://tool.example:8443/lti/login',
      redirect_uris: ['https://tool.example:8443/lti/launch'],
      jwks_uri: 'https://tool.example:8443/lti/jwks/set',
      client_uri: 'https://tool.example:8443',
    });
    expect(tool).toMatchObject({
      domain: 'tool.example:8443',
      target_link_uri: 'https://tool.example:8443/lti/launch',
    });
    expect(body).not.toHaveProperty('logo_uri');
  });

  test('asks for scopes that we use and the platform has, and for no e-mail address (lti.md 120, 121)', () => {
    expect(describeUs().body['scope']).toBe(`${ags}/lineitem ${ags}/result.readonly ${ags}/score ${nrps}`);
    expect(describeUs({ scopesSupported: ['openid', nrps] }).body['scope']).toBe(nrps);
    expect(describeUs({ scopesSupported: [] }).body['scope']).toBe('');
    expect(describeUs().tool['claims']).toEqual(['iss', 'sub', 'name', 'given_name', 'family_name']);
  });

  test('asks for the history of copied courses and the dates of a placement (lti.md 50)', () => {
    expect(describeUs().tool['custom_parameters']).toEqual({
      context_history: '$Context.id.history',
      resource_link_history: '$ResourceLink.id.history',
      available_start: '$ResourceLink.available.startDateTime',
      available_end: '$ResourceLink.available.endDateTime',
      submission_start: '$ResourceLink.submission.startDateTime',
      submission_end: '$ResourceLink.submission.endDateTime',
    });
  });

  test('offers submission review where it is listed or nothing is (lti.md 128)', () => {
    const kinds = (...messagesSupported: string[]) =>
      z
        .array(z.object({ type: z.string() }))
        .parse(describeUs({ messagesSupported }).tool['messages'])
        .map(({ type }) => type);
    const always = ['LtiDeepLinkingRequest', 'LtiResourceLinkRequest'];
    expect(kinds('LtiResourceLinkRequest')).toEqual(always);
    expect(kinds('LtiSubmissionReviewRequest')).toEqual([...always, 'LtiSubmissionReviewRequest']);
    expect(kinds()).toEqual([...always, 'LtiSubmissionReviewRequest']);
  });
});

async function send(answer: () => Response | Promise<Response>, changed: Partial<RegistrationRequest> = {}) {
  const sent: SentRequest[] = [];
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  const outcome = await register(fetch, {
    configuration: moodle(),
    configurationUrl: 'https://moodle.example/mod/lti/openid-configuration.php',
    confirmedHosts: [],
    registrationToken: token,
    body: { client_name: 'Mustaqil' },
    ...changed,
  });
  return { outcome, sent };
}

const accepted = () => Response.json(recordedAnswer.body, { status: recordedAnswer.status });

describe('a registration', () => {
  test('gives client id and deployment as Moodle 5.1 does (lti.md 120, 122)', async () => {
    const { outcome, sent } = await send(accepted);
    expect(outcome).toEqual({ ok: true, clientId: 'BBfhQjzyEZtqEuR', deploymentId: '1' });
    expect(sent[0]).toMatchObject({ url: moodle().registrationUrl, method: 'POST' });
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${token}`);
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(parseJson(sent[0]?.body)).toEqual({ client_name: 'Mustaqil' });
  });

  test('may come without a deployment, and go without a token (lti.md 116, 122)', async () => {
    const { outcome, sent } = await send(() => Response.json({ client_id: 10_000_000 }), { registrationToken: null });
    expect(outcome).toEqual({ ok: true, clientId: '10000000', deploymentId: null });
    expect(sent[0]?.headers.has('authorization')).toBe(false);
    const numbered = { client_id: 'a', [lti]: { deployment_id: 7 } };
    expect((await send(() => Response.json(numbered))).outcome).toMatchObject({ deploymentId: '7' });
    const empty = { client_id: 'a', [lti]: { deployment_id: '' } };
    expect((await send(() => Response.json(empty))).outcome).toMatchObject({ ok: true, deploymentId: null });
  });

  test('and its token go to no other host than the configuration’s, unless that was confirmed (lti.md 71, 119)', async () => {
    const configuration = moodle({ registrationUrl: 'https://other.example/register' });
    const { outcome, sent } = await send(accepted, { configuration });
    expect(outcome).toEqual({
      ok: false,
      code: 'registration-refused',
      status: null,
      detail: 'not confirmed: other.example',
    });
    expect(sent).toEqual([]);
    expect((await send(accepted, { configuration, confirmedHosts: ['example'] })).sent).toEqual([]);
    expect((await send(accepted, { configuration, confirmedHosts: ['other.example'] })).outcome).toMatchObject({
      ok: true,
    });
  });

  const failures: [string, () => Response | Promise<Response>, Record<string, unknown>][] = [
    [
      'is refused in plain words, as Moodle 5.1 does it',
      () => new Response('domain_targetlinkuri_mismatch', { status: 400, headers: { 'content-type': 'text/html' } }),
      { code: 'registration-refused', status: 400, detail: 'domain_targetlinkuri_mismatch' },
    ],
    [
      'is refused in JSON',
      () => Response.json({ errors: ['No'] }, { status: 422 }),
      { code: 'registration-refused', status: 422, detail: '{"errors":["No"]}' },
    ],
    ['meets an outage', () => new Response('', { status: 503 }), { code: 'registration-unreachable', status: 503 }],
    [
      'meets no connection',
      () => {
        throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      },
      { code: 'registration-unreachable', status: null, detail: 'network: ECONNREFUSED' },
    ],
    [
      'meets a private address',
      () => {
        throw new TypeError('fetch failed', { cause: { code: 'ADDRESS_REFUSED', message: 'x is no public address' } });
      },
      { code: 'registration-refused', status: null, detail: 'address-refused: x is no public address' },
    ],
    [
      'meets a redirect',
      () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }),
      { code: 'registration-refused', status: 307 },
    ],
    [
      'is answered with HTML',
      () => new Response('<html>Thank you</html>'),
      { code: 'registration-malformed', status: 200, detail: '<html>Thank you</html>' },
    ],
    [
      'is answered without a client id',
      () => Response.json({ client_id: '' }),
      { code: 'registration-malformed', status: 200 },
    ],
    [
      'is answered with 50 MB',
      () => new Response(' '.repeat(50 * 1024 * 1024)),
      { code: 'registration-malformed', status: 200, detail: 'too-large: more than 262144 bytes' },
    ],
  ];
  test.each(failures)('that %s has failed, and says how (lti.md 124)', async (_, answer, expected) => {
    const { outcome, sent } = await send(answer);
    expect(outcome).toMatchObject({ ok: false, ...expected });
    expect(sent).toHaveLength(1);
  });

  test('that hangs is given up', async () => {
    const { outcome } = await send(() => new Promise<Response>(() => {}), { timeoutMs: 5 });
    expect(outcome).toMatchObject({ ok: false, code: 'registration-unreachable', status: null });
  });

  test('never shows the token in the platform’s words', async () => {
    const { outcome } = await send(() => new Response(`bad ${token}\u0007 ${'x'.repeat(400)}`, { status: 400 }));
    expect(!outcome.ok && outcome.detail).toBe(`bad [secret] ${'x'.repeat(287)}`);
  });
});
