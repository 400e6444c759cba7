// Whatever is sent to whichever route, by whoever: it is answered, and never by a fault. The routes are asked of the application.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Robot } from '../../src/practice/robot.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openQuiz, publish } from '../support/people.ts';
import { routesOf, type AppRoute } from '../support/routes.ts';
import { keysOf, type Keys } from '../support/universities.ts';

let mustaqil: TestMustaqil;
let people: Record<string, Robot | undefined>;
let keys: Keys;
let routes: AppRoute[];
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const teacher = await publish(mustaqil);
  const student = await openQuiz(mustaqil);
  await answer(student, { capital: 'Osh' });
  people = { student, teacher, nobody: undefined };
  const [attemptId = ''] = /\d+(?=\/submission)/.exec(student.page.url) ?? [];
  keys = { ...(await keysOf(mustaqil.db, mustaqil)), attemptId };
  // Who signs out is asked nothing more.
  routes = routesOf(bareApplication(mustaqil.db)).filter(({ path }) => path !== '/session/removal');
});
afterAll(() => mustaqil.stop());

const odd = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1',
    '2',
    '1e309',
    'NaN',
    '١',
    '\u0000',
    'a\u0000b',
    '\ufeff',
    '\u202e',
    'null',
    '[]',
    '{"a":1}',
  ),
  fc.constantFrom(
    'q0',
    'q1',
    'on',
    'yes',
    'uz',
    'numeric',
    '__proto__',
    'constructor',
    '2026-02-30',
    '2026-11-26T25:00',
    '%',
  ),
  fc.constantFrom(
    '9'.repeat(400),
    'x'.repeat(70_000),
    '9007199254740993',
    '2147483648',
    '0.1',
    '1/0',
    "' or 1=1 --",
    '<b>',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** Names that forms of ours have, and others. */
const fieldName = fc.oneof(
  fc.constantFrom('question', 'q0', 'q1', 'title', 'source', 'text', 'language', 'address', 'points', 'reason', 'key'),
  fc.constantFrom(
    'personId',
    'quiz',
    'line',
    'percent',
    'until',
    'minutes',
    'type',
    'note',
    'outcomes',
    'done',
    'state',
  ),
  fc.constantFrom(
    'sealed',
    'id_token',
    'iss',
    'login_hint',
    'target_link_uri',
    'chosen',
    'content',
    'policy',
    'planId',
  ),
  fc.constantFrom('questions[]', 'a[b]', '__proto__', 'toString'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const sent = fc.record({
  place: fc.nat(),
  who: fc.constantFrom('student', 'teacher', 'nobody'),
  /** Where a parameter is not one of ours. */
  strange: fc.option(
    odd.filter((text) => text.length < 2_000),
    { freq: 3 },
  ),
  fields: fc.array(fc.tuple(fieldName, odd), { maxLength: 6 }),
  query: fc.array(
    fc.tuple(
      fieldName,
      odd.filter((text) => text.length < 2_000),
    ),
    { maxLength: 3 },
  ),
});

/** Sends so many requests, each with a note besides; each is answered, and not by a fault. */
function sendMany(count: number, note = ''): Promise<void> {
  return fc.assert(
    fc.asyncProperty(sent, async ({ place, who, strange, fields, query }) => {
      const { method, path } = routes[place % routes.length] ?? { method: 'get', path: '/' };
      const filled = path.replace(/[:*](\w+)/g, (_, name: string) => encodeURIComponent(strange ?? keys[name] ?? '1'));
      const robot = people[who];
      const token = robot?.page.$('input[name="_csrf"]').attr('value') ?? '';
      const address = `${mustaqil.url}${filled}?${new URLSearchParams(query).toString()}`;
      const isForm = !['get', 'head'].includes(method);
      const { status, html } = await ask(address, {
        ...(robot && { as: robot }),
        ...(isForm && { form: [...fields, ['note', note]], headers: { 'x-csrf-token': token } }),
      });
      if (status >= 500)
        throw new Error(
          `${method} ${filled}: ${status}\n${mustaqil.log.filter((line) => line.includes('"level":50')).at(-1)}`,
        );
      expect(html).not.toMatch(/node_modules|\n\s+at /);
    }),
    { numRuns: count, includeErrorInReport: true },
  );
}

test('any request to any route, with any fields and keys, is answered without a fault', async () => {
  await sendMany(1500);
});

test('nothing of what anybody sends stays in memory once it is answered', async () => {
  const megabytes: number[] = [];
  for (let round = 0; round < 3; round++) {
    await sendMany(300, 'n'.repeat(8_000));
    mustaqil.log.length = 0;
    collectGarbage();
    megabytes.push(process.memoryUsage().heapUsed / 2 ** 20);
  }
  const [first = 0, , last = 0] = megabytes;
  // The forms alone that came after the first round had twice as much in them.
  expect(last - first).toBeLessThan(1.5);
});

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
