// A school in which every page has something to show, and all of its pages: those to which the application has a route, asked of the
// application itself, so that a new one needs no mention here.
import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/database.ts';
import { bankQuestionVersions } from '../../src/database/tables/bank.ts';
import { people } from '../../src/database/tables/courses.ts';
import { creditPlans, creditPolicies, recordBookPrints } from '../../src/database/tables/credits.ts';
import { registrations } from '../../src/database/tables/platforms.ts';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import { lmsChoices } from '../../src/platforms/lms/registry.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import { noStructure } from '../../src/quizzes/structure.ts';
import { newSecret, signIn as signInAsAdmin } from '../admin/administrator.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { keyOn, pngOf, upload } from '../support/assets.ts';
import { startClassroom } from '../support/classroom.ts';
import { attemptIn, publishAgain } from '../support/marking.ts';
import type { TestMustaqil } from '../support/mustaqil.ts';
import { handIn, openQuiz, publish } from '../support/people.ts';
import { questionsOfEveryType, somethingFor } from '../support/questions-of-every-type.ts';
import { routesOf } from '../support/routes.ts';
import { newActivity, newStudent } from '../support/school.ts';
import { fill, keysOf, markEverything } from '../support/universities.ts';
import { stringsIn, wordsIn } from './words.ts';

/** A page, and the first of those whom it is for. */
export interface Visit {
  /** As the application has it, or what makes the page another one. */
  route: string;
  address: string;
  who: string;
}

export interface SchoolOfPages {
  /** Who looks, each in a browser of their own; undefined is nobody whom we know. */
  browsers: Record<string, Robot | undefined>;
  visits: Visit[];
  /** Routes at which nobody gets anything by an address alone. */
  closed: string[];
  /** Every word in what the school's people and their courses are called and say: they are in no language of ours. */
  theirWords: Set<string>;
  stop(): Promise<void>;
}

/** What people of the school call everything that has no name of ours: a word of none of our languages. */
export const theirWord = 'Ζάρβυλ';

export async function openSchool(mustaqil: TestMustaqil): Promise<SchoolOfPages> {
  const { db } = mustaqil;
  markEverything(mustaqil, theirWord);
  const filled = await fill(db, mustaqil, theirWord);
  const activity = await publishEveryType(mustaqil, filled.teacher);
  const google = await startClassroom(mustaqil);
  await mustaqil.deliver();
  await mustaqil.roster.settled();
  const writer = await openAttempt(mustaqil, activity);
  await writer.submit('#attempt button[name=check]', somethingFor(writer));
  const graduate = await openAttempt(mustaqil, activity);
  await graduate.submit('#attempt .bar button', somethingFor(graduate));
  await handIn(graduate);
  const admin = await signInAsAdmin(mustaqil, await newSecret(mustaqil));
  const { student, teacher, mentor, chooser } = filled;
  const browsers = { student, teacher, mentor, chooser, admin, writer, graduate, nobody: undefined };

  const keys = await keysOf(db, mustaqil);
  const attempt = `/attempts/${attemptIn(writer)}`;
  const visits: Visit[] = [
    { route: `${attempt} with every type`, address: attempt, who: 'writer' },
    { route: `${attempt}/submission with every type`, address: `${attempt}/submission`, who: 'writer' },
    { route: 'the result', address: `/attempts/${attemptIn(graduate)}`, who: 'graduate' },
    {
      route: 'what is done',
      address: new URL(`${graduate.page.$('.crumb a').attr('href')}`, mustaqil.url).pathname,
      who: 'graduate',
    },
    { route: 'a Google client', address: `/admin/registrations/${google.registrationId}`, who: 'admin' },
    { route: 'a guide for it', address: `/admin/registrations/${google.registrationId}/guide`, who: 'admin' },
    { route: 'an LMS by hand', address: '/admin/setup?lms=moodle', who: 'admin' },
    { route: 'no such page', address: `/${randomUUID()}`, who: 'nobody' },
    { route: 'an ended session', address: attempt, who: 'nobody' },
    { route: 'the administration, signed in', address: '/admin', who: 'admin' },
  ];
  const closed: string[] = [];
  const routes = routesOf(bareApplication(db)).filter(({ method }) => method === 'get' || method === '_all');
  for (const path of new Set(routes.map((route) => route.path))) {
    const address = path.replace(/[:*](\w+)/g, (_, name: string) => keys[name] ?? '');
    const seen = await firstWhoSees(mustaqil, address, browsers);
    if (!seen) closed.push(path);
    else if (seen.isPage) visits.push({ route: path, address, who: seen.who });
  }
  return { browsers, visits, closed, theirWords: await wordsOfPeople(db), stop: () => google.stop() };
}

async function firstWhoSees({ url }: TestMustaqil, address: string, browsers: SchoolOfPages['browsers']) {
  for (const [who, as] of Object.entries(browsers)) {
    const { status, headers } = await ask(`${url}${address}`, as && { as });
    // Files and data are answers, too.
    if (status === 200) return { who, isPage: headers.get('content-type')?.startsWith('text/html') ?? false };
  }
  return null;
}

/** A quiz that asks everything that can be asked, each question once, with a limit of time. */
async function publishEveryType(mustaqil: TestMustaqil, teacher: Robot | undefined): Promise<string> {
  if (!teacher) throw new Error('There is no teacher');
  const picture = keyOn(await upload(teacher, pngOf(1200, 800)));
  const asked = [...questionsOfEveryType(18), heart(picture)];
  const activity = newActivity(mustaqil, { title: theirWord });
  await publish(mustaqil, {
    activity,
    settings: { title: theirWord, behaviour: 'immediate-certainty', timeLimitMinutes: '30' },
  });
  await publishAgain(mustaqil, activity, { questions: asked, marksByHand: false, structure: noStructure });
  return activity;
}

function heart(asset: string): Question {
  return questionSchema.parse({
    type: 'hotspot',
    name: theirWord,
    text: { format: 'plain', source: theirWord },
    generalFeedback: { format: 'plain', source: theirWord },
    points: '1',
    details: {
      picture: { asset, alt: theirWord, width: 1200, height: 800 },
      regions: [
        { shape: 'circle', coordinates: [600, 400, 120], label: theirWord, isRight: true },
        { shape: 'rectangle', coordinates: [60, 60, 360, 220], label: `${theirWord} 2`, isRight: false },
      ],
      choose: 'one',
    },
  });
}

/** What people wrote or were given to write: names, questions, plans of courses. */
async function wordsOfPeople(db: Database): Promise<Set<string>> {
  const written: unknown[] = [
    lmsChoices.map(({ label }) => label),
    await db.select({ name: registrations.name }).from(registrations),
    await db.select({ name: people.name }).from(people),
    await db.select({ questions: quizVersions.questions }).from(quizVersions),
    await db.select({ question: bankQuestionVersions.question }).from(bankQuestionVersions),
    await db.select({ plan: creditPlans.plan }).from(creditPlans),
    await db.select({ rules: creditPolicies.rules }).from(creditPolicies),
    await db.select({ code: recordBookPrints.code }).from(recordBookPrints),
  ];
  return new Set([theirWord, 'localhost', ...written.flatMap(stringsIn)].flatMap(wordsIn));
}

/** A new student in an open attempt. */
async function openAttempt(mustaqil: TestMustaqil, activity: string): Promise<Robot> {
  const robot = await openQuiz(mustaqil, { student: newStudent(mustaqil, theirWord), activity });
  await robot.submit('form[action$="/attempts"]');
  return robot;
}
