// Obligation 10: TLS everywhere, but for a developer's own machine.
import { describe, expect, test } from '@jest/globals';
import { isAllowedEndpoint } from '../../src/lti/endpoints.ts';

describe('an endpoint of a platform', () => {
  test.each([
    ['https://lms.example/token', true, true],
    ['https://lms.example:8443/token?x=1', true, true],
    ['http://localhost:3001/token', true, false],
    ['http://lms.localhost/token', true, false],
    ['http://127.0.0.1/token', true, false],
    ['http://127.8.9.10/token', true, false],
    ['http://2130706433/token', true, false],
    ['http://[::1]:3001/token', true, false],
    ['http://lms.example/token', false, false],
    ['http://localhost.evil.example/', false, false],
    ['http://notlocalhost/', false, false],
    ['http://127.0.0.1.evil.example/', false, false],
    ['http://10.0.0.1/', false, false],
    ['http://[::2]/', false, false],
    ['https://user:password@lms.example/', false, false],
    ['http://lms.example@localhost/', false, false],
    ['ftp://lms.example/', false, false],
    ['javascript:alert(1)', false, false],
    ['//lms.example/token', false, false],
    ['', false, false],
  ])('%s: allowed %p under development, %p in public', (url, underDevelopment, inPublic) => {
    expect(isAllowedEndpoint(url, { allowHttpLoopback: true })).toBe(underDevelopment);
    expect(isAllowedEndpoint(url, { allowHttpLoopback: false })).toBe(inPublic);
  });
});
