// What a quiz keeps back is in no page that its learner gets; what it shows is there; its teacher sees all.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { attempts } from '../../src/database/tables/attempts.ts';
import { memberships, mentees, people, placements } from '../../src/database/tables/courses.ts';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import {
  reviewMoments,
  reviewParts,
  reviewPresets,
  type ReviewMoment,
  type ReviewPart,
} from '../../src/quizzes/review-settings.ts';
import { answering, check, handInAll, newCheckedQuiz, placementOf } from '../support/checks.ts';
import { openResults } from '../support/grades.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz } from '../support/people.ts';

const minuteMs = 60_000;
const capital = 'capital of Kyrgyzstan';

let mustaqil: TestMustaqil;
let activity: string;
let where: Awaited<ReturnType<typeof placementOf>>;
let ada: Robot;
let attempt: string;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  activity = await newCheckedQuiz(mustaqil, { behaviour: 'immediate', bandFrom: '0', bandText: 'Said to the whole' });
  where = await placementOf(mustaqil, activity);
  ada = await answering(mustaqil, activity);
  attempt = ada.page.url;
  await check(ada, capital, { [capital]: 'Osh' });
  // A launch brings the due date of the LMS, which has none.
  const dueAt = new Date(mustaqil.clock.now().getTime() + 60 * minuteMs);
  await mustaqil.db.update(placements).set({ dueAt }).where(eq(placements.id, where.id));
});
afterAll(() => mustaqil.stop());

/** How each part is seen in the HTML of an attempt in which Osh, worth a half, was answered. */
const marks: Record<ReviewPart, RegExp> = {
  answers: /question-text/,
  correctness: /is-partial|Partly right/,
  points: /\b0\.5( of [12] points| \/ [12])/,
  'specific-feedback': /Said to Osh/,
  'general-feedback': /Said in general/,
  'right-answer': /Right answer/,
  'overall-feedback': /Said to the whole/,
};

/** What goes with a part that is hidden, for it would give it away. */
const goesWith: Partial<Record<ReviewPart, ReviewPart[]>> = {
  answers: ['correctness', 'specific-feedback', 'general-feedback', 'right-answer'],
  correctness: ['right-answer'],
};

const shown = (html: string) => reviewParts.filter((part) => marks[part].test(html));

const show = (review: object) => mustaqil.db.update(quizzes).set({ review }).where(eq(quizzes.id, where.quizId));

/** Hides each part alone, at this moment only, and looks at the page. */
async function expectEachHidden(moment: ReviewMoment, there: readonly ReviewPart[]): Promise<void> {
  await show(Object.fromEntries(reviewMoments.map((one) => [one, reviewParts])));
  await ada.open(attempt);
  expect([moment, ...shown(ada.page.html)]).toEqual([moment, ...there]);
  for (const part of there.filter((one) => moment !== 'during' || one !== 'answers')) {
    const hidden = [part, ...(goesWith[part] ?? [])];
    await show(
      Object.fromEntries(
        reviewMoments.map((one) => [one, reviewParts.filter((other) => one !== moment || other !== part)]),
      ),
    );
    await ada.open(attempt);
    expect([moment, part, ...shown(ada.page.html)]).toEqual([
      moment,
      part,
      ...there.filter((other) => !hidden.includes(other)),
    ]);
    await expectPointsElsewhere(moment !== 'during' && part !== 'points');
  }
}

/** The lists in which points stand beside the name of the quiz. */
async function expectPointsElsewhere(areShown: boolean): Promise<void> {
  for (const page of [`/placements/${where.id}/attempts`, `/courses/${where.courseId}/progress`]) {
    await ada.open(page);
    expect([page, marks.points.test(ada.page.html)]).toEqual([page, areShown]);
  }
}

test('During an attempt, of a question that is closed', async () => {
  await expectEachHidden(
    'during',
    reviewParts.filter((part) => part !== 'overall-feedback'),
  );
});

