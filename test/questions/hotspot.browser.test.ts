// A picture that is tapped, on a phone: the areas and the choices below are one, and nothing on the page is wider than it.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { desc } from 'drizzle-orm';
import type { FrameLocator, Page } from 'playwright-core';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { publishVersion } from '../../src/quizzes/quiz.store.ts';
import { noStructure } from '../../src/quizzes/structure.ts';
import { keyOn, pngOf, upload } from '../support/assets.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { publish } from '../support/people.ts';
import { openActivity, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;

beforeAll(async () => {
  mustaqil = await startInChromium();
  const dilnoza = await publish(mustaqil);
  await publishPictures(keyOn(await upload(dilnoza, pngOf(1200, 800))));
});
afterAll(() => mustaqil.stop());

test('a student taps an area, another one in its place, and finds in the result which was right', async () => {
  const page = await signIn(mustaqil, sample.aziz);
  await page.setViewportSize({ width: 360, height: 740 });
  const quiz = await start(page);
  await quiz.locator('.hotspot-area circle').click();
  expect(await quiz.getByLabel('Area B, in the middle').isChecked()).toBe(true);
  await quiz.locator('.hotspot-area rect').first().click();
  expect(await quiz.getByLabel('Area B, in the middle').isChecked()).toBe(false);
  expect(await quiz.getByLabel('Area A, top left').isChecked()).toBe(true);
  expect(await quiz.locator('.hotspot-area.is-chosen').count()).toBe(1);
  await quiz.getByText('All answers are saved.').waitFor();
  expect(await widths(quiz)).toEqual({ picture: true, page: true });
  expect(await quiz.locator('.question-text img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1200);

  await quiz.getByRole('button', { name: 'Go on to hand in' }).click();
  await quiz.getByRole('button', { name: 'Hand in' }).click();
  const result = quiz.locator('.question-hotspot');
  await result.getByText('Area A, top left: left atrium').waitFor();
  const verdicts = await result.locator('.verdict').allInnerTexts();
  expect(verdicts.map((words) => words.replace(/\s+/g, ' '))).toEqual(['✗ Your choice · Wrong', '✓ Right answer']);
  await page.context().close();
});

test('a student with the keyboard alone does the same', async () => {
  const page = await signIn(mustaqil, sample.aigul);
  const quiz = await start(page);
  await quiz.locator('.question-hotspot input').first().focus();
  await page.keyboard.press('ArrowDown');
  expect(await quiz.getByLabel('Area B, in the middle').isChecked()).toBe(true);
  expect(await quiz.locator('.hotspot-area.is-chosen text').textContent()).toBe('B');
  await page.context().close();
});

/** The text has all that Markdown has, for what is wider than a phone. */
async function publishPictures(asset: string): Promise<void> {
  const [version] = await mustaqil.db.select().from(quizVersions).orderBy(desc(quizVersions.id)).limit(1);
  if (!version) throw new Error('A quiz was published');
  const question = questionSchema.parse({
    type: 'hotspot',
    name: 'Heart',
    text: { format: 'markdown', source: text.replace('KEY', asset) },
    generalFeedback: null,
    points: '1',
    details: {
      picture: { asset, alt: 'A heart cut open', width: 1200, height: 800 },
      regions: [
        { shape: 'circle', coordinates: [600, 400, 120], label: 'left ventricle', isRight: true },
        { shape: 'rectangle', coordinates: [60, 60, 360, 220], label: 'left atrium', isRight: false },
        { shape: 'polygon', coordinates: [900, 600, 1150, 620, 1000, 780], label: 'aorta', isRight: false },
      ],
      choose: 'one',
    },
  });
  const quiz = { ...version, questions: [question], structure: noStructure };
  const published = { publishedBy: version.publishedBy, now: new Date() };
  await mustaqil.db.transaction((tx) => publishVersion(tx, version.quizId, quiz, published));
}

const text = `**Where** is the *left ventricle*? It pumps \\(Q_v = f_1*V*\\frac{1}{2}\\).

| Part | Pressure, kPa | What is measured at rest and after a long run |
|:-----|:-:|--:|
| left | 16 | \\(p_1 = \\rho g h\\) |

1. Look at the picture.
2. Choose.

\`\`\`python
pressure = density * 9.81 * height  # a line of code that is much wider than any phone is
\`\`\`

![A heart from outside](asset:KEY)`;

async function start(page: Page): Promise<FrameLocator> {
  const quiz = await openActivity(page, mustaqil);
  await quiz.getByRole('button', { name: 'Start' }).click();
  await quiz.locator('.hotspot-picture').waitFor();
  return quiz;
}

async function widths(quiz: FrameLocator) {
  return quiz.locator('.hotspot-picture').evaluate((picture) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { picture: picture.getBoundingClientRect().width <= clientWidth, page: scrollWidth <= clientWidth };
  });
}
