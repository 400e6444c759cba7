// The grid of marks by keyboard: typed, pasted, undone, and what two teachers do at once.
import { afterAll, beforeAll, expect } from '@jest/globals';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { listMarks } from '../../src/credits/mark.store.ts';
import { people } from '../../src/database/tables/courses.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { planOf, publishPlan } from '../support/credits.ts';
import { publish } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;
let courseId: number;

beforeAll(async () => {
  mustaqil = await startInChromium();
  const dilnoza = await publish(mustaqil);
  courseId = Number(/\d+/.exec(dilnoza.page.$('.crumb a').attr('href') ?? '')?.[0]);
  await mustaqil.roster.settled();
  const [teacher] = await mustaqil.db.select().from(people).where(eq(people.subject, sample.dilnoza));
  await publishPlan(mustaqil.db, { courseId, teacherId: teacher?.id ?? 0, plan: planOf() }, mustaqil.clock.now());
});
afterAll(() => mustaqil.stop());

/** What was entered last in each place, a student a line. */
async function standing(): Promise<string[]> {
  const marks = await listMarks(mustaqil.db, courseId);
  const lines = new Map<number, string[]>();
  for (const { personId, activityKey, state, points } of marks)
    lines.set(personId, [...(lines.get(personId) ?? []), `${activityKey} ${points?.toFraction() ?? state}`]);
  return [...lines].sort(([one], [other]) => one - other).map(([, line]) => line.join(', '));
}

async function openGrid(): Promise<Page> {
  const tab = await openInWindow(await signIn(mustaqil, sample.dilnoza), mustaqil);
  await tab.goto(`${mustaqil.url}/courses/${courseId}/credits/marks`);
  return tab;
}

const cellIn = (tab: Page, row: number, key: string) =>
  tab.locator('tbody tr').nth(row).locator(`input[name$=".${key}"]`);
const saved = (tab: Page) => tab.locator('[data-save-state=""][data-state=saved]').waitFor();

test('a teacher types by keys alone, pastes a block, takes it back, and is told what a colleague entered', async () => {
  const tab = await openGrid();
  const { keyboard } = tab;
  await cellIn(tab, 0, 'q1').focus();
  await keyboard.type('7,5');
  await keyboard.press('Enter');
  await keyboard.type('a');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowRight');
  await keyboard.type('4');
  await keyboard.press('Tab');
  await saved(tab);
  expect((await standing()).sort()).toEqual(['q1 15/2, q2 4', 'q1 absent']);

  // As a spreadsheet copies it: what is no mark stays in its cell, and an empty cell takes nothing back.
  await cellIn(tab, 0, 'q1').focus();
  await tab.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '8\t\tsix\r\n9\t10\t5\r\n');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await tab.locator('[data-save-state][data-state=refused]').waitFor();
  expect(await cellIn(tab, 0, 'q3').inputValue()).toBe('six');
  expect(await tab.locator('.cell-said').textContent()).toBe('This is no mark. Type points, a or e.');
  expect((await standing()).sort()).toEqual(['q1 8, q2 4', 'q1 9, q2 10, q3 5']);

  // What is not saved outlives the page.
  tab.on('dialog', (dialog) => void dialog.accept());
  await tab.reload();
  await tab.locator('.cell-said').waitFor();
  expect(await cellIn(tab, 0, 'q3').inputValue()).toBe('six');
  await cellIn(tab, 0, 'q3').fill('6');
  await cellIn(tab, 0, 'q2').focus();
  await saved(tab);
  await cellIn(tab, 0, 'q2').fill('1');
  await keyboard.press('Enter');
  await keyboard.press('Control+z');
  await keyboard.press('Tab');
  await saved(tab);
  expect((await standing()).sort()).toEqual(['q1 8, q2 4, q3 6', 'q1 9, q2 10, q3 5']);

  const other = await openGrid();
  await cellIn(other, 0, 'exam').fill('40');
  await other.keyboard.press('Tab');
  await saved(other);
  await cellIn(tab, 0, 'exam').fill('30');
  await keyboard.press('Tab');
  await tab.getByText('entered 40 meanwhile').waitFor();
  expect(await cellIn(tab, 0, 'exam').inputValue()).toBe('30');
  await tab.getByRole('button', { name: 'Keep mine' }).click();
  await saved(tab);
  await cellIn(other, 0, 'exam').fill('20');
  await other.keyboard.press('Tab');
  await other.getByRole('button', { name: 'Take theirs' }).click();
  expect(await cellIn(other, 0, 'exam').inputValue()).toBe('30');
  expect((await standing()).some((line) => line.startsWith('exam 30'))).toBe(true);

  // Typed, and the page is left before the cell is.
  await cellIn(other, 0, 'essay').fill('9');
  other.on('dialog', (dialog) => void dialog.accept());
  await other.goto('about:blank');
  await tab.waitForFunction(async () => (await (await fetch(location.href)).text()).includes('value="9" '));
  await tab.setViewportSize({ width: 360, height: 740 });
  const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
  expect(await tab.evaluate(fits)).toBe(true);
});
