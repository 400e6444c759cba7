// What browsers are told about our pages: run only our files, and stand only in frames of the reader's own LMS.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { savePlatform } from '../../src/platforms/platform.store.ts';
import type { RobotPage } from '../../src/practice/robot.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openQuiz, publish } from '../support/people.ts';

let mustaqil: TestMustaqil;
let pages: RobotPage[];
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const { db, lms, clock } = mustaqil;
  const elsewhere = {
    ...lms.registration,
    issuer: 'https://elsewhere.example',
    authorizationUrl: 'https://sso.elsewhere.example/auth',
    tokenAudience: 'x',
  };
  await savePlatform(db, elsewhere, { sealingKey: testKeys.toolKeys, now: clock.now() });

  const dilnoza = await publish(mustaqil);
  pages = [dilnoza.page, await dilnoza.click('a[href$="/quiz/edit"]'), await dilnoza.click('.crumb a')];
  const aziz = await openQuiz(mustaqil);
  pages.push(aziz.page);
  await answer(aziz, { capital: 'Osh' });
  pages.push(aziz.page);
  await handIn(aziz);
  pages.push(aziz.page, await aziz.open('/no-such-page'));
});
afterAll(() => mustaqil.stop());

function policyOf({ headers }: { headers: Headers }): Record<string, string[]> {
  const directives = (headers.get('content-security-policy') ?? '').split('; ').map((text) => text.split(' '));
  return Object.fromEntries(directives.map(([name = '', ...values]) => [name, values]));
}

test('every page of a signed-in person may be framed by their LMS and by us, and by nobody else', () => {
  expect(pages.map(policyOf)).toEqual(
    pages.map(() => ({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'font-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'media-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'", mustaqil.lmsUrl],
      'frame-ancestors': ["'self'", mustaqil.lmsUrl],
    })),
  );
});

test('before sign-in only we may frame ourselves, except for a login of an LMS that is known', async () => {
  for (const path of ['/', '/attempts/1', '/lti/launch', '/lti/login?iss=https://evil.example']) {
    expect(policyOf(await ask(`${mustaqil.url}${path}`))['frame-ancestors']).toEqual(["'self'"]);
  }
  const login = { iss: 'https://elsewhere.example', login_hint: '4', target_link_uri: mustaqil.url };
  const { 'frame-ancestors': ancestors } = policyOf(await ask(`${mustaqil.url}/lti/login`, { form: login }));
  expect(ancestors).toEqual(["'self'", 'https://elsewhere.example', 'https://sso.elsewhere.example']);
});

test('no page has anything in it that the policy would stop: no script, style or handler inside the HTML', () => {
  for (const { $ } of pages) {
    expect($('script:not([src]), style, [style], base, object, embed').length).toBe(0);
    const attributes = $('*')
      .toArray()
      .flatMap((element) => ('attribs' in element ? Object.keys(element.attribs) : []));
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
    for (const script of $('script').toArray()) expect(script.attribs['src']).toMatch(/^\/assets\//);
  }
});

describe('headers of every answer', () => {
  test('say what kind it is, tell nobody where we are, and are kept by no cache', () => {
    for (const { headers } of pages) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-frame-options')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('hold browsers to https where we are on https, and only there', async () => {
    const strict = async (env: Record<string, string>) =>
      (await request(bareApplication(mustaqil.db, env)).get('/')).headers['strict-transport-security'] as unknown;
    expect(await strict({ PUBLIC_URL: 'https://tool.example' })).toMatch(/^max-age=\d{7,}/);
    expect(await strict({})).toBeUndefined();
  });

  test('number each request, differently', () => {
    const ids = pages.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(pages.length);
  });
});

test('files of ours are kept for a year under an address that changes with them', async () => {
  const style = pages[0]?.$('link[rel="stylesheet"]').attr('href') ?? '';
  const { status, headers } = await ask(`${mustaqil.url}${style}`);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(style).toMatch(/^\/assets\/style\.css\?[\w-]{10}$/);
});

test('no file outside the public folder is given out', async () => {
  for (const path of [
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/..%2fpackage.json',
    '/assets/',
  ]) {
    expect((await ask(`${mustaqil.url}${path}`)).status).toBeGreaterThanOrEqual(400);
  }
});
