// No other site can post in a person's name, whatever it posts to.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Robot } from '../../src/practice/robot.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openQuiz, publish } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';
import { routesOf } from '../support/routes.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
let dilnoza: Robot;
let aziz: Robot;
/** Paths of everything that changes something, with Aziz's open attempt and its placement in them. */
let paths: string[];
beforeAll(async () => {
  mustaqil = await startMustaqil();
  dilnoza = await publish(mustaqil);
  aziz = await openQuiz(mustaqil);
  await answer(aziz, { capital: 'Bishkek' });
  const [attemptId = '', placementId = ''] = [aziz.page.url, dilnoza.page.url].map(
    (url) => /\d+(?=\/[a-z]+$)/.exec(url)?.[0],
  );
  paths = routesOf(bareApplication(mustaqil.db))
    // LTI messages come from other sites; the administrator's forms have tokens of their own (test/admin); whoever signs in has none
    // yet, and is known by what was sealed or said once (test/launch/classroom).
    .filter(
      ({ method, path }) =>
        !['get', 'head'].includes(method) && !/^\/(lti|admin|classroom\/(sign-ins|sessions))\b/.test(path),
    )
    // A journal is taken by its seal, whoever is signed in: only the page of that attempt can have made it (below, and
    // test/attempts/journal.test.ts).
    .filter(({ path }) => path !== '/attempts/:attemptId/journal')
    .map(({ path }) =>
      path.replace(':attemptId', attemptId).replace(':placementId', placementId).replace(/:\w+/g, '1'),
    );
});
afterAll(() => mustaqil.stop());

/** Posts to every path, and expects each refused and nothing changed. */
async function expectAllRefused(question: Parameters<typeof ask>[1], refusal: [status: number, code: string]) {
  const before = await allRows(mustaqil.db);
  for (const path of paths)
    expectRefusal(await ask(`${mustaqil.url}${path}`, { method: 'POST', ...question }), refusal);
  expect(await allRows(mustaqil.db)).toEqual(before);
}

const fields = { title: 'Stolen', source: '1 {T}', language: 'uz', question: 'q0', q0: '1' };
const tokenOf = (robot: Robot) => robot.page.$('input[name="_csrf"]').attr('value') ?? '';

test('there are routes that change something', () => {
  expect(paths.length).toBeGreaterThanOrEqual(7);
  expect(paths.join(' ')).not.toContain(':');
});

describe('every route that changes something refuses', () => {
  test('the teacher without a token', async () => {
    await expectAllRefused({ form: fields, as: dilnoza }, [403, 'form-expired']);
  });

  test('the student with an empty token, a wrong one, or two', async () => {
    await expectAllRefused({ form: { ...fields, _csrf: '' }, as: aziz }, [403, 'form-expired']);
    await expectAllRefused({ form: { ...fields, _csrf: `${tokenOf(aziz)}x` }, as: aziz }, [403, 'form-expired']);
    const twice: [string, string][] = [tokenOf(aziz), tokenOf(aziz)].map((token) => ['_csrf', token]);
    await expectAllRefused({ form: twice, as: aziz }, [403, 'form-expired']);
  });

  test('the student with the token of the teacher', async () => {
    await expectAllRefused({ form: { ...fields, _csrf: tokenOf(dilnoza) }, as: aziz }, [403, 'form-expired']);
    await expectAllRefused({ headers: { 'x-csrf-token': tokenOf(dilnoza) }, as: aziz }, [403, 'form-expired']);
  });

  test('the token in the address instead of the form', async () => {
    const before = await allRows(mustaqil.db);
    for (const path of paths) {
      const address = `${mustaqil.url}${path}?_csrf=${tokenOf(aziz)}`;
      expectRefusal(await ask(address, { form: fields, as: aziz }), [403, 'form-expired']);
    }
    expect(await allRows(mustaqil.db)).toEqual(before);
  });

  test('a file upload, and a body in a language we do not read', async () => {
    const upload = new FormData();
    upload.set('source', '1 {T}');
    await expectAllRefused({ body: upload, as: dilnoza }, [403, 'form-expired']);
    const json = JSON.stringify({ ...fields, _csrf: tokenOf(aziz) });
    const headers = { 'content-type': 'application/json' };
    await expectAllRefused({ body: json, headers, as: aziz }, [403, 'form-expired']);
  });

  test('whoever is not signed in', async () => {
    await expectAllRefused({ form: { ...fields, _csrf: tokenOf(aziz) } }, [401, 'signed-out']);
  });
});

test('a journal without its seal changes nothing, whatever token comes with it', async () => {
  const before = await allRows(mustaqil.db);
  const address = aziz.page.url.replace('/submission', '/journal');
  for (const robot of [aziz, dilnoza]) {
    const forged = { ...fields, sealed: 'x', _csrf: tokenOf(robot) };
    expectRefusal(await ask(address, { form: forged, as: robot }), [422, 'seal-unknown']);
  }
  expect(await allRows(mustaqil.db)).toEqual(before);
});

test('a script on our own page sends its token in a header', async () => {
  const headers = { 'x-csrf-token': tokenOf(aziz) };
  const address = aziz.page.url.replace('/submission', '/answers');
  const saved = await ask(address, { form: { question: 'q0' }, headers, as: aziz });
  expect([saved.status, saved.headers.get('location')]).toEqual([303, new URL(aziz.page.url).pathname]);
});
