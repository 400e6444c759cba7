// Without a mouse, on a small screen: a student answers and hands in, and always sees where the focus is.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';

const source = `::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh ~Naryn}

::Primes::Which are primes? {~%50%Two ~%50%Three ~%-100%Four}

::Sum::2 + 3 {#5}

::Inertia::Why does the passenger fall? {}

::Rivers::Which river flows past Osh? {=Ak-Buura ~Chu ~Talas}
`;
let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  await publish(mustaqil, { source, settings: { timeLimitMinutes: '60' } });
});
afterAll(() => mustaqil.stop());

test('a quiz with a time limit is answered and handed in by keys alone, and the bar never hides what has the focus, whatever it has to say', async () => {
  const page = await signIn(mustaqil, sample.aziz, { viewport: { width: 320, height: 640 } });
  const quiz = await openInWindow(page, mustaqil);
  const { keyboard } = quiz;
  await tabTo(quiz, 'Start');
  await keyboard.press('Enter');
  await quiz.locator('#attempt').waitFor();

  await tabTo(quiz, 'Bishkek', 'Osh', 'Naryn');
  await keyboard.press('ArrowDown');
  await expectFocusInSight(quiz);
  const chosen = await focusedText(quiz);
  await tabTo(quiz, 'Two');
  await page.context().setOffline(true);
  await keyboard.press('Space');
  await quiz.getByText('No internet since').waitFor();
  await tabTo(quiz, 'Go on to hand in');
  await quiz.getByText('2 of 5 answered').waitFor();
  await page.context().setOffline(false);
  await quiz.getByText('All answers are saved.').waitFor();

  await keyboard.press('Shift+Tab');
  await expectFocusInSight(quiz);
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await quiz.getByText('3 questions are not answered:').waitFor();
  await tabTo(quiz, 'Hand in');
  await keyboard.press('Enter');
  await quiz.getByRole('heading', { name: 'Your answers' }).waitFor();
  expect(['Bishkek', 'Osh', 'Naryn']).toContain(chosen);
  await page.context().close();
});

/** Presses Tab until something with one of these names has the focus; all on the way must be in sight. */
async function tabTo(page: Page, ...names: string[]) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    await expectFocusInSight(page);
    if (names.includes(await focusedText(page))) return;
  }
  throw new Error(`Tab never reached ${names.join(', ')}`);
}

/** What the focused control is called. */
function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return (focused?.closest('label') ?? focused)?.textContent.trim() ?? '';
  });
}

/** The focused control, with its label, is in the window, and no part of it is behind the bar. */
async function expectFocusInSight(page: Page) {
  const found = await page.evaluate(() => {
    const focused = document.activeElement;
    // After the last control the focus goes round by the browser's own.
    if (!focused || focused === document.body) return { name: '', isInWindow: true, isBehindBar: false };
    const shown = focused.closest('label') ?? focused;
    const { top, bottom } = shown.getBoundingClientRect();
    const bar = document.querySelector('.bar');
    const over =
      bar && !bar.contains(focused) ? bar.getBoundingClientRect() : { top: innerHeight, bottom: innerHeight };
    return {
      name: shown.textContent.trim(),
      isInWindow: top < innerHeight && bottom > 0,
      isBehindBar: top < over.bottom && bottom > over.top,
    };
  });
  expect(found).toEqual({ name: found.name, isInWindow: true, isBehindBar: false });
}
