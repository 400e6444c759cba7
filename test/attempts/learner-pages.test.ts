// One learner's work as their teacher reads it, and the progress page that each student has of their own.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { courses, people } from '../../src/database/tables/courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { launchWith, lti } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openAsTeacher, openQuiz, publish, takeQuiz, twoQuestions, writeQuestions } from '../support/people.ts';
import { newActivity, newQuiz, newStudent } from '../support/school.ts';

let mustaqil: TestMustaqil;
/** `/courses/1` and `/placements/1`. */
let course: string;
let placement: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  const dilnoza = await publish(mustaqil);
  course = dilnoza.page.$('.crumb a').attr('href') ?? '';
  placement = new URL(dilnoza.page.url).pathname.replace('/quiz', '');
  await mustaqil.roster.settled();
});
afterAll(() => mustaqil.stop());

async function keyOf(subject: string) {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject));
  return person?.id ?? 0;
}

/** Dilnoza, at the attempts of a student at the first quiz. */
async function openAttemptsOf(subject: string): Promise<Robot> {
  const dilnoza = await openAsTeacher(mustaqil);
  await dilnoza.open(`${placement}/learners/${await keyOf(subject)}/attempts`);
  return dilnoza;
}

const words = (text: string) => text.trim().replace(/\s+/g, ' ');
const rowsOn = ({ page: { $ } }: Robot) =>
  $('main .row')
    .has('.row-title')
    .toArray()
    .map((row) => [words($(row).find('.row-title').text()), words($(row).find('.row-state').text())]);

describe('the teacher of a student', () => {
  test('sees every attempt with its points, which one counts, and where the grade is', async () => {
    const aziz = await openQuiz(mustaqil);
    await takeQuiz(aziz, { capital: 'Bishkek', sum: '5' });
    await takeQuiz(aziz, { capital: 'Osh', sum: '5' });
    await mustaqil.deliver();
    const dilnoza = await openAttemptsOf(sample.aziz);
    expect(dilnoza.page.$('h1').text()).toBe('Aziz Rahimov');
    expect(rowsOn(dilnoza)).toEqual([
      ['Attempt 1', expect.stringMatching(/^2 \/ 2 counts handed in /)],
      ['Attempt 2', expect.stringMatching(/^1 \/ 2 handed in /)],
    ]);
    expect(dilnoza.page.$('#grade .state').text()).toMatch(/^in the gradebook/);
  });

  test('reads the answers of an attempt that was handed in, with key and marks', async () => {
    const dilnoza = await openAttemptsOf(sample.aziz);
    await dilnoza.click('.row:nth-child(2) .row-title');
    const { $ } = dilnoza.page;
    expect($('.score').text()).toContain('1 of 2 points');
    expect($('.review .question')).toHaveLength(2);
    expect($('.review').text()).toContain('Osh');
    expect($('main form, main input:not([disabled])')).toHaveLength(0);
    await dilnoza.click('.crumb a');
    expect(dilnoza.page.$('h1').text()).toBe('Aziz Rahimov');
  });

  test('learns of an open attempt that it is open, and nothing of its answers', async () => {
    const aigul = await openQuiz(mustaqil, { student: sample.aigul });
    await answer(aigul, { capital: 'Naryn', sum: '17' });
    const dilnoza = await openAttemptsOf(sample.aigul);
    expect(rowsOn(dilnoza)).toEqual([['Attempt 1', 'not handed in yet']]);
    await dilnoza.click('.row .row-title');
    const page = dilnoza.page.$('main');
    expect(page.text()).toContain('Attempt 1: not handed in yet, so there is nothing to read yet.');
    expect(page.text()).not.toMatch(/Naryn|17|Kyrgyzstan/);
    expect(page.find('.question')).toHaveLength(0);
  });

  test('of a student who has not tried reads just that, also of one who never came', async () => {
    await openQuiz(mustaqil, { student: sample.ivan });
    for (const student of [sample.ivan, sample.omurbek]) {
      const dilnoza = await openAttemptsOf(student);
      expect(dilnoza.page.status).toBe(200);
      expect(dilnoza.page.$('main').text()).toContain('Nothing has been tried here yet.');
    }
  });

  test('finds no attempt of a number that was never made, and nobody who is not in the course', async () => {
    const dilnoza = await openAttemptsOf(sample.aziz);
    const here = dilnoza.page.url;
    for (const number of ['3', '0', '01', '1.5', '-1', 'x', '99999999999999999999']) {
      expect((await dilnoza.open(`${here}/${number}`)).status).toBe(404);
    }
    await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
    for (const stranger of [await keyOf(sample.mallory), 999_999]) {
      expect((await dilnoza.open(`${placement}/learners/${stranger}/attempts`)).status).toBe(404);
      expect((await dilnoza.open(`${course}/people/${stranger}/progress`)).status).toBe(404);
    }
  });

  test('goes on from there to the progress of the student in the whole course, and from it to other attempts', async () => {
    const dilnoza = await openAttemptsOf(sample.aziz);
    await dilnoza.click('.facts a');
    expect(new URL(dilnoza.page.url).pathname).toBe(`${course}/people/${await keyOf(sample.aziz)}/progress`);
    expect(dilnoza.page.$('h1').text()).toBe('Aziz Rahimov');
    await dilnoza.click('.row .row-title');
    expect(rowsOn(dilnoza)).toHaveLength(2);
  });

  test('of a student without a name reads that there is none', async () => {
    const none = { name: undefined, given_name: undefined, family_name: undefined };
    const student = newStudent(mustaqil, 'Nomsiz');
    const activity = sample.physics.mechanics;
    await launchWith(mustaqil, { person: student, activity, claims: { sub: 'nameless', ...none } });
    const dilnoza = await openAttemptsOf('nameless');
    expect(dilnoza.page.$('h1').text()).toBe('a person without a name');
  });
});

