// A student's credits and record book, as they, their teachers and their mentors see them; and what a stranger with a code learns.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { confirmCredits } from '../../src/credits/confirm-credits.ts';
import { loadCourseCredits } from '../../src/credits/course-credits.ts';
import { takeCreditsBack } from '../../src/credits/decide-credits.ts';
import { enterMarks, type EnteredMark } from '../../src/credits/enter-marks.ts';
import { courses, people } from '../../src/database/tables/courses.ts';
import { creditEntries } from '../../src/database/tables/credits.ts';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import { resultsChanged } from '../../src/grades/results-changed.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { reviewPresets } from '../../src/quizzes/review-settings.ts';
import { ask } from '../support/ask.ts';
import { planOf, publishPlan } from '../support/credits.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { expectRefusal } from '../support/refusals.ts';
import { newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
let courseId: number;
let placementId: number;
/** Aziz has 2 of 2 in the first quiz, and marks for everything else. */
let azizId: number;
let readers: Record<string, Robot | undefined>;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  courseId = Number(/\d+/.exec(dilnoza.page.$('.crumb a').attr('href') ?? '')?.[0]);
  placementId = Number(/placements\/(\d+)/.exec(dilnoza.page.url)?.[1]);
  await mustaqil.roster.settled();
  const teacherId = await keyOf(sample.dilnoza);
  const aziz = await openQuiz(mustaqil);
  azizId = await keyOf(sample.aziz);
  const plan = planOf({ placementIds: [placementId], educationYear: '2026/2027' });
  await publishPlan(mustaqil.db, { courseId, teacherId, plan }, mustaqil.clock.now());
  await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
  const activity = sample.physics.mechanics;
  const enter = (roles: string[], mentees: string[] = []) =>
    launchWith(mustaqil, {
      person: newStudent(mustaqil, 'Kimdir'),
      activity,
      claims: { [lti('roles')]: roles, ...(mentees.length > 0 && { [lti('role_scope_mentor')]: mentees }) },
    });
  readers = {
    aziz,
    teacher: dilnoza,
    assistant: await enter([roleUri.assistant]),
    'his mentor': await enter([roleUri.mentor], [sample.aziz]),
    'the mentor of Aigul': await enter([roleUri.mentor], [sample.aigul]),
    author: await enter([roleUri.author]),
    'another student': await openQuiz(mustaqil, { student: sample.aigul }),
    'a guest': await enter([]),
    'a teacher elsewhere': await openAsTeacher(mustaqil, { teacher: sample.grace, activity: sample.history.silkRoad }),
    'a student elsewhere': await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad }),
    nobody: undefined,
  };
});
afterAll(() => mustaqil.stop());

async function keyOf(subject: string): Promise<number> {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject));
  return person?.id ?? 0;
}

const words = (text: string) => text.trim().replace(/\s+/g, ' ');
const get = (path: string, who = 'aziz') => {
  const as = readers[who];
  return ask(`${mustaqil.url}${path}`, as && { as });
};
const mainOf = async (path: string, who?: string) => words((await get(path, who)).$('main').text());
const ownPage = () => `/courses/${courseId}/credits`;
const pageOfAziz = () => `/courses/${courseId}/people/${azizId}/credits`;

function mark(activityKey: string, points: string, said: Partial<EnteredMark> = {}): EnteredMark {
  return {
    ...{ personId: azizId, activityKey, sitting: 1, seen: 0, state: 'points', points: new Fraction(points) },
    ...{ said: null, ...said },
  };
}

async function enter(...marks: EnteredMark[]) {
  const markedBy = await keyOf(sample.dilnoza);
  const now = mustaqil.clock.now();
  const onEntered: Parameters<typeof enterMarks>[2]['onEntered'] = (tx, changed) => resultsChanged(tx, changed, now);
  await enterMarks(mustaqil.db, { courseId, markedBy, marks }, { mayGrade: () => true, onEntered }, now);
}

const show = (review: object) => mustaqil.db.update(quizzes).set({ review });

describe('Who reads the credits of Aziz', () => {
  test.each([
    ['aziz', 200, 404],
    ['teacher', 403, 200],
    ['assistant', 403, 200],
    ['his mentor', 403, 200],
    ['the mentor of Aigul', 403, 404],
    ['author', 403, 404],
    ['another student', 200, 404],
    ['a guest', 200, 404],
    ['a teacher elsewhere', 404, 404],
    ['a student elsewhere', 404, 404],
    ['nobody', 401, 401],
  ])('%s: the page of one’s own %i, his page %i', async (who, own, his) => {
    const [ownAnswer, hisAnswer] = [await get(ownPage(), who), await get(pageOfAziz(), who)];
    expect([ownAnswer.status, hisAnswer.status]).toEqual([own, his]);
    expect(hisAnswer.html.includes('10 / 10')).toBe(his === 200);
    expect(ownAnswer.html.includes('10 / 10')).toBe(who === 'aziz');
  });
});

