// A teacher finds that a question was wrong: corrects its key, gives everybody its points or drops it, sees first what that does to
// whom, and the gradebook follows by itself.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyCourseOf, newNamedQuiz, tellHistory } from '../support/course-copies.ts';
import { openResults } from '../support/grades.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openQuiz, publish, takeQuiz } from '../support/people.ts';
import {
  accept,
  beforeRegrade,
  fieldFor,
  gradebook,
  mainOf,
  openRegrade,
  preview,
  regrade,
  rightKey,
  rowsOf,
} from '../support/regrade.ts';
import { nameOf, newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

test('A key is corrected: the teacher is told, sees who gains, accepts with a reason, and the gradebook follows', async () => {
  const { activity, student, ada } = await beforeRegrade(mustaqil);
  expect(ada.page.$('.score').text()).toContain('1 of 2 points');
  expect(await gradebook(mustaqil, activity, student)).toBe(50);
  await publish(mustaqil, { activity, source: rightKey });

  const dilnoza = await openResults(mustaqil, activity);
  expect(dilnoza.page.$('#earlier-key').text()).toContain('1 attempt was marked by an earlier key');
  await dilnoza.click('#earlier-key a');
  const capital = dilnoza.page.$('#regrade .question').first().text();
  expect(capital).toContain('1 answer, 0 with full points.');
  expect(dilnoza.page.$('select').first().val()).toBe('key');

  const before = await allRows(mustaqil.db);
  await dilnoza.submit('#regrade');
  expect(rowsOf(dilnoza)).toEqual([
    [`${nameOf(mustaqil, student)} gains`, '1 / 2', '2 / 2', 'Attempt 1: 1 / 2 → 2 / 2'],
  ]);
  expect(await allRows(mustaqil.db)).toEqual(before);

  await accept(dilnoza);
  expect(dilnoza.page.url).toMatch(/\/decisions\?accepted$/);
  expect(mainOf(dilnoza)).toContain('Dilnoza Karimova Why: Bishkek is the capital');
  expect(mainOf(dilnoza)).toContain('The capital of Kyrgyzstan is Marked by a corrected key.');
  expect(rowsOf(dilnoza)).toEqual([[nameOf(mustaqil, student), 'Attempt 1', '1 / 2', '2 / 2']]);
  expect(await gradebook(mustaqil, activity, student)).toBe(100);

  await ada.open(ada.page.url);
  expect(ada.page.$('.score').text()).toContain('2 of 2 points');
  expect(ada.page.$('.corrected').text()).toMatch(/^Corrected on .+: before 1 \/ 2, now 2 \/ 2\.$/);
  expect(mainOf(ada)).toContain('Marked by a corrected key.');
  expect(ada.page.$('.wall .is-correct')).toHaveLength(2);
  await dilnoza.click('tbody th a');
  expect(dilnoza.page.$('.corrected')).toHaveLength(1);
  expect(dilnoza.page.$('.wall .is-correct')).toHaveLength(2);
  expect((await openResults(mustaqil, activity)).page.$('#earlier-key')).toHaveLength(0);
});

test('What is shown stands in the address, for the back button: the choices, and neither the reason nor the form token', async () => {
  const { activity } = await beforeRegrade(mustaqil);
  const dilnoza = await openRegrade(mustaqil, activity);
  const chosen = ['Kyrgyzstan', '2 + 3'].map((text) => fieldFor(dilnoza, text));
  await preview(dilnoza, 'full-points', { mayLower: 'yes' });
  const { url } = dilnoza.page;
  const shown = rowsOf(dilnoza);
  expect(shown).toHaveLength(1);
  expect([...new URL(url).searchParams.keys()]).toEqual([...chosen, 'mayLower']);
  await accept(dilnoza, '');
  expect(dilnoza.page.status).toBe(422);
  await dilnoza.open(url);
  expect(dilnoza.page.status).toBe(200);
  expect(rowsOf(dilnoza)).toEqual(shown);
  await dilnoza.submit('#regrade');
  expect(dilnoza.page.url).toBe(url);
  // Nobody puts words into a teacher's mouth by a link.
  await dilnoza.open(url.replace('?', '?reason=Mallory&'));
  expect(dilnoza.page.$('#reason').text()).toBe('');
  await accept(dilnoza);
  await dilnoza.open(url);
  expect(mainOf(dilnoza)).toContain('Nothing would change.');
});

test('A question is dropped: it leaves the points and the most there is, and everybody reads that', async () => {
  const { activity, student, ada } = await beforeRegrade(mustaqil);
  const dilnoza = await regrade(mustaqil, activity, 'dropped');
  expect(rowsOf(dilnoza)[0]?.slice(2)).toEqual(['1 / 2', '1 / 1']);
  expect(await gradebook(mustaqil, activity, student)).toBe(100);
  await ada.open(ada.page.url);
  expect(ada.page.$('.score').text()).toContain('1 of 1 points');
  expect(ada.page.$('.question-state.is-dropped').text().trim()).toMatch(/Does not count$/);
  expect(mainOf(ada)).toContain('This question was dropped: it counts for nobody.');
  const again = await openRegrade(mustaqil, activity);
  expect(again.page.$('#regrade .facts').text()).toContain('1 answer. Counts for nobody.');
});

test('Everybody gets the points, also who answered nothing', async () => {
  const { activity, student, ada } = await beforeRegrade(mustaqil, '');
  await regrade(mustaqil, activity, 'full-points');
  expect(await gradebook(mustaqil, activity, student)).toBe(100);
  await ada.open(ada.page.url);
  expect(ada.page.$('.question-state.is-credited').text()).toContain('Points for everybody · 1 / 1');
  expect(mainOf(ada)).toContain('Everybody gets the points of this question, whatever the answer was.');
});

test('Who was right by the wrong key keeps the score, until the teacher says that scores may fall', async () => {
  const { activity, student, ada } = await beforeRegrade(mustaqil, 'Osh');
  await publish(mustaqil, { activity, source: rightKey });
  const dilnoza = await openRegrade(mustaqil, activity);
  await preview(dilnoza, 'key');
  expect(mainOf(dilnoza)).toContain('1 student would lose and keeps the score');
  expect(rowsOf(dilnoza)[0]?.slice(1)).toEqual(['2 / 2', '2 / 2', 'Attempt 1: stays 2 / 2, would be 1 / 2']);
  await accept(dilnoza);
  expect(mainOf(dilnoza)).toContain('No score changed.');
  expect(await gradebook(mustaqil, activity, student)).toBe(100);
  await ada.open(ada.page.url);
  expect(ada.page.$('.score').text()).toContain('2 of 2 points');
  expect(ada.page.$('.corrected').text()).toBe('After a correction this score would be lower. It stays as it was.');

  await regrade(mustaqil, activity, 'as-it-is', { mayLower: 'yes' });
  expect(await gradebook(mustaqil, activity, student)).toBe(50);
  await ada.open(ada.page.url);
  expect(ada.page.$('.score').text()).toContain('1 of 2 points');
  expect(ada.page.$('.corrected').text()).toContain('before 2 / 2, now 1 / 2');
});

test('A decision is taken back: by the published key everything is as it was', async () => {
  const { activity, student, ada } = await beforeRegrade(mustaqil);
  await regrade(mustaqil, activity, 'full-points');
  expect(await gradebook(mustaqil, activity, student)).toBe(100);
  const dilnoza = await openRegrade(mustaqil, activity);
  expect(dilnoza.page.$('#regrade .question').first().text()).toContain('Everybody gets its points.');
  await preview(dilnoza, 'as-published', { mayLower: 'yes' });
  expect(mainOf(dilnoza)).toContain('1 student loses');
  await accept(dilnoza, 'A mistake of mine');
  expect(await gradebook(mustaqil, activity, student)).toBe(50);
  expect(dilnoza.page.$('.decision h2').toArray()).toHaveLength(2);
  await ada.open(ada.page.url);
  expect(ada.page.$('.score').text()).toContain('1 of 2 points');
  expect(ada.page.$('.is-credited')).toHaveLength(0);
});

test('An attempt that was open during the regrade is marked by it when it is handed in, and so is one begun later', async () => {
  const { activity } = await beforeRegrade(mustaqil);
  const student = newStudent(mustaqil, 'Bek');
  const bek = await openQuiz(mustaqil, { student, activity });
  await answer(bek, { capital: 'Bishkek', sum: '5' });
  await publish(mustaqil, { activity, source: rightKey });
  await regrade(mustaqil, activity, 'key');
  await handIn(bek);
  expect(bek.page.$('.score').text()).toContain('2 of 2 points');
  expect(bek.page.$('.corrected')).toHaveLength(0);

  await regrade(mustaqil, activity, 'dropped');
  const vali = newStudent(mustaqil, 'Vali');
  const later = await openQuiz(mustaqil, { student: vali, activity });
  await takeQuiz(later, { capital: 'Naryn', sum: '5' });
  expect(later.page.$('.score').text()).toContain('1 of 1 points');
  expect(await gradebook(mustaqil, activity, vali)).toBe(100);
});

test('Where the LMS has copied the course, a regrade in the one changes nothing in the other, though both share the quiz', async () => {
  tellHistory(mustaqil);
  const activity = await newNamedQuiz(mustaqil);
  const aziz = newStudent(mustaqil, 'Aziz');
  await takeQuiz(await openQuiz(mustaqil, { student: aziz, activity }), { capital: 'Osh', sum: '5' });
  const copy = copyCourseOf(mustaqil, activity);
  const yangi = newStudent(mustaqil, 'Yangi', copy.courseId);
  const there = await openQuiz(mustaqil, { student: yangi, activity: copy.activity });
  await takeQuiz(there, { capital: 'Osh', sum: '5' });

  await regrade(mustaqil, activity, 'full-points');
  expect(await gradebook(mustaqil, activity, aziz)).toBe(100);
  expect(await gradebook(mustaqil, copy.activity, yangi)).toBe(50);
  await there.open(there.page.url);
  expect(there.page.$('.score').text()).toContain('1 of 2 points');
  expect(there.page.$('.is-credited')).toHaveLength(0);
  const copied = await openRegrade(mustaqil, copy.activity);
  expect(copied.page.$('#regrade').text()).not.toContain('Everybody gets its points.');
  const decisions = await copied.open(copied.page.url.replace('/quiz/regrade', '/decisions'));
  expect(decisions.$('.decision')).toHaveLength(0);
});
