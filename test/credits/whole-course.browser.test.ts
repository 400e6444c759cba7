// A course of six credits from its plan to the sheet that is handed in, as its teacher goes through it in a browser. Every place that
// says a number says the same one.
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { openZip } from '../../src/questions/formats/archive/read-zip.ts';
import { visibleSheets } from '../../src/questions/formats/xlsx/read-workbook.ts';
import { violationsIn } from '../support/accessibility.ts';
import { browserTest as test, startInChromium, type MustaqilInChromium } from '../support/chromium.ts';
import { columnsOf, gradeIn } from '../support/grades.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { openInWindow, signIn } from '../support/student.ts';

let mustaqil: MustaqilInChromium;
/** The LMS's ids of three quizzes and of the credit page. */
let quizzes: string[];
let creditPage: string;
let credits: string;
/** Dilnoza's. */
let page: Page;

beforeAll(async () => {
  mustaqil = await startInChromium();
  const { lms } = mustaqil;
  const { course, mechanics, newton } = sample.physics;
  quizzes = [mechanics, newton, lms.addActivity({ courseId: course, title: 'Energiya', maximumPoints: 100 }).id];
  for (const activity of quizzes) await publish(mustaqil, { activity });
  const dilnoza = await mustaqil.browserOf(sample.dilnoza);
  await dilnoza.launch(lms.deepLinkUrl(course));
  await dilnoza.submit('#choice .primary', { chosen: 'credits', 'title.credits': 'Kreditlar' });
  await dilnoza.settle();
  creditPage = lms.state.activities.at(-1)?.id ?? '';
  const page = await openAsTeacher(mustaqil, { activity: creditPage });
  credits = page.page.url.replace(/\/students.*$/, '');
});
afterAll(() => mustaqil.stop());

const right = { capital: 'Bishkek', sum: '5' };
const half = { capital: 'Bishkek', sum: '6' };

/** What each does in the quizzes, and what the teacher enters for the essay and the examination. */
const students = [
  { who: sample.aziz, name: 'Aziz', answers: [right, right, right], essay: '9', exam: '45' },
  // 80 points, and a required essay below its least.
  { who: sample.aigul, name: 'Aigul', answers: [half, right, right], essay: '5', exam: '40' },
  { who: sample.ivan, name: 'Ivan', answers: [half, right, half], essay: '6,5', exam: '33' },
];

const activities = [
  { title: 'Mexanika', form: 'quiz', place: 0, module: 0, control: 0, points: '10' },
  { title: 'Nyuton', form: 'quiz', place: 1, module: 1, control: 0, points: '10' },
  { title: 'Energiya', form: 'quiz', place: 2, module: 2, control: 1, points: '20' },
  { title: 'Esse', form: 'written', module: 2, control: 2, points: '10', least: '60' },
  { title: 'Imtihon', form: 'written', module: 3, control: 3, points: '50' },
];

const before = {
  Aziz: { points: 94, grade: '5', credits: 0 },
  Aigul: { points: 80, grade: '2', credits: 0 },
  Ivan: { points: 64.5, grade: '3', credits: 0 },
};
const { Aigul } = before;
const Aziz = { ...before.Aziz, credits: 6 };

test('Dilnoza takes the rules of Uzbekistan and plans a course of six credits', async () => {
  page = await openInWindow(await signIn(mustaqil, sample.dilnoza), mustaqil);
  await plan(page);
});

test('Three students work; two are confirmed, and who failed a required essay is not', async () => {
  for (const { who, answers } of students) {
    for (const [index, given] of answers.entries()) {
      await takeQuiz(await openQuiz(mustaqil, { student: who, activity: quizzes[index] ?? '' }), given);
    }
  }
  await page.goto(`${credits}/marks`);
  for (const { name, essay, exam } of students) {
    await enter(page, name, 'Esse', essay);
    await enter(page, name, 'Imtihon', exam);
  }
  await save(page);
  expect(await sheet()).toEqual(before);

  await page.goto(`${credits}/confirmations`);
  expect(await violationsIn(page.mainFrame())).toEqual([]);
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
  await page.locator('#confirmation button.primary').click();
  await page.locator('.notice[role=status]').waitFor();
  expect(await sheet()).toEqual({ Aziz, Aigul, Ivan: { ...before.Ivan, credits: 6 } });
});

