// Marks by hand: what teachers type is entered once, told where it is none, and seen by nobody else.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { asc, eq } from 'drizzle-orm';
import { loadCourseCredits } from '../../src/credits/course-credits.ts';
import type { CreditPolicy } from '../../src/credits/policy.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { people } from '../../src/database/tables/courses.ts';
import { creditMarks } from '../../src/database/tables/credits.ts';
import type { FieldValue } from '../../src/practice/form-fields.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { ask } from '../support/ask.ts';
import { pngOf } from '../support/assets.ts';
import { activity, planOf, publishPlan } from '../support/credits.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish } from '../support/people.ts';
import { post } from '../support/post.ts';
import { newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
let courseId: number;
let teacherId: number;
let dilnoza: Robot;
let student: string;
let studentId: number;

const rubric = [
  {
    criterion: 'The law is named',
    levels: [
      { text: 'not at all', share: '0' },
      { text: 'partly', share: '1/3' },
      { text: 'fully', share: '1' },
    ],
  },
];

beforeAll(async () => {
  mustaqil = await startMustaqil();
  dilnoza = await publish(mustaqil);
  courseId = Number(/\d+/.exec(dilnoza.page.$('.crumb a').attr('href') ?? '')?.[0]);
  await mustaqil.roster.settled();
  teacherId = await keyOf(sample.dilnoza);
  await newPlan();
});
beforeEach(async () => {
  student = newStudent(mustaqil, 'Ada');
  await openQuiz(mustaqil, { student });
  studentId = await keyOf(student);
  dilnoza = await openAsTeacher(mustaqil);
  await dilnoza.open(`/courses/${courseId}/credits/marks`);
});
afterAll(() => mustaqil.stop());

async function newPlan(policy: CreditPolicy = presetPolicies.uz): Promise<void> {
  const base = planOf();
  const activities = [...base.activities, activity('lab', { controlKey: null, points: '0', rubric })];
  await publishPlan(mustaqil.db, { courseId, teacherId, plan: { ...base, activities }, policy }, mustaqil.clock.now());
}

async function keyOf(subject: string): Promise<number> {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject));
  if (!person) throw new Error(`Nobody is called ${subject}`);
  return person.id;
}

/** The cell of the student of this test on the page of a teacher. */
function cell(robot: Robot, key: string, sitting = 1) {
  return robot.page.$(`input[name^="m.${studentId}.${sitting}."][name$=".${key}"]`);
}

/** Types into cells of the student, and sends the form. */
async function type(robot: Robot, texts: Record<string, string>): Promise<void> {
  const fields: Record<string, FieldValue> = {};
  for (const [where, text] of Object.entries(texts)) {
    const [key = '', sitting = '1'] = where.split(' ');
    const name = cell(robot, key, Number(sitting)).attr('name');
    if (name === undefined) throw new Error(`There is no cell for ${where}`);
    fields[name] = text;
  }
  await robot.submit('#marks', fields);
}

async function entered(): Promise<unknown[]> {
  const rows = await mustaqil.db
    .select()
    .from(creditMarks)
    .where(eq(creditMarks.personId, studentId))
    .orderBy(asc(creditMarks.id));
  return rows.map(({ activityKey, sitting, number, state, points }) =>
    [activityKey, sitting, number, points?.toFraction() ?? state].join(' '),
  );
}

async function resultOf(key: string) {
  const credits = await loadCourseCredits(mustaqil.db, courseId, [studentId]);
  const found = credits?.of(studentId).evaluation.activities.find((one) => one.activity.key === key);
  return [found?.result.state, found?.points?.toFraction() ?? null];
}

const said = (robot: Robot, where: string) => robot.page.$(where).text().replace(/\s+/g, ' ').trim();

