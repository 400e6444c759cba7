// The teacher's page of a class: who is behind, lists that are confirmed, and the history of what was given and taken back.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { creditEntries } from '../../../src/database/tables/credits.ts';
import type { Robot } from '../../../src/practice/robot.ts';
import { sample } from '../../../src/practice/sample-courses.ts';
import { columnsOf, gradeIn } from '../../support/grades.ts';
import { launchWith, lti, roleUri } from '../../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../../support/people.ts';
import { post } from '../../support/post.ts';
import { nameOf, newActivity, newStudent } from '../../support/school.ts';
import { mark, personKey, publishCredits, startCreditCourse, type CreditCourse } from './credit-course.ts';

let mustaqil: TestMustaqil;
let course: CreditCourse;
let base: string;
/** Where lists are sent. */
let confirmations: string;
/** The credit page's activity in the LMS. */
let page: string;
let dilnoza: Robot;

/** 90 points, without the quiz that stands in the course. */
const passing = { q2: 10, q3: 20, essay: 10, exam: 50 };

beforeAll(async () => {
  mustaqil = await startMustaqil();
  course = await startCreditCourse(mustaqil);
  await publishCredits(mustaqil, course, { gradebookColumn: 'credits' });
  page = newActivity(mustaqil, { title: 'Kreditlar' });
  const claims = { [lti('custom')]: { mustaqil_content: 'credits' } };
  dilnoza = await launchWith(mustaqil, { person: sample.dilnoza, activity: page, claims });
  confirmations = `/courses/${course.courseId}/credits/confirmations`;
  base = `${mustaqil.url}/courses/${course.courseId}/credits`;
});
afterAll(() => mustaqil.stop());

/** A student who has opened the course, with points by hand. */
async function student(name: string, points: Record<string, number>) {
  const subject = newStudent(mustaqil, name);
  await openQuiz(mustaqil, { student: subject });
  const personId = await personKey(mustaqil, subject);
  if (Object.keys(points).length > 0) await mark(mustaqil, course, personId, points);
  return { subject, personId, name: nameOf(mustaqil, subject) };
}

const entriesOf = (personId: number) =>
  mustaqil.db.select().from(creditEntries).where(eq(creditEntries.personId, personId)).orderBy(creditEntries.id);

const textOf = ({ page: { $ } }: Robot, selector: string) => $(selector).text().replace(/\s+/g, ' ').trim();

function rowOf({ page: { $ } }: Robot, name: string): string {
  const row = $('tbody tr').filter((_index, tr) => $(tr).find('th').text().includes(name));
  return row.text().replace(/\s+/g, ' ').trim();
}

/** The fields of the list that is open, with the lines of some people alone. */
function fieldsFor({ page: { $ } }: Robot, people: readonly { personId: number }[]): [string, string][] {
  const all = $('#confirmation [name]').toArray();
  const fields = all.map((field): [string, string] => [$(field).attr('name') ?? '', String($(field).val() ?? '')]);
  return fields.filter(
    ([name, value]) => name !== 'line' || people.some(({ personId }) => value.startsWith(`${personId}.`)),
  );
}

const status = async (robot: Robot, address: string) => {
  await robot.open(address);
  return robot.page.status;
};

test('Dilnoza sees who has passed, who is behind, and what is missing', async () => {
  const ada = await student('Ada', passing);
  const bek = await student('Bek', { q2: 2.5 });
  await dilnoza.open(`${base}/students`);
  expect(rowOf(dilnoza, ada.name)).toMatch(/10 20 10 50 90 5 6 provisional nothing$/);
  expect(rowOf(dilnoza, bek.name)).toContain('2.5 — — — 2.5 — 6 not yet So far 2.5 of 10 points. essay, from 60%');
  expect(dilnoza.page.$(`a[href="/courses/${course.courseId}/people/${ada.personId}/credits"]`)).toHaveLength(1);
  await dilnoza.open(`${base}/students?show=behind&sort=behind`);
  expect([rowOf(dilnoza, ada.name), rowOf(dilnoza, bek.name) !== '']).toEqual(['', true]);
});