test('Immediately after handing in, later, and after the due date', async () => {
  await ada.open(attempt);
  await handInAll(ada);
  await expectEachHidden('immediately', reviewParts);
  mustaqil.clock.advance(3 * minuteMs);
  await expectEachHidden('later', reviewParts);
  mustaqil.clock.advance(60 * minuteMs);
  await expectEachHidden('closed', reviewParts);
});

test('In an exam Ada sees nothing until the due date, and then her points; Dilnoza sees everything all the time', async () => {
  await show(reviewPresets.exam);
  await ada.open(attempt);
  expect(shown(ada.page.html)).toEqual(['points']);
  const later = new Date(mustaqil.clock.now().getTime() + 60 * minuteMs);
  await mustaqil.db.update(placements).set({ dueAt: later }).where(eq(placements.id, where.id));
  await ada.open(attempt);
  expect(shown(ada.page.html)).toEqual([]);
  expect(ada.page.$('.notice').text()).toContain('Your points are shown from');

  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click('main tbody a, main .row a, main a[href*="/learners/"]');
  expect(marks.points.test(dilnoza.page.html)).toBe(true);
  await dilnoza.click('main a[href*="/attempts/1"]');
  expect(shown(dilnoza.page.html)).toEqual(reviewParts);
});

test('A mentor sees no more of it than Ada does', async () => {
  const { db } = mustaqil;
  const [person] = await db
    .select({ id: people.id, subject: people.subject })
    .from(people)
    .innerJoin(attempts, eq(attempts.personId, people.id))
    .where(eq(attempts.placementId, where.id));
  const mother = await openQuiz(mustaqil, { student: sample.omurbek, activity });
  const [mentor] = await db.select().from(people).where(eq(people.subject, sample.omurbek));
  if (!person?.subject || !mentor) throw new Error('Nobody is there');
  await db.update(memberships).set({ role: 'mentor' }).where(eq(memberships.personId, mentor.id));
  await db.insert(mentees).values({ courseId: where.courseId, mentorId: mentor.id, subject: person.subject });
  for (const [preset, areShown] of [
    ['exam', false],
    ['self-study', true],
  ] as const) {
    await show(reviewPresets[preset]);
    await mother.open(`/courses/${where.courseId}/people/${person.id}/progress`);
    expect(mother.page.$('.row-title').length).toBeGreaterThan(0);
    expect([preset, marks.points.test(mother.page.html)]).toEqual([preset, areShown]);
  }
});

test('Dilnoza chooses in the editor, finds it there again, and it holds for attempts that are handed in already', async () => {
  const dilnoza = await openAsTeacher(mustaqil, { activity, teacher: sample.dilnoza });
  await dilnoza.click('a[href$="/quiz/edit"]');
  await dilnoza.submit('#quiz', {
    reviewPreset: 'own',
    'review.later': ['answers', 'points'],
    bandFrom: ['20', '0', '', ''],
    bandText: ['Not bad', 'Try again', '', ''],
    behaviour: 'several-tries',
    penalty: '1/4',
  });
  const { $ } = dilnoza.page;
  expect($('#behaviour option[selected]').attr('value')).toBe('several-tries');
  expect($('#penalty option[selected]').attr('value')).toBe('1/4');
  expect($('[name=reviewPreset][checked]').attr('value')).toBe('own');
  expect(
    $('[name="review.later"][checked]')
      .toArray()
      .map((box) => $(box).attr('value')),
  ).toEqual(['answers', 'points']);
  expect(
    $('[name=bandText]')
      .toArray()
      .map((box) => $(box).text().trim())
      .filter(Boolean),
  ).toEqual(['Not bad', 'Try again']);
  await ada.open(attempt);
  expect(shown(ada.page.html)).toEqual(['answers', 'points']);

  await dilnoza.submit('#quiz', { reviewPreset: 'self-study' });
  await ada.open(attempt);
  expect(ada.page.$('.overall-feedback').text().trim()).toBe('Not bad');
});
