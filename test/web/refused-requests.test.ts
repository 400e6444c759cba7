// What is not there, not a number, not readable or too large ends on a page, and never in a fault.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
let dilnoza: Robot;
let aziz: Robot;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  dilnoza = await publish(mustaqil);
  aziz = await openQuiz(mustaqil);
  await aziz.submit('form[action$="/attempts"]');
});
afterAll(() => mustaqil.stop());

const open = (path: string, as?: Robot) => ask(`${mustaqil.url}${path}`, { ...(as && { as }) });

describe('there is nothing', () => {
  test.each(['/index.html', '/attempts', '/lti', '/lti/token', '/.env', '/package.json', '/%2e%2e/package.json'])(
    'at %s',
    async (path) => {
      expectRefusal(await open(path), [404, 'not-found']);
      expectRefusal(await open(path, aziz), [404, 'not-found']);
    },
  );

  const noIds = [
    '0',
    '-1',
    '1.5',
    'abc',
    '1;drop',
    '%00',
    '%20',
    'NaN',
    'Infinity',
    '9007199254740991',
    '9'.repeat(40),
  ];
  test.each(noIds)('under the id %s', async (id) => {
    for (const path of [`/attempts/${id}`, `/attempts/${id}/submission`, `/placements/${id}/attempts`]) {
      expectRefusal(await open(path, aziz), [404, 'not-found']);
    }
    for (const path of [`/courses/${id}`, `/placements/${id}/quiz`, `/placements/${id}/results`]) {
      expectRefusal(await open(path, dilnoza), [404, 'not-found']);
    }
  });
});

test('an address that cannot be decoded is unreadable, not a fault', async () => {
  expectRefusal(await open('/attempts/%E0%A4%A', aziz), [400, 'unreadable']);
});

test('what is somebody else’s looks like what is not there', async () => {
  const mallory = await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
  const { pathname } = new URL(aziz.page.url);
  const [theirs, nobodys] = [await open(pathname, mallory), await open('/attempts/999999', mallory)];
  expectRefusal(theirs, [404, 'not-found']);
  const words = ({ $ }: typeof theirs) =>
    $('main')
      .text()
      .replace(/Request [\w-]+/, '');
  expect(words(theirs)).toBe(words(nobodys));
});

describe('a form that is too large is refused with 413 and changes nothing', () => {
  const tooMuch = 'x'.repeat(2 * 1024 * 1024 + 1);
  const upload = (name: string, value: string | Blob) => {
    const body = new FormData();
    body.set(name, value);
    return body;
  };
  test.each([
    ['a text of more than 2 MB', () => ({ form: { source: tooMuch } })],
    ['a text of more than 2 MB beside a file', () => ({ body: upload('source', tooMuch) })],
    ['a file of more than 2 MB', () => ({ body: upload('file', new Blob([tooMuch])) })],
    ['more than 5000 fields', () => ({ form: Array.from({ length: 5_001 }, (): [string, string] => ['q', '1']) })],
  ])('%s', async (_, question) => {
    const { href } = new URL('quiz', dilnoza.page.url);
    const before = await allRows(mustaqil.db);
    expectRefusal(await ask(href, { ...question(), as: dilnoza }), [413, 'too-large']);
    expect(await allRows(mustaqil.db)).toEqual(before);
  });

  test('exactly the largest form is taken', async () => {
    const token = dilnoza.page.$('input[name="_csrf"]').attr('value') ?? '';
    const start = `_csrf=${token}&source=`;
    const body = start + 'x'.repeat(2 * 1024 * 1024 - start.length);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { href } = new URL('quiz', dilnoza.page.url);
    expect((await ask(href, { body, headers, as: dilnoza })).status).toBe(303);
  });
});

describe('a body that is not what it says is unreadable, not a fault', () => {
  test.each([
    ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=x', '--x\r\nno end'],
    ['application/x-www-form-urlencoded; charset=klingon', 'a=1'],
  ])('%s', async (type, body) => {
    const page = await ask(`${mustaqil.url}/person/language`, { body, headers: { 'content-type': type }, as: aziz });
    expect([400, 415]).toContain(page.status);
    expectRefusal(page, [page.status, 'unreadable']);
  });
});

test('a script that asks for JSON is refused in JSON', async () => {
  const { status, html } = await ask(`${mustaqil.url}/attempts/1`, { headers: { accept: 'application/json' } });
  expect([status, JSON.parse(html)]).toEqual([401, { code: 'signed-out', message: 'You are no longer signed in' }]);
});

test('the wrong side of a course is told whose page it is', async () => {
  const placement = dilnoza.page.url.replace(/\/quiz$/, '');
  expectRefusal(await ask(`${placement}/results`, { as: aziz }), [403, 'instructor-only']);
  expectRefusal(await ask(`${placement}/attempts`, { as: dilnoza }), [403, 'learner-only']);
});
