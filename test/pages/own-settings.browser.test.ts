// Every page, for those who have set their device otherwise: larger letters, or wider apart; colours of their own, a stronger contrast,
// nothing that moves. In the language whose words are the longest.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { violationsIn } from '../support/accessibility.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { openSchool, type SchoolOfPages } from './every-page.ts';
import { lookAt } from './examine.ts';
import { lostLetters, spacing } from './letters.ts';
import { marks, moving, unseenControls, untold } from './sight.ts';
import { longestLanguage as language, lookAround, turnTo } from './tabs.ts';

let mustaqil: MustaqilInChromium;
let school: SchoolOfPages;
beforeAll(async () => {
  mustaqil = await startInChromium();
  school = await openSchool(mustaqil);
});
afterAll(async () => {
  await school.stop();
  await mustaqil.stop();
});

test('whoever sets letters twice as large, or moves them apart, reads all of them, one below the other', async () => {
  await lookAround({ mustaqil, school, language }, async (tab, { address }) => {
    await tab.goto(address);
    const found: string[] = [];
    for (const [width, setting] of [
      [640, ':root { font-size: 200% !important; }'],
      [320, spacing],
    ] as const) {
      await tab.setViewportSize({ width, height: 640 });
      const style = await tab.addStyleTag({ content: setting });
      const { tooWide } = await lookAt(tab);
      found.push(...tooWide, ...(await lostLetters(tab)));
      await style.evaluate((one) => one.parentNode?.removeChild(one));
    }
    return found;
  });
});

test('whoever has colours of their own sees what can be pressed, what has the focus, and what is chosen, open or done', async () => {
  const told = new Set<string>();
  await lookAround({ mustaqil, school, language }, async (tab, { address }) => {
    await tab.emulateMedia({ forcedColors: 'active' });
    await turnTo(tab, address);
    await lookAt(tab);
    const { wrong, seen } = await untold(tab);
    for (const mark of seen) told.add(mark);
    return [...wrong, ...(await unseenControls(tab))];
  });
  expect(marks.filter((mark) => !told.has(mark))).toEqual([]);
});

test('whoever asks for more contrast gets 7 to 1, and nothing moves for who cannot bear it', async () => {
  await lookAround({ mustaqil, school, language }, async (tab, { address }) => {
    await tab.emulateMedia({ contrast: 'more', colorScheme: 'light', reducedMotion: 'reduce' });
    await turnTo(tab, address);
    await lookAt(tab);
    const found = [...(await moving(tab)), ...(await violationsIn(tab.mainFrame(), ['color-contrast-enhanced']))];
    await tab.emulateMedia({ colorScheme: 'dark' });
    return [...found, ...(await violationsIn(tab.mainFrame(), ['color-contrast-enhanced']))];
  });
});
