// Does the main job once, over HTTP, as a student and a browser without a window do it: launch, answer, hand in, find the grade in
// the LMS's gradebook. Prints one JSON line; exit 0 only if all of it happened.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from './config.ts';
import type { PracticeLms } from './practice/practice-lms.ts';
import { createRobot, type Robot } from './practice/robot.ts';
import { sample } from './practice/sample-courses.ts';
import { start } from './start.ts';

const patienceMs = 30_000;

/** What happened; null for what did not. */
interface Smoke {
  /** Status of the page at the end of the launch. */
  launch: number | null;
  /** Points on the student's result page. */
  score: string | null;
  /** Points in the LMS's gradebook. */
  gradebook: { points: number; maximum: number } | null;
  /** Credits are not counted yet. */
  credits: null;
}

async function smoke(): Promise<Smoke> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mustaqil-smoke-'));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, PRACTICE: 'on' });
  const running = await start(config, pino({ level: 'error' }, pino.destination(2)));
  try {
    if (!running.practice) throw new Error('There is no practice LMS');
    const { lms, url } = running.practice;
    const student = createRobot({ language: 'uz' });
    await student.open(url);
    await student.submit(`button[name="person"][value="${sample.aziz}"]`);
    const launched = await student.launch(lms.activityUrl(sample.physics.mechanics));
    const score = await takeQuiz(student);
    return { launch: launched.status, score, gradebook: await gradeOf(lms), credits: null };
  } finally {
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts, answers what can be answered with one field, hands in. Returns the points on the result page. */
async function takeQuiz(student: Robot): Promise<string | null> {
  await student.submit('form[action$="/attempts"]');
  const { $ } = student.page;
  const answers = Object.fromEntries(
    $('#attempt input[type=radio], #attempt input[inputmode=decimal]')
      .toArray()
      .map((input) => [$(input).attr('name') ?? '', $(input).attr('value') || '5'] as const),
  );
  await student.submit('#attempt button', answers);
  await student.submit('form[action$="/submission"]');
  return student.page.$('.score .number').first().text().trim() || null;
}

/** Waits until the grade has arrived. */
async function gradeOf(lms: PracticeLms): Promise<Smoke['gradebook']> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
    const grade = lms.gradeOf(sample.physics.mechanics, sample.aziz);
    if (grade?.points != null) return { points: grade.points, maximum: 100 };
    await setTimeout(50);
  }
  return null;
}

const result = await smoke();
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(result.launch === 200 && result.score !== null && result.gradebook !== null ? 0 : 1);