test('what she ticked becomes credits once, however often it is sent, and the gradebook follows', async () => {
  const ada = await student('Ada', passing);
  const eve = await student('Eve', passing);
  await dilnoza.open(`${base}/confirmations`);
  const list = fieldsFor(dilnoza, [ada]);
  const sent = await Promise.all([1, 2, 3].map(() => post(dilnoza, confirmations, list)));
  expect(sent.map((answer) => answer.status)).toEqual([303, 303, 303]);
  expect(await entriesOf(ada.personId)).toMatchObject([{ kind: 'award', units: 600, actorId: course.teacherId }]);
  expect(await entriesOf(eve.personId)).toEqual([]);
  const again = sent.map(({ headers }) => String(headers['location'])).find((address) => address.endsWith('?again'));
  await dilnoza.open(`${mustaqil.url}${again}`);
  expect(textOf(dilnoza, 'main')).toContain('It came a second time, and nothing was done twice.');
  expect(rowOf(dilnoza, ada.name)).toContain('the whole course 6');
  await mustaqil.deliver();
  expect(gradeIn(mustaqil, columnsOf(mustaqil, page)[0], ada.subject)).toMatchObject({ points: 6 });
});

test('of two teachers with one list the later reads what was confirmed before; what has changed since is left', async () => {
  const ada = await student('Ada', passing);
  const eve = await student('Eve', passing);
  const other = await openAsTeacher(mustaqil, { activity: page });
  await dilnoza.open(`${base}/confirmations`);
  await other.open(`${base}/confirmations`);
  await post(dilnoza, confirmations, fieldsFor(dilnoza, [ada]));
  await mark(mustaqil, course, eve.personId, { exam: 40 }, { seen: 1 });
  const lines = fieldsFor(other, [ada, eve]).flatMap(([name, value]) => (name === 'line' ? [value] : []));
  await other.submit('#confirmation .primary', { line: lines, note: '12-qaydnoma' });
  expect(other.page.status).toBe(200);
  expect(textOf(other, '#left')).toContain(`${ada.name} somebody confirmed this before`);
  expect(textOf(other, '#left')).toContain(`${eve.name} the results have changed since you saw them`);
  expect(await entriesOf(ada.personId)).toHaveLength(1);
  expect(await entriesOf(eve.personId)).toHaveLength(0);
});

test('nothing ticked, or another plan by now: nothing is confirmed, and that is said', async () => {
  const ada = await student('Ada', passing);
  await dilnoza.open(`${base}/confirmations`);
  const list = fieldsFor(dilnoza, [ada]);
  await dilnoza.submit('#confirmation .primary', { line: [], note: 'Keyinroq' });
  expect(dilnoza.page.status).toBe(422);
  expect(textOf(dilnoza, '[role=alert]')).toContain('Nothing was ticked');
  expect(dilnoza.page.$('#note').val()).toBe('Keyinroq');
  await publishCredits(mustaqil, course, { gradebookColumn: 'credits', units: 500 });
  expect((await post(dilnoza, confirmations, list)).status).toBe(422);
  expect(await entriesOf(ada.personId)).toEqual([]);
  await publishCredits(mustaqil, course, { gradebookColumn: 'credits' });
});