test('What is typed is entered and shown; absent is not zero, nothing is no mark, and an empty cell takes back', async () => {
  await type(dilnoza, { q1: '7,5', q2: '0', essay: 'y', exam: 'e' });
  expect(said(dilnoza, '[role=status]')).toContain('4 marks are saved.');
  expect(cell(dilnoza, 'q1').attr('value')).toBe('7.5');
  expect(cell(dilnoza, 'essay').attr('value')).toBe('a');
  expect(await entered()).toEqual(['q1 1 1 15/2', 'q2 1 1 0', 'essay 1 1 absent', 'exam 1 1 excused']);
  expect(await resultOf('q2')).toEqual(['scored', '0']);
  expect(await resultOf('essay')).toEqual(['absent', '0']);
  expect(await resultOf('q3')).toEqual(['none', null]);
  expect(said(dilnoza, `tr[data-person="${studentId}"] [data-sum]`)).toBe('7.5');
  await type(dilnoza, { q1: '' });
  expect(await resultOf('q1')).toEqual(['none', null]);
  await type(dilnoza, {});
  expect(said(dilnoza, '[role=status]')).toContain('Nothing was changed');
  expect(await entered()).toHaveLength(5);
});

test('Points above the maximum and text that is no mark stay in their cells with a reason, and the rest is saved', async () => {
  await type(dilnoza, { q1: '10,01', q2: 'ten', q3: '8', essay: '-1', exam: '7,125', attendance: 'absent' });
  expect(dilnoza.page.status).toBe(422);
  expect(said(dilnoza, '[role=status]')).toContain('1 mark is saved.');
  expect(said(dilnoza, '[role=alert]')).toContain('5 cells are not saved.');
  const reasonAt = (key: string) => said(dilnoza, `#${cell(dilnoza, key).attr('aria-describedby')}`);
  expect(
    ['q1', 'q2', 'essay', 'exam', 'attendance'].map((key) => [cell(dilnoza, key).attr('value'), reasonAt(key)]),
  ).toEqual([
    ['10,01', 'Above the maximum: 0 to 10.'],
    ['ten', 'This is no mark. Type points, a or e.'],
    ['-1', 'Points are not below 0.'],
    ['7,125', 'At most two digits after the comma.'],
    ['absent', 'Hours are a number.'],
  ]);
  expect(await entered()).toEqual(['q3 1 1 8']);
  await type(dilnoza, { q1: '10', q2: '', essay: '', exam: '', attendance: '15' });
  expect(dilnoza.page.status).toBe(200);
  expect(await entered()).toEqual(['q3 1 1 8', 'q1 1 1 10', 'attendance 1 1 15']);
});

test('Two teachers with one grid: the second is told what the first entered, nothing is lost, and each mark is entered once', async () => {
  const other = await openAsTeacher(mustaqil);
  await other.open(`/courses/${courseId}/credits/marks`);
  await type(dilnoza, { q1: '4', q2: '5', q3: '6' });
  await type(other, { q1: '9', q2: '5', essay: '8' });
  expect(other.page.status).toBe(409);
  expect(said(other, '.cell-said')).toMatch(
    /Dilnoza.* entered 4 meanwhile, .* Save again to keep yours, or type theirs\.$/,
  );
  expect(cell(other, 'q1').attr('value')).toBe('9');
  // What the second did not touch is the first's, on the page, too.
  expect(cell(other, 'q3').attr('value')).toBe('6');
  expect(await entered()).toEqual(['q1 1 1 4', 'q2 1 1 5', 'q3 1 1 6', 'essay 1 1 8']);
  await other.submit('#marks');
  expect(await entered()).toEqual(['q1 1 1 4', 'q2 1 1 5', 'q3 1 1 6', 'essay 1 1 8', 'q1 1 2 9']);
});

