// What a student's phone receives from us, from the click in the LMS to the progress page, in each language: the heaviest of each page.
import { languages } from '../src/i18n/i18n.ts';
import { createRobot, type Robot } from '../src/practice/robot.ts';
import { sample } from '../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../test/support/mustaqil.ts';
import { publishQuestions } from '../test/support/publish-questions.ts';
import { questionsOfEveryType, somethingFor } from '../test/support/questions-of-every-type.ts';
import { newStudent } from '../test/support/school.ts';
import startPglite from '../test/support/start-pglite.ts';
import stopPglite from '../test/support/stop-pglite.ts';
import { atMostRow, exactRow, type Row } from './row.ts';
import { createScales, type Scales } from './scales.ts';

/** With nothing in the cache: the page, its styles, its scripts and every letter that its font may lack. */
const firstBytes = 45_000;
/** With everything in the cache that an earlier page brought. */
const furtherBytes = 12_000;
const questionCount = 20;

/** The quizzes that are weighed, by what is said of their pages. */
const quizzes = { '': {}, ', timed': { timeLimitMinutes: '60', overdue: 'overtime', overtimeMinutes: '10' } };

/** What a student goes through after the launch, page by page. Each step leaves the robot on the page. */
const way: [string, (robot: Robot) => Promise<unknown>][] = [
  ['the questions', (robot) => robot.submit('form[action$="/attempts"]')],
  ['the summary before handing in', (robot) => robot.submit('#attempt .bar button', somethingFor(robot))],
  ['the result', (robot) => robot.submit('form[action$="/submission"]')],
  ['the attempts at the quiz', (robot) => robot.click('.crumb a')],
  ['the progress', (robot) => robot.click('.crumb a')],
  ['the record book', (robot) => robot.open('/record-book')],
];

/** What each page brought, in bytes. */
interface Weights {
  first: Map<string, number>;
  further: Map<string, number>;
}

/** The way of a new student in one language. */
async function walk(mustaqil: TestMustaqil, scales: Scales, language: string): Promise<Weights> {
  const [first, further] = [new Map<string, number>(), new Map<string, number>()];
  const robot = createRobot({ fetch: scales.fetch, now: mustaqil.clock.now });
  const activity = mustaqil.lms.activityUrl(sample.physics.mechanics);
  const weigh = async (kind: Map<string, number>, name: string) => {
    if (robot.page.status !== 200) throw new Error(`${robot.page.url}: ${robot.page.status}`);
    await scales.fetchFiles(robot.page);
    kind.set(name, scales.look());
  };
  const student = newStudent(mustaqil, 'Talaba');
  await robot.open(mustaqil.lmsUrl);
  await robot.submit(`button[name="person"][value="${student}"]`);
  await robot.launch(activity);
  await robot.submit(`.languages [value="${language}"]`);

  scales.look();
  scales.emptyCache();
  await robot.launch(activity);
  await weigh(first, 'the launch and the quiz');
  for (const [name, step] of way) {
    await step(robot);
    await weigh(further, name);
    if (name !== 'the questions') continue;
    // Who follows a link to them has nothing in the cache.
    scales.emptyCache();
    await robot.open(robot.page.url);
    await weigh(first, name);
  }
  return { first, further };
}

/** Of each page the heaviest of all languages. @param which quiz */
function heaviest(
  kind: keyof Weights,
  walks: Map<string, Weights>,
  { which, budget }: { which: string; budget: number },
) {
  const names = [...walks.values()].flatMap((weights) => [...weights[kind].keys()]);
  return [...new Set(names)].map((name) => {
    const weights = [...walks].map(([language, walked]) => ({ language, bytes: walked[kind].get(name) ?? 0 }));
    const { language, bytes } = weights.reduce((one, other) => (other.bytes > one.bytes ? other : one));
    return atMostRow(`${kind} page${which}: ${name} (${language})`, bytes, 'bytes', budget);
  });
}

async function weighQuiz(which: string, settings: Record<string, string>): Promise<Row[]> {
  const mustaqil = await startMustaqil();
  try {
    await publishQuestions(mustaqil, questionsOfEveryType(questionCount), settings);
    const scales = createScales(mustaqil.url);
    const walks = new Map<string, Weights>();
    for (const { code } of languages) walks.set(code, await walk(mustaqil, scales, code));
    return [
      ...heaviest('first', walks, { which, budget: firstBytes }),
      ...heaviest('further', walks, { which, budget: furtherBytes }),
      exactRow(
        `addresses of other hosts${which}${[...scales.foreign].map((address) => ` ${address}`).join()}`,
        scales.foreign.size,
        'addresses',
        0,
      ),
    ];
  } finally {
    await mustaqil.stop();
  }
}

export async function* benchWeights(): AsyncGenerator<Row> {
  await startPglite();
  try {
    for (const [which, settings] of Object.entries(quizzes)) yield* await weighQuiz(which, settings);
  } finally {
    await stopPglite();
  }
}
