// A university with a bit of everything in it, and the keys by which our addresses call that.
import { and, asc, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../src/database/database.ts';
import { assets } from '../../src/database/tables/assets.ts';
import { attempts } from '../../src/database/tables/attempts.ts';
import { courses, people, placements } from '../../src/database/tables/courses.ts';
import { deployments, registrations } from '../../src/database/tables/platforms.ts';
import { bankQuestions, bankShares } from '../../src/database/tables/bank.ts';
import { creditEntries, recordBookPrints } from '../../src/database/tables/credits.ts';
import { draftQuestions, questionImports, quizzes, quizVersions } from '../../src/database/tables/quizzes.ts';
import { practices } from '../../src/database/tables/self-assessment.ts';
import { contentRequests } from '../../src/database/tables/sessions.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { questionSchema } from '../../src/questions/question.ts';
import { publishVersion } from '../../src/quizzes/quiz.store.ts';
import { creditConfirmations } from '../../src/database/tables/credits.ts';
import { noStructure } from '../../src/quizzes/structure.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { launchWith, lti, roleUri } from './launches.ts';
import { upload, pngOf } from './assets.ts';
import { essayOf } from './marking.ts';
import { fillCredits } from './fill-credits.ts';
import { answer, handIn, openAsTeacher, openQuiz, publish, type School } from './people.ts';
import { newStudent } from './school.ts';

/** What stands for the parameters of an address, by their names; and more, for forms. */
export type Keys = Record<string, string>;

/** Where that essay stands. */
const fileField = 'q2';

const quizOf = (word: string) => `::${word}::${word} 2 + 3? {#5}\n\n::Word::Which word? {=${word}}\n`;

/** Whatever an LMS calls people, courses and activities has the word in it from now on; the ids stay. */
export function markEverything({ lms: { state } }: School, marker: string): void {
  for (const person of state.people) Object.assign(person, { familyName: marker });
  for (const course of state.courses) Object.assign(course, { title: `${marker} ${course.id}`, shortName: marker });
  for (const activity of state.activities) Object.assign(activity, { title: `${marker} ${activity.id}` });
}

/**
 * Fills the first course: a quiz, a picture, attempts open, handed in and practised, grades, a roster, a request for content, mentees, all
 * with the word in them.
 *
 * @returns one browser for each kind of people
 */
export async function fill(db: Database, school: School, word: string): Promise<Record<string, Robot>> {
  const activity = sample.physics.mechanics;
  const teacher = await publish(school, { source: quizOf(word), settings: { title: word } });
  await teacher.open(`${teacher.page.url}/edit`);
  await teacher.submit('#import', { source: quizOf(word) });
  await teacher.open(teacher.page.url.replace(/\/imports\/.*/, ''));
  await upload(teacher, pngOf(2, 2, word));
  await fillBank(school, word);
  await askForFiles(db, word);
  const writer = await openQuiz(school);
  await writer.submit('form[action$="/attempts"]');
  await writer.submit('#attempt button.primary', { [fileField]: word });
  await handIn(writer);
  const student = await openQuiz(school, { student: sample.aigul });
  await student.submit('form[action$="/attempts"]');
  await student.submit('#attempt button.primary');
  await handIn(student);
  await practise(student, word);
  await answer(student, { sum: '5' });
  await student.open(student.page.url.replace('/submission', ''));
  await student.submit('#attempt button.primary', { q1: word });
  await student.open(student.page.url.replace('/submission', ''));
  // The same bytes as the picture: one key is that of both.
  await student.submit('.answer-files [data-by-button] button', {
    [`${fileField}.upload`]: { filename: `${word}.png`, content: pngOf(2, 2, word), type: 'image/png' },
  });

  await fillCredits(db, school, word);
  await student.open(new URL('/record-book', student.page.url).href);
  await student.submit('form[action="/record-book/prints"]');
  const enter = (claims: Record<string, unknown>, page = activity) =>
    launchWith(school, { person: newStudent(school, word), activity: page, claims });
  const chooser = await launchWith(school, { person: sample.dilnoza, activity, claims: contentRequest(word) });
  return {
    teacher,
    chooser,
    student,
    assistant: await enter({ [lti('roles')]: [roleUri.assistant] }),
    author: await enter({ [lti('roles')]: [roleUri.author] }),
    guest: await enter({ [lti('roles')]: [] }),
    mentor: await enter({
      [lti('roles')]: [roleUri.mentor],
      [lti('role_scope_mentor')]: [sample.aziz, sample.aigul],
    }),
  };
}

/** From the result of an attempt: one question of it is tried again, something is thought of it, and the result is open as before. */
async function practise(student: Robot, word: string): Promise<void> {
  await student.submit('form[action$="/practices"]');
  const { $ } = student.page;
  await student.submit('form[action$="/answers"]', { [String($('.question input').attr('name'))]: word });
  await student.open($('.crumb a').attr('href') ?? '');
  await student.submit('form[action$="/reflection"]', { reflection: word });
}

/** What the quiz's teacher has besides: an import, the questions in the bank, one of them changed, an outcome, a share. */
async function fillBank(school: School, word: string): Promise<void> {
  const { lms } = school;
  const second = lms.addCourse({ title: `${word} 2`, shortName: word });
  lms.enrol(sample.dilnoza, second.id, 'teacher');
  await openAsTeacher(school, { activity: lms.addActivity({ courseId: second.id, title: word }).id });
  const teacher = await openAsTeacher(school);
  await teacher.click('main a[href$="/quiz/edit"]');
  await teacher.submit('form[action$="/bank/questions"]');
  const list = teacher.page.url;
  await teacher.submit('form[action$="/imports"]', { source: quizOf(word) });
  await teacher.open(list);
  await teacher.click('.card-bank a');
  await teacher.submit('#sharing form[action$="/shares"]');
  await teacher.click('a[href$="/edit"]');
  await teacher.submit('#question [name=done]', { text: `${word}, changed`, note: word });
  await teacher.click('.crumb a');
  await teacher.click('a[href$="/outcomes"]');
  await teacher.submit('#outcomes', { outcomes: `O1 ${word}` });
}

/** The quiz called so is published again with an essay that takes files and is marked by a person. */
async function askForFiles(db: Database, title: string): Promise<void> {
  const [version] = await db.select().from(quizVersions).where(eq(quizVersions.title, title));
  if (!version) throw new Error(`Nothing called ${title} is published`);
  const { quizId, publishedBy } = version;
  const essay = essayOf({ files: { most: 1, kinds: ['picture'] } });
  const questions = [...z.array(questionSchema).parse(version.questions), { ...essay, name: title }];
  const quiz = { ...version, questions, marksByHand: true, structure: noStructure };
  await db.transaction((tx) => publishVersion(tx, quizId, quiz, { publishedBy, now: new Date() }));
}

/** As an LMS asks a teacher what to put into a course. */
function contentRequest(title: string) {
  return {
    [lti('message_type')]: 'LtiDeepLinkingRequest',
    'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings': {
      deep_link_return_url: 'http://127.0.0.1:1/return',
      accept_types: ['ltiResourceLink'],
      accept_presentation_document_targets: ['iframe'],
      accept_multiple: true,
      title,
    },
  };
}

/** One key of each kind that a filled university has; the person is the one with an open attempt. */
export async function keysOf(db: Database, { lms: { registration } }: School): Promise<Keys> {
  const [deployment] = await db
    .select({ id: deployments.id })
    .from(deployments)
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(eq(registrations.issuer, registration.issuer));
  const ours = eq(courses.deploymentId, deployment?.id ?? 0);
  const [course] = await db.select().from(courses).where(ours).orderBy(asc(courses.id));
  const [placement] = await db
    .select()
    .from(placements)
    .where(eq(placements.courseId, course?.id ?? 0));
  const [person] = await db
    .select()
    .from(people)
    .where(and(eq(people.deploymentId, deployment?.id ?? 0), eq(people.subject, sample.aigul)));
  const [attempt] = await db
    .select()
    .from(attempts)
    .where(eq(attempts.personId, person?.id ?? 0))
    .orderBy(desc(attempts.id));
  const [practice] = await db
    .select({ id: practices.id })
    .from(practices)
    .innerJoin(attempts, eq(attempts.id, practices.attemptId))
    .where(eq(attempts.placementId, placement?.id ?? 0));
  const [request] = await db
    .select({ id: contentRequests.id })
    .from(contentRequests)
    .innerJoin(courses, eq(courses.id, contentRequests.courseId))
    .where(ours);
  const [quiz] = await db
    .select()
    .from(quizzes)
    .where(eq(quizzes.courseId, course?.id ?? 0));
  const [asset] = await db
    .select({ sha256: assets.sha256 })
    .from(assets)
    .where(eq(assets.deploymentId, deployment?.id ?? 0));
  const [question] = await db
    .select({ quizId: draftQuestions.quizId, key: draftQuestions.key, bankKey: bankQuestions.key })
    .from(draftQuestions)
    .innerJoin(bankQuestions, eq(bankQuestions.id, draftQuestions.bankQuestionId))
    .where(eq(bankQuestions.courseId, course?.id ?? 0))
    .orderBy(asc(bankQuestions.id));
  const [imported] = await db
    .select({ id: questionImports.id })
    .from(questionImports)
    .where(eq(questionImports.quizId, question?.quizId ?? 0));
  const [confirmation] = await db
    .select()
    .from(creditConfirmations)
    .where(eq(creditConfirmations.courseId, course?.id ?? 0));
  const [share] = await db
    .select()
    .from(bankShares)
    .where(eq(bankShares.courseId, course?.id ?? 0));
  const [print] = await db
    .select()
    .from(recordBookPrints)
    .where(eq(recordBookPrints.personId, person?.id ?? 0));
  const [entry] = await db
    .select({ id: creditEntries.id })
    .from(creditEntries)
    .where(eq(creditEntries.personId, person?.id ?? 0))
    .orderBy(asc(creditEntries.id));
  return {
    courseId: String(course?.id),
    placementId: String(placement?.id),
    personId: String(person?.id),
    attemptId: String(attempt?.id),
    practiceId: String(practice?.id),
    requestId: String(request?.id),
    versionId: String(attempt?.quizVersionId),
    field: fileField,
    number: '1',
    path: `quiz/${quiz?.contentId}`,
    keySet: 'none',
    activityKey: 'exam',
    sha256: String(asset?.sha256),
    key: String(question?.key),
    importId: String(imported?.id),
    bankKey: String(question?.bankKey),
    shareId: String(share?.id),
    printId: String(print?.id),
    entryId: String(entry?.id),
    kid: 'kid',
    registrationId: '1',
    assignmentKey: 'a key that nobody was given',
    code: String(print?.code),
    confirmationId: String(confirmation?.id),
    // No parameters of addresses, but of forms.
    quizId: String(quiz?.id),
    contentId: String(quiz?.contentId),
  };
}
