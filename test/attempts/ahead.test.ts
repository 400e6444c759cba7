// What the page of an attempt runs is fetched before it is needed: on the page from which it is opened, and as it opens, for later there
// may be no network.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RobotPage } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz } from '../support/people.ts';
import { newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const script = /^\/assets\/[\w-]+\.js\?/;

/** The scripts that a page runs, or gives to one that it runs by an address in an attribute. */
function scriptsOf({ $ }: RobotPage): string[] {
  const named = $('body :not(link)')
    .toArray()
    .flatMap((element) => Object.values($(element).attr() ?? {}))
    .filter((value) => script.test(value));
  return [...new Set(named)].sort();
}

function aheadOn({ $ }: RobotPage): string[] {
  const links = $('link[rel=modulepreload]').toArray();
  return links.map((link) => $(link).attr('href') ?? '');
}

test.each<[string, Record<string, string>]>([
  ['no limit', {}],
  ['a limit', { timeLimitMinutes: '30' }],
])('Of an attempt with %s every script is there before its page is opened', async (_what, settings) => {
  const activity = await newQuiz(mustaqil, { settings });
  const aziz = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Aziz'), activity });
  const before = { run: scriptsOf(aziz.page), ahead: aheadOn(aziz.page) };
  await aziz.submit('form[action$="/attempts"]');
  const needed = scriptsOf(aziz.page);
  expect(needed.length).toBeGreaterThan(5);
  expect([...new Set([...before.run, ...before.ahead])].sort()).toEqual(expect.arrayContaining(needed));
  // And nothing that it does not need.
  expect(needed).toEqual(expect.arrayContaining(before.ahead));
  expect(aheadOn(aziz.page)).toEqual(before.ahead);
  await aziz.submit('#attempt .bar button.primary');
  expect(aheadOn(aziz.page)).toEqual(before.ahead);
});
