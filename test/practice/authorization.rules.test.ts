import { describe, expect, test } from '@jest/globals';
import { authorize, readAuthorization } from '../../src/practice/authorization.ts';

const known = {
  isLaunchKnown: true,
  clientId: 'client',
  personId: '4',
  redirectUris: ['https://tool.example/launch'],
};
const right = {
  scope: 'openid',
  response_type: 'id_token',
  client_id: 'client',
  redirect_uri: 'https://tool.example/launch',
  login_hint: '4',
  lti_message_hint: '{"cmid":2,"launchid":"ltilaunch1_5"}',
  response_mode: 'form_post',
  nonce: 'n',
};

function outcomeOf(changes: Record<string, string>, knownOtherwise: Partial<typeof known> = {}) {
  const asked = readAuthorization(new URLSearchParams({ ...right, ...changes }).toString());
  return authorize(asked, { ...known, ...knownOtherwise });
}

describe('the authorization endpoint', () => {
  test.each([{}, { prompt: 'none' }, { prompt: '' }])('grants what is right, with %j', (changes) => {
    expect(outcomeOf(changes as Record<string, string>)).toEqual({ kind: 'grant' });
  });

  test.each([
    { scope: '' },
    { scope: 'openid profile' },
    { response_type: 'code' },
    { client_id: '' },
    { redirect_uri: 'https://evil.example/launch' },
    { redirect_uri: 'https://tool.example/launch/' },
    { login_hint: '' },
    { nonce: '' },
    { lti_message_hint: '' },
    { lti_message_hint: 'not JSON' },
    { lti_message_hint: '{"cmid":2}' },
    { lti_message_hint: '{"launchid":7}' },
    { lti_message_hint: 'null' },
  ])('shows a page, and posts nothing anywhere, for %j', (changes) => {
    expect(outcomeOf(changes as Record<string, string>)).toEqual({ kind: 'page' });
  });

  test('shows a page for a launch it does not know', () => {
    expect(outcomeOf({}, { isLaunchKnown: false })).toEqual({ kind: 'page' });
  });

  test.each([
    [{ client_id: 'another' }, { error: 'unauthorized_client' }],
    [{ login_hint: '5' }, { error: 'access_denied' }],
    [{ response_mode: '' }, { error: 'invalid_request', error_description: 'Missing response_mode' }],
    [{ response_mode: 'query' }, { error: 'invalid_request', error_description: 'Invalid response_mode' }],
    [{ prompt: 'login' }, { error: 'invalid_request', error_description: 'Invalid prompt' }],
  ])('tells the tool about %j', (changes, fields) => {
    expect(outcomeOf(changes as Record<string, string>)).toEqual({ kind: 'error', fields });
  });
});