describe('the progress page', () => {
  test('of Ivan shows every quiz of the course, what he did of it, and leads there', async () => {
    const newton = sample.physics.newton;
    await publish(mustaqil, { activity: newton });
    const draft = newActivity(mustaqil, { title: 'Qoralama' });
    await writeQuestions(await openAsTeacher(mustaqil, { activity: draft }), twoQuestions);
    const third = await newQuiz(mustaqil);
    const ivan = await openQuiz(mustaqil, { student: sample.ivan });
    await takeQuiz(ivan, { capital: 'Bishkek', sum: '4' });
    await answer(await openQuiz(mustaqil, { student: sample.ivan, activity: third }), { sum: '5' });

    await ivan.open(`${course}/progress`);
    expect(ivan.page.$('h1').text()).toBe('My progress');
    expect(rowsOn(ivan)).toEqual([
      ['Mexanika: oʻzini tekshirish', expect.stringMatching(/^1 \/ 2 done · /)],
      ['Nyuton qonunlari (HEMIS)', 'not begun'],
      ['Qoralama', 'not ready yet'],
      ['Yangi mashq', 'begun, not handed in'],
    ]);
    expect(ivan.page.$('.lead').text()).toBe('1 of 4 quizzes done');
    await ivan.click('.row:nth-child(4) .row-title');
    expect(ivan.page.$('main').text()).toContain('Continue');
    await ivan.click('.crumb a');
    expect(new URL(ivan.page.url).pathname).toBe(`${course}/progress`);
  });

  test('says until when something should be handed in, as long as it is not', async () => {
    const activity = await newQuiz(mustaqil);
    const custom = { mustaqil_due: '2026-12-01T18:00:00Z' };
    const aigul = await launchWith(mustaqil, { person: sample.aigul, activity, claims: { [lti('custom')]: custom } });
    expect(aigul.page.$('main').text()).toContain('Hand in by 2026-12-01 23:00');
    const quiz = aigul.page.url;
    const due = () => rowsOn(aigul).filter(([, state]) => state?.includes('hand in by 2026-12-01 23:00')).length;
    await aigul.click('.crumb a');
    expect(due()).toBe(1);
    await aigul.click(`.row-title[href="${new URL(quiz).pathname}"]`);
    await takeQuiz(aigul, {});
    await aigul.open(`${course}/progress`);
    expect(due()).toBe(0);
  });

  test('of a course in which no quiz stands yet says so', async () => {
    const claims = {
      [lti('context')]: { id: 'empty', title: 'Boʻsh kurs' },
      [lti('custom')]: { mustaqil_content: 'progress' },
    };
    const aigul = await launchWith(mustaqil, { person: sample.aigul, activity: sample.physics.mechanics, claims });
    expect(aigul.page.url).toMatch(/\/courses\/\d+\/progress$/);
    expect(aigul.page.$('.lead').text()).toBe('There is no quiz in this course yet.');
    expect(aigul.page.$('.facts').text()).toBe('Boʻsh kurs');
  });

  test('takes a teacher who opens it to the page of the course, where everybody’s is', async () => {
    const claims = {
      [lti('resource_link')]: { id: 'progress', title: 'Yutuqlarim' },
      [lti('custom')]: { mustaqil_content: 'progress' },
    };
    const dilnoza = await launchWith(mustaqil, { person: sample.dilnoza, activity: sample.physics.mechanics, claims });
    expect(new URL(dilnoza.page.url).pathname).toBe(course);
    const names = dilnoza.page
      .$('main a[href*="/people/"]')
      .toArray()
      .map((link) => dilnoza.page.$(link).text());
    expect(names).toContain('Aziz Rahimov');
  });

  test('of one student is no other student’s, and of a course no stranger’s', async () => {
    const aigul = await openQuiz(mustaqil, { student: sample.aigul });
    expect((await aigul.open(`${course}/people/${await keyOf(sample.aziz)}/progress`)).status).toBe(404);
    expect((await aigul.open(`${course}/people/${await keyOf(sample.aigul)}/progress`)).status).toBe(404);
    const mallory = await openQuiz(mustaqil, { student: sample.mallory, activity: sample.history.silkRoad });
    expect((await mallory.open(`${course}/progress`)).status).toBe(404);
    const [physics] = await mustaqil.db
      .select()
      .from(courses)
      .where(and(eq(courses.contextId, sample.physics.course)));
    expect(`/courses/${physics?.id}`).toBe(course);
  });
});
