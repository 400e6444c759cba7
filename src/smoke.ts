// Does the main job once, over HTTP, as a student and a browser without a window do it: launch, answer, hand in, find the grade in
// the LMS's gradebook and the points in the course's credits. Prints one JSON line; exit 0 only if all of it happened.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { destination } from 'pino';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import type { PracticeLms } from './practice/practice-lms.ts';
import { createRobot, type Robot } from './practice/robot.ts';
import { sample } from './practice/sample-courses.ts';
import { start } from './start.ts';

const patienceMs = 30_000;

interface Points {
  points: number;
  maximum: number;
}

/** What happened. */
interface Smoke {
  launch: boolean;
  /** On the student's result page. */
  score: Points | null;
  /** In the LMS's gradebook. */
  gradebook: Points | null;
  /** In the course's credit plan, on the student's page of credits: what the quiz counts there, of all points of the course. */
  credits: Points | null;
}

/** What the sample plan gives for the quiz. */
const planned = 10;

async function smoke(): Promise<Smoke> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mustaqil-smoke-'));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, PRACTICE: 'on' });
  const running = await start(config, createLog('error', destination(2)));
  try {
    if (!running.practice) throw new Error('There is no practice LMS');
    const { lms, url } = running.practice;
    const student = createRobot({ language: 'en' });
    await student.open(url);
    await student.submit(`button[name="person"][value="${sample.aziz}"]`);
    const launched = await student.launch(lms.activityUrl(sample.physics.mechanics));
    const score = await takeQuiz(student);
    const credits = await creditsOf(student);
    return { launch: launched.status === 200, score, gradebook: await gradeOf(lms), credits };
  } finally {
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts, answers what can be answered with one field, hands in. Returns the points on the result page. */
async function takeQuiz(student: Robot): Promise<Points | null> {
  await student.submit('form[action$="/attempts"]');
  const { $ } = student.page;
  const answers = $('#attempt input[type=radio], #attempt input[type=text]')
    .toArray()
    .map((input) => [$(input).attr('name') ?? '', $(input).attr('value') || '5'] as const);
  await student.submit('#attempt button', Object.fromEntries(answers));
  await student.submit('form[action$="/submission"]');
  return pointsIn(student.page.$('.score').text());
}

/** Looks at the page of credits. */
async function creditsOf(student: Robot): Promise<Points | null> {
  await student.click('.crumb a');
  await student.click('.crumb a[href$="/progress"]');
  await student.click('a[href$="/credits"]');
  return pointsIn(student.page.$('.lead').text());
}

function pointsIn(text: string): Points | null {
  const read = /([\d.]+) of ([\d.]+) points/.exec(text);
  return read && { points: Number(read[1]), maximum: Number(read[2]) };
}

/** Waits until the grade has arrived. */
async function gradeOf(lms: PracticeLms): Promise<Points | null> {
  const maximum = lms.state.lineItems.find(({ activityId }) => activityId === sample.physics.mechanics)?.maximumPoints;
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
    const points = lms.gradeOf(sample.physics.mechanics, sample.aziz)?.points;
    if (points != null && maximum != null) return { points, maximum };
    await setTimeout(50);
  }
  return null;
}

/** The LMS scales to its column's maximum, and pages show two digits: what must agree is the share. */
function agree(one: Points | null, other: Points | null) {
  return one !== null && other !== null && Math.abs(one.points / one.maximum - other.points / other.maximum) < 1e-3;
}

const result = await smoke();
process.stdout.write(`${JSON.stringify(result)}\n`);
// Points there must be: an answer that was lost would agree with an empty gradebook.
const hasPoints = (result.score?.points ?? 0) > 0;
const counted = result.credits && { points: result.credits.points, maximum: planned };
const isDone = result.launch && hasPoints && agree(result.score, result.gradebook) && agree(result.score, counted);
process.exit(isDone ? 0 : 1);