test('One is corrected after the confirmation, and statement, ledger, gradebook and sheet say the same to the digit', async () => {
  await page.goto(`${credits}/marks`);
  await enter(page, 'Ivan', 'Imtihon', '38,5');
  await save(page);
  await page.goto(`${credits}/confirmations`);
  await page.getByRole('checkbox').check();
  await page.locator('#confirmation button.primary').click();
  await page.locator('.notice[role=status]').waitFor();

  const after = await sheet();
  const corrected = { points: 70, grade: '4', credits: 6 };
  expect(after).toEqual({ Aziz, Aigul, Ivan: corrected });
  mustaqil.clock.advance(2000);
  await mustaqil.deliver();
  const column = columnsOf(mustaqil, creditPage)[0];
  expect(students.map(({ who }) => gradeIn(mustaqil, column, who)?.points)).toEqual([94, 80, 70]);
  for (const { who, name } of students) {
    const own = await openQuiz(mustaqil, { student: who, activity: creditPage });
    const { points, grade, credits: earned } = after[name] ?? corrected;
    expect(words(own)).toContain(`${points} of 100 points · grade ${grade}`);
    expect(words(own)).toContain(`Confirmed: ${earned} `);
  }
  const ledger = await asTeacher('/entries');
  expect(ledger.page.$('.entries > li').length).toBe(4);
  await page.goto(`${credits}/students`);
  expect(await violationsIn(page.mainFrame())).toEqual([]);
  await page.context().close();
});

/** From the rules of Uzbekistan to a published plan. */
async function plan(page: Page): Promise<void> {
  await page.goto(`${credits}/plan`);
  await page.getByLabel('Begin with').selectOption('preset:uz');
  await page.locator('button[formaction$="/beginnings"]').click();
  await page.locator('[name="modules.3.title"]').waitFor();
  for (const index of [0, 1, 2, 3]) await page.locator(`[name="modules.${index}.title"]`).fill(`Modul ${index + 1}`);
  for (const [index, one] of activities.entries()) {
    const field = (name: string) => page.locator(`[name="activities.${index}.${name}"]`);
    await page.locator('#activities button[value="add activities"]').click();
    await field('title').fill(one.title);
    await field('form').selectOption(one.form);
    if (one.place !== undefined) await field('placement').selectOption({ index: one.place + 1 });
    await field('module').selectOption({ index: one.module + 1 });
    await field('control').selectOption({ index: one.control + 1 });
    await field('points').fill(one.points);
    await field('workload').fill('10');
    if (one.least) {
      await field('required').check();
      await page.locator('.plan-activity').nth(index).locator('summary').click();
      await field('leastPercent').fill(one.least);
    }
  }
  expect(await violationsIn(page.mainFrame())).toEqual([]);
  await page.locator('button[formaction$="/versions"]').click();
  await page.waitForURL(/\/versions\/1/);
}

/** One cell of the grid, by what a screen reader calls it. */
async function enter(page: Page, name: string, activity: string, mark: string): Promise<void> {
  await page
    .getByRole('textbox', { name: new RegExp(`${name}.*${activity}`) })
    .first()
    .fill(mark);
}

async function save(page: Page): Promise<void> {
  await page.locator('#marks button.primary').click();
  await page.waitForLoadState();
  await page.locator('#marks').waitFor();
}

async function asTeacher(path: string): Promise<Robot> {
  const dilnoza = await openAsTeacher(mustaqil, { activity: creditPage });
  await dilnoza.open(`${credits}${path}`);
  return dilnoza;
}

const words = ({ page: { $ } }: Robot) => $('main').text().replace(/\s+/g, ' ');

/** The sheet of the course by given name: exact points, grade and credits. */
async function sheet(): Promise<Record<string, { points: number; grade: string; credits: number }>> {
  const { page } = await asTeacher('/sheets/hemis-qaydnoma/file?format=xlsx');
  const found = await visibleSheets(await openZip(page.bytes));
  const rowOf = (sheetName: string, person: string) => {
    const [names = [], ...rows] = found.find(({ name }) => name === sheetName)?.rows ?? [];
    const row = rows.find((cells) => cells[names.indexOf('full_name')]?.includes(person)) ?? [];
    return (column: string) => row[names.indexOf(column)] ?? '';
  };
  return Object.fromEntries(
    students.map(({ name }) => {
      const whole = rowOf('hemis-qaydnoma', name);
      const points = Number(rowOf('exact', name)('total_point'));
      return [name, { points, grade: whole('grade'), credits: Number(whole('credit')) }];
    }),
  );
}
