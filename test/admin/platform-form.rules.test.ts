// What an administrator may type about an LMS.
import { describe, expect, test } from '@jest/globals';
import { readPlatform, typedFields } from '../../src/platforms/admin-platform-form.ts';

const right = {
  name: 'Samarqand davlat universiteti',
  issuer: 'https://lms.example.uz',
  clientId: 'a1B2',
  deploymentId: '1',
  authorizationUrl: 'https://lms.example.uz/mod/lti/auth.php',
  tokenUrl: 'https://lms.example.uz/mod/lti/token.php',
  jwksUrl: 'https://lms.example.uz/mod/lti/certs.php',
  tokenAudience: '',
};
const read = (given: Record<string, unknown>, allowHttpLoopback = false) =>
  readPlatform(typedFields({ ...right, ...given }), { allowHttpLoopback });

describe('an LMS is known', () => {
  test('with the token address for audience where none was typed', () => {
    expect(read({})).toEqual({ ok: true, details: { ...right, tokenAudience: right.tokenUrl } });
  });

  test('without a deployment, which its first launch names', () => {
    expect(read({ deploymentId: ' ', tokenAudience: 'https://api.example/token' })).toMatchObject({
      details: { deploymentId: null, tokenAudience: 'https://api.example/token' },
    });
  });

  test('with spaces around and characters that cannot be kept taken away', () => {
    expect(read({ clientId: '  a1\0B2\n' })).toMatchObject({ details: { clientId: 'a1B2' } });
  });

  test('on this machine without https, where that is allowed', () => {
    const endpoints = ['issuer', 'authorizationUrl', 'tokenUrl', 'jwksUrl'].map((field) => [
      field,
      'http://127.0.0.1/x',
    ]);
    const loopback = Object.fromEntries(endpoints) as Record<string, string>;
    expect(read(loopback, true).ok).toBe(true);
    expect(read(loopback, false).ok).toBe(false);
  });
});

describe('a field is complained about', () => {
  test.each([
    ['name', '', 'missing'],
    ['name', 'x'.repeat(256), 'too-long'],
    ['issuer', '', 'missing'],
    ['issuer', 'lms.example.uz', 'not-an-address'],
    ['clientId', ' \n', 'missing'],
    ['deploymentId', 'x'.repeat(256), 'too-long'],
    ['authorizationUrl', 'javascript:alert(1)', 'not-an-address'],
    ['tokenUrl', 'http://lms.example.uz/token', 'not-allowed'],
    ['tokenUrl', 'https://me:secret@lms.example.uz/token', 'not-allowed'],
    ['jwksUrl', 'http://169.254.169.254/latest/meta-data', 'not-allowed'],
    ['jwksUrl', 'https://', 'not-an-address'],
  ])('%s: %j is %s', (field, value, problem) => {
    expect(read({ [field]: value })).toEqual({ ok: false, problems: { [field]: problem } });
  });

  test('each of its own, all at once', () => {
    expect(readPlatform(typedFields(null), { allowHttpLoopback: false })).toEqual({
      ok: false,
      problems: Object.fromEntries(
        ['name', 'issuer', 'clientId', 'authorizationUrl', 'tokenUrl', 'jwksUrl'].map((field) => [field, 'missing']),
      ),
    });
  });

  test('and a field that came twice, or as something else than text, is an empty one', () => {
    expect(typedFields({ name: ['a', 'b'], issuer: { a: 1 } })).toMatchObject({ name: '', issuer: '' });
  });
});