describe('The page of Aziz', () => {
  test('says what is done and what counts, what is still needed, and where it leads', async () => {
    await enter(
      mark('q2', '5'),
      mark('essay', '4', {
        said: { levels: null, comment: 'Xulosa yetishmaydi', evidence: 'https://example.edu/essay.pdf' },
      }),
      mark('q3', '0', { state: 'absent', points: null }),
    );
    const { $ } = await get(ownPage());
    const rows = $('#modules .row')
      .toArray()
      .map((row) => [words($(row).find('.row-title').text()), words($(row).find('.row-state').text())]);
    expect(rows).toEqual([
      ['q1', '10 / 10 done counts in: Joriy nazorat'],
      ['q2', '5 / 10 done counts in: Joriy nazorat'],
      ['q3', '– / 20 absent counts in: Oraliq nazorat'],
      ['essay', '4 / 10 assessed, not enough yet required counts in: Mustaqil taʼlim'],
      ['exam', '– / 50 not done yet counts in: Yakuniy nazorat'],
    ]);
    expect($('#modules a[href^="/placements/"]').attr('href')).toBe(`/placements/${placementId}/attempts`);
    expect(words($('.mark-said').text())).toBe('Xulosa yetishmaydi evidence');
    expect($('.mark-said a').attr('href')).toBe('https://example.edu/essay.pdf');
    expect(
      $('#needed li')
        .toArray()
        .map((line) => words($(line).text())),
    ).toEqual([
      '“essay”: at least 60% of its points',
      'Yakuniy nazorat: points still missing: 30',
      'To be let to the final control, points still missing before it: 11',
      'In all, points still missing: 41',
    ]);
    expect($('.credit-tally').text().replace(/\s+/g, ' ')).toContain('Not earned yet: 6');
    expect($('.credit-tiles .is-open')).toHaveLength(6);
    expect($('.lead').text()).toContain('19 of 100 points · no grade yet');
  });

  test('supposes what is typed, says it is only supposed, and keeps what cannot be read', async () => {
    const wrong = await get(`${ownPage()}?if-exam=60&if-q3=16`);
    expect(wrong.$('#if-exam').attr('value')).toBe('60');
    expect(wrong.$('#if-exam-problem').text()).toContain('from 0 to 50');
    expect([wrong.$('#if-q3').attr('value'), wrong.$('.supposed').length]).toEqual(['16', 0]);
    await enter(mark('essay', '8', { seen: 1 }));
    const right = await get(`${ownPage()}?if-exam=37,5&if-q3=16`);
    expect(words(right.$('.supposed').text())).toBe(
      'If so, this would come of it: 76.5 of 100 points grade 4 6 credits in all, confirmed and provisional',
    );
    expect(right.$('.credit-tiles .is-open')).toHaveLength(6);
  });

  test('gives nothing away of points that the quiz does not show yet: neither to him nor to his mentor', async () => {
    await show(reviewPresets.exam);
    for (const [path, who] of [[ownPage(), 'aziz'] as const, [pageOfAziz(), 'his mentor'] as const]) {
      const main = await mainOf(path, who);
      expect(main).toContain('handed in, points are not shown yet');
      expect(main).toContain('13 of 100 points (without what is not shown yet)');
      expect(main).not.toMatch(/10 \/ 10|23 of 100/);
    }
    expect(await mainOf(`${ownPage()}?if-exam=30`)).toContain('Not counted in this: q1.');
    expect(await mainOf(pageOfAziz(), 'teacher')).toContain('23 of 100 points');
    expect(await mainOf('/record-book')).toContain('13 / 100 (without what is not shown yet)');
    await show(reviewPresets['self-study']);
  });
});

