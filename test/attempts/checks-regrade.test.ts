// A corrected key counts for tries that were made by the old one: they are marked anew, one after the other.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answering, boxOf, check, handInAll, scoreOf } from '../support/checks.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { publish } from '../support/people.ts';
import { acceptButton, accept, openRegrade, preview, rightKey } from '../support/regrade.ts';
import { newQuiz } from '../support/school.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const capital = 'capital of Kyrgyzstan';
const wrongKey = rightKey.replace('=Bishkek ~Osh', '~Bishkek =Osh');

test.each([
  // The first try was right after all.
  ['several-tries', ['Bishkek', 'Osh'], '0.67', '1 of 2 points'],
  ['adaptive', ['Bishkek', 'Osh'], '0.67', '1 of 2 points'],
  ['immediate', ['Bishkek'], '0', '1 of 2 points'],
  // What was right is wrong now, and nothing followed.
  ['immediate', ['Osh'], '1', '0 of 2 points'],
] as const)('In the behaviour %s, %p made %s points, and makes %s', async (behaviour, tries, before, after) => {
  const activity = await newQuiz(mustaqil, { source: wrongKey, settings: { behaviour } });
  const ada = await answering(mustaqil, activity);
  const attempt = ada.page.url;
  for (const name of tries) await check(ada, capital, { [capital]: name });
  expect(boxOf(ada.page, capital)).toContain(`${before} / 1`);
  await handInAll(ada);
  expect(scoreOf(ada.page)).toBe(`${before} of 2 points`);

  await publish(mustaqil, { activity, source: rightKey, settings: { behaviour } });
  const dilnoza = await openRegrade(mustaqil, activity);
  await preview(dilnoza, 'key', { mayLower: 'yes' });
  expect(dilnoza.page.$(acceptButton)).toHaveLength(1);
  await accept(dilnoza);
  await ada.open(attempt);
  expect(scoreOf(ada.page)).toBe(after);
});