test('A script learns of each cell what stands there, and what a student comes to', async () => {
  const name = cell(dilnoza, 'q1').attr('name') ?? '';
  const send = (fields: [string, string][]) =>
    post(dilnoza, `/courses/${courseId}/credits/marks`, fields).set('Accept', 'application/json');
  const first: unknown = (
    await send([
      [name, '7.50'],
      [cell(dilnoza, 'q2').attr('name') ?? '', 'x'],
    ])
  ).body;
  expect(first).toMatchObject({
    cells: [
      { name, now: { text: '7.5', seen: 1 }, message: null },
      { now: null, message: { text: 'This is no mark. Type points, a or e.', theirs: null } },
    ],
    sums: [{ personId: studentId, sum: '7.5' }],
  });
  // The same once more, as after an answer that was lost, is no second mark and nobody's conflict.
  const again: unknown = (await send([[name, '7.50']])).body;
  expect(again).toMatchObject({ cells: [{ name, now: { text: '7.5', seen: 1 } }], sums: [] });
  const stale: unknown = (await send([[name, '3']])).body;
  expect(stale).toMatchObject({ cells: [{ name, now: null, message: { theirs: { text: '7.5', seen: 1 } } }] });
  expect(await entered()).toEqual(['q1 1 1 15/2']);
});

test.each([
  { counting: 'best' as const, points: '40' },
  { counting: 'last' as const, points: '35' },
])('A retake has a column once the exam was marked, and the $counting sitting counts', async ({ counting, points }) => {
  await newPlan({ ...presetPolicies.uz, retakes: { sittings: 3, counting } });
  await dilnoza.open(dilnoza.page.url);
  await type(dilnoza, { exam: '40' });
  await type(dilnoza, { 'exam 2': '35' });
  expect(await resultOf('exam')).toEqual(['scored', points]);
  expect(cell(dilnoza, 'exam', 3)).toHaveLength(1);
  expect(cell(dilnoza, 'q1', 2)).toHaveLength(0);
  await newPlan();
});

test('On a phone one activity at a time is entered, and its rows lead to what else there is to a mark', async () => {
  await dilnoza.open(`/courses/${courseId}/credits/marks?activity=essay`);
  expect(dilnoza.page.$('thead th[data-key]')).toHaveLength(1);
  await type(dilnoza, { essay: '6' });
  expect(dilnoza.page.url).toContain('activity=essay');
  await dilnoza.click(`tr[data-person="${studentId}"] a`);
  expect(said(dilnoza, 'h1')).toMatch(/^Ada No\. \d+: essay$/);
});

test('A mark has a comment and evidence, levels of a rubric, and a history from which it is entered again', async () => {
  const address = `/courses/${courseId}/credits/marks/lab/${studentId}`;
  await dilnoza.open(address);
  await dilnoza.submit('form[enctype]', { by: 'levels', comment: 'Which law?', evidence: 'javascript:alert(1)' });
  expect(dilnoza.page.status).toBe(422);
  expect(said(dilnoza, '#levels-problem')).toBe('Pick a level for every criterion.');
  expect(said(dilnoza, '#evidence-problem')).toContain('https://');
  expect(dilnoza.page.$('textarea').text().trim()).toBe('Which law?');
  await dilnoza.submit('form[enctype]', { by: 'levels', 'level.0': '1', evidence: 'https://example.org/work' });
  expect(said(dilnoza, '[role=status]')).toBe('The mark is saved.');
  expect(said(dilnoza, '.mark-history')).toMatch(/100\/3 of 100, by .*Dilnoza.* The law is named: partly/);
  await dilnoza.open(`/courses/${courseId}/credits/marks`);
  expect(cell(dilnoza, 'lab').attr('value')).toBe('100/3');
  expect(cell(dilnoza, 'lab').parent().hasClass('has-more')).toBe(true);
  await type(dilnoza, { lab: '50' });
  await dilnoza.open(address);
  expect(dilnoza.page.$('textarea').text().trim()).toBe('Which law?');
  await dilnoza.submit('.mark-history form');
  expect(await entered()).toEqual(['lab 1 1 100/3', 'lab 1 2 50', 'lab 1 3 100/3']);
  expect(dilnoza.page.$('input[name="level.0"][checked]').attr('value')).toBe('1');
});

