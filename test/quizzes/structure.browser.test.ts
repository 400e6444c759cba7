// The settings for sections and random questions in a real browser: they fit a phone, and nothing keeps anybody from them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { placementOf } from '../support/checks.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { newQuiz } from '../support/school.ts';
import { signIn } from '../support/student.ts';

const axeSource = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

const source = `// [tag:kinematika]
::A::1 + 1 {#2}

// [tag:kinematika] [tag:dinamika]
::B::2 + 2 {#4}

::C::3 + 3 {#6}
`;
const settings = {
  ...{ 'section.0.title': 'Kinematika va dinamika asoslari', 'section.0.from': '1' },
  ...{ 'draw.0.tags': 'kinematika, dinamika', 'draw.0.count': '1', 'draw.0.points': '2' },
};

let mustaqil: MustaqilInChromium;
beforeAll(async () => {
  mustaqil = await startInChromium();
});
afterAll(() => mustaqil.stop());

test.each([
  [360, 740],
  [1280, 800],
])(
  'At %i pixels the settings are as wide as the page, and the accessibility scan finds nothing',
  async (width, height) => {
    const activity = await newQuiz(mustaqil, { source, settings });
    const page = await signIn(mustaqil, sample.dilnoza, { viewport: { width, height } });
    await page.goto(mustaqil.lms.activityUrl(activity));
    await page.frameLocator('iframe').locator('main').waitFor();
    const { id } = await placementOf(mustaqil, activity);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    if (!frame) throw new Error('The LMS shows no frame');
    await frame.goto(new URL(`/placements/${id}/quiz/edit`, frame.url()).href);
    await frame.locator('#structure summary').click();
    // More than there is, so that the page says so.
    await frame.fill('[name="draw.0.count"]', '3');
    await frame.locator('#quiz button:not([formaction])').click();
    await frame.locator('.problems').waitFor();
    const [inner, outer] = await frame.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(inner).toBeLessThanOrEqual(outer ?? 0);
    await frame.evaluate(axeSource);
    const found = await frame.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map((violation) => violation.id);
    });
    expect(found).toEqual([]);
    await page.close();
  },
);
