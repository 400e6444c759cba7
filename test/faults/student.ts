// A student of the run: opens the quiz from the course, saves answer by answer, hands in, and tries again whatever got no answer.
import { z } from 'zod';
import { createRobot, type Robot, type RobotPage } from '../../src/practice/robot.ts';
import type { PracticeLms } from '../../src/practice/practice-lms.ts';
import { openJournal, type Journal } from '../support/journal.ts';
import { persist, type Hiccups } from './pause.ts';
import { positions, someAnswer } from './quiz.ts';
import { between, shuffled, type Random } from './seeded-random.ts';

/** What a student knows of an attempt, because the tool has told them so. */
export interface Paper {
  attemptId: number;
  /** The last answer to each question of which they were told that it is saved. */
  saved: Map<number, string>;
  /** How often they were told so. */
  saves: number;
  isHandedIn: boolean;
}

export interface Student {
  /** What the LMS calls them. */
  personId: string;
  papers: Paper[];
}

/** What a visit needs. */
export interface Visiting {
  lms: PracticeLms;
  activityId: string;
  random: Random;
  signal: AbortSignal;
  hiccups: Hiccups;
}

/** As much of `JournalReply` as a student needs. */
const reply = z.object({ taken: z.array(z.tuple([z.string(), z.number()])) });

/** As long as the page's own script waits for an answer. */
const patienceMs = 10_000;

/** Somebody's browser, signed in to the LMS, that gives up on a request after a while. */
export async function signIn(lms: PracticeLms, personId: string): Promise<Robot> {
  const robot = createRobot({
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) }),
  });
  await robot.open(lms.registration.issuer);
  await robot.submit(`button[name="person"][value="${personId}"]`);
  return robot;
}

/** Opens the activity in the course; the tool's page is open afterwards. */
export async function launch(lms: PracticeLms, personId: string, activityId: string): Promise<Robot> {
  const robot = await signIn(lms, personId);
  showing(await robot.launch(lms.activityUrl(activityId)), 'main');
  return robot;
}

/**
 * One attempt from the launch to the result; the student's papers say what came of it.
 *
 * @throws when the run is over before the visit is
 */
export async function visit(student: Student, visiting: Visiting): Promise<void> {
  const { lms, activityId, random } = visiting;
  const robot = await persist(() => launch(lms, student.personId, activityId), visiting);
  const attemptsUrl = robot.page.url;
  const formUrl = await persist(async () => {
    showing(await robot.open(attemptsUrl), 'form[action$="/attempts"]');
    return showing(await robot.submit('form[action$="/attempts"]'), '#attempt').url;
  }, visiting);
  const journal = openJournal(robot.page, () => new Date());
  const page = robot.page;
  const paper = paperFor(student, Number(/\/attempts\/(\d+)/.exec(formUrl)?.[1]));
  const skill = between(random, [0.3, 0.9]);
  for (const position of answeringOrder(random)) {
    const answer = someAnswer(position, random, skill);
    const entry = await journal.answer(`q${position}`, valueOf(page, `q${position}`, answer));
    await persist(() => save(journal, entry), visiting);
    paper.saved.set(position, answer);
    paper.saves += 1;
  }
  const handInUrl = new URL(`/attempts/${paper.attemptId}/submission`, page.url).href;
  await persist(() => handIn(robot, handInUrl), visiting);
  paper.isHandedIn = true;
}

function paperFor({ papers }: Student, attemptId: number): Paper {
  if (papers.some((known) => known.attemptId === attemptId))
    throw new Error(`Attempt ${attemptId} was handed out twice`);
  const paper: Paper = { attemptId, saved: new Map(), saves: 0, isHandedIn: false };
  papers.push(paper);
  return paper;
}

/** Most questions once, some not at all, some twice because of another thought. */
function answeringOrder(random: Random): number[] {
  const once = positions.filter(() => random() < 0.9);
  const again = positions.filter(() => random() < 0.3);
  return [...shuffled(random, once), ...shuffled(random, again)];
}

/** Sends one answer as the page's journal does: without a cookie, until it is told that it is taken. */
async function save({ url, client }: Journal, entry: string): Promise<void> {
  const answered = await fetch(url, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ sealed: entry }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const words = await answered.text();
  const told = answered.ok ? reply.safeParse(JSON.parse(words)) : null;
  if (!told?.data?.taken.some(([sender]) => sender === client))
    throw new Error(`A save was answered with ${answered.status}`);
}

/** An option is sent by its place on the page, what is typed as it is. */
function valueOf({ $ }: RobotPage, field: string, answer: string): string {
  const option = $(`label.option:has(input[name="${field}"])`).filter(
    (_index, label) => $(label).text().trim() === answer,
  );
  return option.find('input').attr('value') ?? answer;
}

/** What was handed in without our learning of it shows its result instead. */
async function handIn(robot: Robot, url: string): Promise<void> {
  const page = await robot.open(url);
  if (page.$('.result').length > 0) return;
  showing(page, 'form[action$="/submission"]');
  showing(await robot.submit('form[action$="/submission"]'), '.result');
}

/** The page, if it is the one that was looked for. @throws if not, with the refusal it shows */
export function showing(page: RobotPage, selector: string): RobotPage {
  if (page.status < 400 && page.$(selector).length > 0) return page;
  const refusal = page.$('meta[name="refusal"]').attr('content') ?? '';
  throw new Error(`${page.status} ${refusal} in the place of ${selector}`);
}