test('What was typed for a retake that the plan has no more is kept, and is nobody’s mark', async () => {
  await dilnoza.open(`/courses/${courseId}/credits/marks/exam/${studentId}`);
  await dilnoza.submit('form[enctype]', { mark: '37', comment: 'Qayta topshirdi', sitting: '9' });
  expect(dilnoza.page.status).toBe(409);
  expect(said(dilnoza, '[role=alert]')).toContain('Nothing was saved');
  expect([dilnoza.page.$('#mark').attr('value'), dilnoza.page.$('textarea').text().trim()]).toEqual([
    '37',
    'Qayta topshirdi',
  ]);
  expect(await entered()).toEqual([]);
});

test('A file as evidence is read by its student and teachers, and by no other student', async () => {
  await dilnoza.open(`/courses/${courseId}/credits/marks/essay/${studentId}`);
  const image = { filename: 'ish.png', type: 'image/png', content: pngOf(40, 30, student) };
  await dilnoza.submit('form[enctype]', {
    mark: '8',
    file: { ...image, content: new TextEncoder().encode('<script>') },
  });
  expect(dilnoza.page.status).toBe(422);
  expect(said(dilnoza, '#file-problem')).not.toBe('');
  expect(dilnoza.page.$('#mark').attr('value')).toBe('8');
  await dilnoza.submit('form[enctype]', { mark: '8', file: image });
  expect(await entered()).toEqual(['essay 1 1 8']);
  const file = dilnoza.page.$('.mark-history a').attr('href') ?? '';
  const statusFor = async (robot: Robot, path = file) => (await ask(`${mustaqil.url}${path}`, { as: robot })).status;
  const ada = await openQuiz(mustaqil, { student });
  const aziz = await openQuiz(mustaqil);
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  expect(await Promise.all([dilnoza, ada, aziz, grace].map((robot) => statusFor(robot)))).toEqual([200, 200, 404, 404]);
  // Nor does it open where the pictures of questions do, for whoever knows what is in it.
  const asPicture = `/assets/${file.split('/').at(-1)}`;
  expect(await Promise.all([aziz, grace, dilnoza].map((robot) => statusFor(robot, asPicture)))).toEqual([
    404, 404, 404,
  ]);
  await dilnoza.submit('form[enctype]', { evidence: '' });
  expect(await Promise.all([dilnoza, ada].map((robot) => statusFor(robot)))).toEqual([200, 404]);
  expect(await statusFor(ada, `/courses/${courseId}/credits/marks/essay/${studentId}`)).toBe(403);
});

test('Learners enter nothing, teachers of another course see nothing, and marks of who is no student here are refused', async () => {
  const name = cell(dilnoza, 'q1').attr('name') ?? '';
  const path = `/courses/${courseId}/credits/marks`;
  const ada = await openQuiz(mustaqil, { student });
  const grace = await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad });
  await grace.open(grace.page.$('.crumb a').attr('href') ?? '');
  for (const [robot, status] of [
    [ada, 403],
    [grace, 404],
  ] as const) {
    expect((await ask(`${mustaqil.url}${path}`, { as: robot })).status).toBe(status);
    expect((await post(robot, path, [[name, '10']])).status).toBe(status);
  }
  const stranger = name.replace(String(studentId), String(teacherId));
  const unknown = name.replace(/q1$/, 'no-such');
  const sent = await post(dilnoza, path, [
    [stranger, '5'],
    [unknown, '5'],
  ]).set('Accept', 'application/json');
  expect(sent.body).toMatchObject({
    cells: [
      { message: { text: 'This is no student of the course.' } },
      { message: { text: 'The plan has no such activity any more.' } },
    ],
  });
  expect(await entered()).toEqual([]);
});