describe('The record book of Aziz', () => {
  let code: string;
  let printed: string;

  test('has provisional credits apart from confirmed ones, and one more word changes them', async () => {
    await enter(mark('q3', '16', { seen: 1 }), mark('exam', '40'));
    expect(await mainOf(ownPage())).toContain('Provisional: 6');
    const credits = await loadCourseCredits(mustaqil.db, courseId, [azizId]);
    const lines = credits?.of(azizId).components.map(({ key, evidenceHash }) => ({
      ...{ personId: azizId, componentKey: key, evidenceHash },
    }));
    const list = { courseId, key: 'list', note: '', actorId: await keyOf(sample.dilnoza), lines: lines ?? [] };
    await confirmCredits(mustaqil.db, list, () => true, mustaqil.clock.now());
    expect(await mainOf(ownPage())).toContain('Confirmed: 6');
    const { $ } = await get('/record-book');
    expect(words($('.book tbody tr').text())).toBe('Umumiy fizika PHY-101 6 6 0 79 / 100 4');
    expect(words($('.book-sums .sums').text())).toMatch(/GPA of confirmed grades ?4$/);
    expect($('.book a').attr('href')).toBe(ownPage());
  });

  test('gives no points, no grade and no credential away that rest on a quiz which shows none yet', async () => {
    const [entry] = await mustaqil.db.select().from(creditEntries);
    await show(reviewPresets.exam);
    expect(await mainOf('/transcript')).toContain('not shown yet');
    expect((await get('/transcript.json')).html).toMatch(/"localGrade":null,"points":null,"credits":6/);
    expect(await mainOf(`/credentials/${entry?.id}`)).toContain('may not be seen yet');
    expectRefusal(await get(`/credentials/${entry?.id}?format=jwt`), [409, 'credential-held-back']);
    await show(reviewPresets['self-study']);
    expect((await get('/transcript.json')).html).toMatch(/"localGrade":"4","points":{"earned":79,"maximum":100}/);
  });

  test('is printed with a code, and stays as it was printed; nobody else opens it', async () => {
    const { aziz } = readers;
    await aziz?.open('/record-book');
    await aziz?.submit('form[action="/record-book/prints"]');
    printed = new URL(aziz?.page.url ?? '').pathname;
    code = words(aziz?.page.$('.print-code .code').text() ?? '');
    expect(code).toMatch(/^([A-Z]{4}-){3}[A-Z]{4}$/);
    const main = await mainOf(printed);
    expect(main).toContain('Aziz Rahimov');
    expect(main).toContain(`${mustaqil.url}/verification`);
    expect(main).toContain('Not an official document');
    for (const who of ['another student', 'teacher', 'his mentor', 'a student elsewhere'])
      expect((await get(printed, who)).status).toBe(404);
    expect((await get(printed, 'nobody')).status).toBe(401);
  });

  test('is vouched for to whoever has the code, without a name, a course or a number of ours', async () => {
    const asked = await get(`/verification?code=${code.toLowerCase().replaceAll('-', '%20')}`, 'nobody');
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `/verification/${code}`]);
    const page = await get(`/verification/${code}`, 'nobody');
    expect(page.status).toBe(200);
    const main = words(page.$('main').text());
    expect(main).toContain('The ledger of credits still says the same today.');
    expect(main).toMatch(/Confirmed credits ?6 .*GPA of confirmed grades ?4/);
    expect(page.$('main').html()).not.toMatch(/Aziz|Rahimov|fizika|PHY|79|courses|people|record-book/);
    expect(words(page.$('header').text())).toBe('Mustaqil');
  });

  test('is not vouched for any more once credits on it were taken back, and his page says why', async () => {
    const decision = { courseId, personId: azizId, componentKey: 'course', actorId: await keyOf(sample.dilnoza) };
    await takeCreditsBack(mustaqil.db, { ...decision, reason: 'Qayta tekshirildi' }, mustaqil.clock.now());
    expect(await mainOf(`/verification/${code}`, 'nobody')).toContain('The ledger says something else today');
    const { $ } = await get(ownPage());
    expect(words($('.notice.attention').text())).toMatch(
      /^Umumiy fizika: 6 credits were taken back\. .* Qayta tekshirildi$/,
    );
    expect(
      $('#history .row')
        .toArray()
        .map((row) => words($(row).find('.row-title').text())),
    ).toEqual(['Taken back: Umumiy fizika', 'Given: Umumiy fizika']);
    expect(await mainOf(printed)).toMatch(/Confirmed credits ?6/);
    expect(await mainOf('/record-book')).toMatch(/Confirmed credits ?0/);
  });

  test('Codes that do not exist read alike, whatever they are, and cannot be tried for ever', async () => {
    const told = async (typed: string) => {
      const page = await get(`/verification/${encodeURIComponent(typed)}`, 'nobody');
      return { status: page.status, main: words(page.$('main').text()) };
    };
    const unknown = await told('BBBB-BBBB-BBBB-BBBB');
    expect(unknown.status).toBe(404);
    for (const typed of ['BBBB', '1', 'x'.repeat(300), "' or 1=1", '---']) expect(await told(typed)).toEqual(unknown);
    const answers = await Promise.all(Array.from({ length: 30 }, () => get('/verification/NNNN', 'nobody')));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expectRefusal(await get('/verification/NNNN', 'nobody'), [429, 'too-many-tries']);
  });
});

test('A course without a plan says so, and leads who may make one to it', async () => {
  const title = 'Buyuk ipak yoʻli tarixi';
  const [course] = await mustaqil.db.select().from(courses).where(eq(courses.title, title));
  const own = await mainOf(`/courses/${course?.id}/credits`, 'a student elsewhere');
  expect(own).toContain('This course has no credit plan yet');
  expect(await mainOf('/record-book', 'a student elsewhere')).toContain('None of your courses here');
  const malloryId = await keyOf(sample.mallory);
  const { $ } = await get(`/courses/${course?.id}/people/${malloryId}/credits`, 'a teacher elsewhere');
  expect($('main .button.primary').attr('href')).toBe(`/courses/${course?.id}/credits/plan`);
});
