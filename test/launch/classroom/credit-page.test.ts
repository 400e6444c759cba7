// The credit page in an assignment of Google Classroom: its grade is what a student has of the whole course. Google tells us which work
// there is a student's only when they open it.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { people, placements } from '../../../src/database/tables/courses.ts';
import type { Account, Item } from '../../../src/practice/classroom/state.ts';
import { startClassroom, type TestClassroom } from '../../support/classroom.ts';
import { planOf, publishPlan } from '../../support/credits.ts';
import { startMustaqil, type TestMustaqil } from '../../support/mustaqil.ts';
import { takeQuiz, twoQuestions } from '../../support/people.ts';

let mustaqil: TestMustaqil;
let google: TestClassroom;
let aziz: Account;
let quiz: Item;
let creditPage: Item;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  google = await startClassroom(mustaqil);
  const { classroom } = google;
  const dilnoza = classroom.addAccount({ givenName: 'Dilnoza', familyName: 'Karimova' });
  aziz = classroom.addAccount({ givenName: 'Aziz', familyName: 'Rahimov' });
  const course = classroom.addCourse({ name: 'Fizika 101', teacherIds: [dilnoza.id], studentIds: [aziz.id] });
  quiz = classroom.addItem({ courseId: course.id, title: 'Mexanika' });
  creditPage = classroom.addItem({ courseId: course.id, title: 'Kreditlar' });
  const teacher = await google.signIn(google.frame('discovery', { account: dilnoza, item: creditPage }), dilnoza);
  await teacher.submit('#choice', { chosen: 'credits' });
  await teacher.open(google.frame('teacher', { account: dilnoza, item: creditPage }));
  await teacher.open(google.frame('discovery', { account: dilnoza, item: quiz }));
  await teacher.submit('button[formaction$="/quizzes"]', { title: 'Mexanika', source: twoQuestions });
  const chosen = teacher.page.$('input[name=chosen][checked]').attr('value') ?? '';
  await teacher.submit('#choice', { chosen });
  await teacher.open(google.frame('teacher', { account: dilnoza, item: quiz }));
  const { db, clock } = mustaqil;
  const [placed] = await db.select().from(placements).where(eq(placements.content, 'quiz'));
  const [person] = await db.select().from(people).where(eq(people.subject, dilnoza.id));
  if (!placed || !person) throw new Error('Nothing was placed');
  const plan = planOf({ placementIds: [placed.id] });
  await publishPlan(db, { courseId: placed.courseId, teacherId: person.id, plan }, clock.now());
});
afterAll(async () => {
  await google.stop();
  await mustaqil.stop();
});

test('What Aziz has of the course waits until he has opened the credit page, and then arrives by itself', async () => {
  const robot = await google.signIn(google.frame('student', { account: aziz, item: quiz }), aziz);
  await takeQuiz(robot, { capital: 'Bishkek', sum: '4' });
  await mustaqil.deliver();
  const grades = () => [quiz, creditPage].map((item) => item.submissions[0]?.draftGrade);
  expect(grades()).toEqual([1, null]);
  await robot.open(google.frame('student', { account: aziz, item: creditPage }));
  // Of one grade nothing is sent twice within a second.
  mustaqil.clock.advance(2000);
  await mustaqil.deliver();
  expect(grades()).toEqual([1, 5]);
});
