// Dilnoza makes a quiz on the spot, while the LMS waits for her choice.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { quizzes, quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, twoQuestions } from '../support/people.ts';
import { answerOn, contentIdOf, openChooser } from './deep-linking-requests.ts';

const make = 'button[formaction$="/quizzes"]';
const halfUnderstood = `${twoQuestions}\n::Broken::What is { =this\n`;

let mustaqil: TestMustaqil;
let dilnoza: Robot;
/** A title that no test before has used. */
let title: string;
let made = 0;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await openAsTeacher(mustaqil);
});
afterAll(() => mustaqil.stop());
beforeEach(async () => {
  title = `Yangi test ${(made += 1)}`;
  dilnoza = await openChooser(mustaqil);
});

const quizzesCalled = (name: string) => mustaqil.db.select().from(quizzes).where(eq(quizzes.title, name));
const versionsCalled = (name: string) => mustaqil.db.select().from(quizVersions).where(eq(quizVersions.title, name));

test('a quiz that she pastes is published, chosen, and ready to be added', async () => {
  await dilnoza.submit(make, { title, source: twoQuestions });
  const { status, $ } = dilnoza.page;
  expect(status).toBe(200);
  expect($('[role=status]').first().text()).toContain('Your quiz is made and chosen');
  const contentId = await contentIdOf(mustaqil, title);
  expect($('[name=chosen]:checked').attr('value')).toBe(contentId);
  expect($(`[name="points.${contentId}"]`).val()).toBe('2');
  expect([$('#title').val(), $('#source').text().trim()]).toEqual(['', '']);
  expect(await versionsCalled(title)).toHaveLength(1);

  await dilnoza.submit('#choice .primary');
  expect((await answerOn(dilnoza, mustaqil)).items).toEqual([expect.objectContaining({ title })]);
});

test('what she had chosen and typed before stays', async () => {
  await dilnoza.submit(make, { title, source: '', chosen: 'progress', 'title.progress': 'Natijalarim' });
  const contentId = await contentIdOf(mustaqil, title);
  const ticked = dilnoza.page
    .$('[name=chosen]:checked')
    .toArray()
    .map(({ attribs }) => attribs['value']);
  expect(ticked).toEqual(['progress', contentId]);
  expect(dilnoza.page.$('[name="title.progress"]').val()).toBe('Natijalarim');
});

test('where the LMS takes one thing, the new quiz is that one', async () => {
  dilnoza = await openChooser(mustaqil, { acceptsMultiple: false });
  await dilnoza.submit(make, { title, source: twoQuestions, chosen: 'progress' });
  const ticked = dilnoza.page
    .$('[name=chosen]:checked')
    .toArray()
    .map(({ attribs }) => attribs['value']);
  expect(ticked).toEqual([await contentIdOf(mustaqil, title)]);
});

test('without questions it is a draft, and the page says what students will see', async () => {
  await dilnoza.submit(make, { title });
  expect(await versionsCalled(title)).toHaveLength(0);
  const contentId = await contentIdOf(mustaqil, title);
  expect(dilnoza.page.$(`[id="facts-${contentId}"]`).text()).toContain('students see “not ready yet”');
  await dilnoza.submit('#choice .primary');
  expect((await answerOn(dilnoza, mustaqil)).items).toHaveLength(1);
});

test('a text that is not all understood makes nothing yet, is kept, and says what to mend', async () => {
  await dilnoza.submit(make, { title, source: halfUnderstood });
  const { status, $ } = dilnoza.page;
  expect(status).toBe(422);
  expect($('[role=alert]').text()).toContain('not made yet');
  expect($('.new-quiz .problems li').length).toBeGreaterThan(0);
  expect([$('#title').val(), $('#source').text().trim()]).toEqual([title, halfUnderstood.trim()]);
  expect(await quizzesCalled(title)).toHaveLength(0);

  expect($(make).text()).toBe('Make it with 2 questions');
  await dilnoza.submit(make);
  expect(dilnoza.page.status).toBe(200);
  const [version] = await versionsCalled(title);
  expect(version?.questions).toHaveLength(2);
  expect((await quizzesCalled(title))[0]?.source.trim()).toBe(halfUnderstood.trim());
});

test('another text than the one she was warned of is looked at anew', async () => {
  await dilnoza.submit(make, { title, source: halfUnderstood });
  await dilnoza.submit(make, { source: `${halfUnderstood}\n::Also broken::And {` });
  expect(dilnoza.page.status).toBe(422);
  expect(await quizzesCalled(title)).toHaveLength(0);
});

test('a text without any question can be kept as a draft', async () => {
  await dilnoza.submit(make, { title, source: 'Only words about mechanics.' });
  expect(dilnoza.page.status).toBe(422);
  expect(dilnoza.page.$(make).text()).toBe('Keep it as a draft');
  await dilnoza.submit(make);
  expect(await quizzesCalled(title)).toHaveLength(1);
  expect(await versionsCalled(title)).toHaveLength(0);
});

test('with nothing typed there is nothing to make', async () => {
  const before = await mustaqil.db.$count(quizzes);
  await dilnoza.submit(make);
  expect(dilnoza.page.status).toBe(422);
  expect(dilnoza.page.$('[role=alert]').text()).toContain('Give the new quiz a title');
  expect(await mustaqil.db.$count(quizzes)).toBe(before);
});

test('two clicks at once, or a reload, make one quiz', async () => {
  const again = await openAsTeacher(mustaqil);
  await again.open(dilnoza.page.url);
  const fields = { title, source: twoQuestions };
  await Promise.all([dilnoza.submit(make, fields), again.submit(make, fields)]);
  expect(await quizzesCalled(title)).toHaveLength(1);
  expect(await versionsCalled(title)).toHaveLength(1);
});

test('a quiz that is typed and not made is not forgotten when she adds the rest', async () => {
  await dilnoza.submit('#choice .primary', { chosen: 'progress', title, source: twoQuestions });
  expect(dilnoza.page.status).toBe(422);
  expect(dilnoza.page.$('[role=alert]').text()).toContain('You have begun a new quiz');
  expect([dilnoza.page.$('#title').val(), dilnoza.page.$('#source').text().trim()]).toEqual([
    title,
    twoQuestions.trim(),
  ]);
  expect(await quizzesCalled(title)).toHaveLength(0);
});