test('credits are taken back with a reason, and those from elsewhere recognised; the history says who, when and why', async () => {
  const ada = await student('Ada', passing);
  await dilnoza.open(`${base}/confirmations`);
  await post(dilnoza, confirmations, fieldsFor(dilnoza, [ada]));
  const history = `${base}/entries?personId=${ada.personId}`;
  await dilnoza.open(history);
  expect(textOf(dilnoza, '.entry details')).toContain('essay: 10 / 10 (marked by hand)');
  await dilnoza.submit('form[action$="/reversals"]', { reason: '  ' });
  expect(dilnoza.page.status).toBe(422);
  expect(textOf(dilnoza, '.hint.wrong')).toBe('Write why, in a few words.');
  await dilnoza.submit('form[action$="/reversals"]', { reason: 'Koʻchirilgan ish' });
  expect(textOf(dilnoza, '[role=status]')).toBe('Taken back. The history says so.');
  expect(textOf(dilnoza, '#history .entry:first-child')).toMatch(/^−6 taken back .*Why: Koʻchirilgan ish/);
  await dilnoza.submit('form[action$="/recognitions"]', { recognised: 'Coursera, 2026', reason: '' });
  expect(dilnoza.page.$('#recognition-recognised').text()).toBe('Coursera, 2026');
  await dilnoza.submit('form[action$="/recognitions"]', { reason: 'Bir xil dastur' });
  expect(textOf(dilnoza, '#history .entry:first-child')).toContain('Recognised: Coursera, 2026');
  const again = { personId: String(ada.personId), componentKey: 'course', recognised: 'Stepik, 2025', reason: 'Ham' };
  const token = dilnoza.page.$('[name=_csrf]').attr('value') ?? '';
  const late = await post(
    dilnoza,
    confirmations.replace('confirmations', 'recognitions'),
    Object.entries({ _csrf: token, ...again }),
  );
  expect(late.status).toBe(409);
  const told = late.text;
  for (const words of ['credits for this stand already', 'Stepik, 2025', 'Ham']) expect(told).toContain(words);
  const kinds = (await entriesOf(ada.personId)).map(({ kind, units }) => [kind, units]);
  expect(kinds).toEqual([
    ['award', 600],
    ['reversal', -600],
    ['transfer', 600],
  ]);
});

test('what was given under an older plan stays until she has seen what a new look changes, and says so', async () => {
  const ada = await student('Ada', { ...passing, exam: 30 });
  await dilnoza.open(`${base}/confirmations`);
  await post(dilnoza, confirmations, fieldsFor(dilnoza, [ada]));
  await publishCredits(mustaqil, course, { gradebookColumn: 'credits', units: 500 });
  await dilnoza.open(`${base}/students`);
  expect(rowOf(dilnoza, ada.name)).toContain('6 confirmed');
  await dilnoza.click('a[href$="/reevaluations"]');
  const line = dilnoza.page.$(`[name=line][value^="${ada.personId}."]`).attr('value') ?? '';
  expect(line).toBe(`${ada.personId}.course.600.500`);
  await dilnoza.submit('#reevaluation .primary', { line: [line] });
  expect(textOf(dilnoza, '[role=status]')).toBe('Done for 1 line.');
  const entries = await entriesOf(ada.personId);
  expect(entries.map(({ units, reason }) => [units, reason])).toEqual([
    [600, ''],
    [-600, 're-evaluated'],
    [500, 're-evaluated'],
  ]);
});

test('an assistant sees the class and its history, and decides nothing; a student sees neither', async () => {
  const claims = { [lti('roles')]: [roleUri.assistant] };
  const assistant = await launchWith(mustaqil, { person: newStudent(mustaqil, 'Yordamchi'), activity: page, claims });
  expect(await status(assistant, `${base}/entries`)).toBe(200);
  expect(await status(assistant, `${base}/students`)).toBe(200);
  expect(assistant.page.$('#to-confirm a')).toHaveLength(0);
  for (const place of ['confirmations', 'reversals', 'recognitions', 'reevaluations']) {
    expect((await post(assistant, `/courses/${course.courseId}/credits/${place}`, [])).status).toBe(403);
  }
  const aziz = await openQuiz(mustaqil);
  expect(await status(aziz, `${base}/students`)).toBe(403);
  expect(await status(aziz, `${base}/entries`)).toBe(403);
});
