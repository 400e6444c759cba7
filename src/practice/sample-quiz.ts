// Fills the sample course as its teacher would: signs in, opens the activity, pastes the questions, publishes. Whatever keeps a
// teacher from doing so keeps this from working too.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PracticeLms } from './practice-lms.ts';
import { createRobot } from './robot.ts';
import { fillSamplePlan } from './sample-plan.ts';
import { sample } from './sample-courses.ts';

// Two levels below the root both in src/ and in the build, so the files need no copying.
const folder = join(import.meta.dirname, '../../src/practice/sample');

/**
 * Publishes the sample quiz in the first activity, and a credit plan in which it counts, unless its teacher finds a quiz there.
 *
 * @param url where the practice LMS is listened on; it and the tool must answer by now
 */
export async function fillSampleCourse(lms: PracticeLms, url: string): Promise<void> {
  const robot = createRobot({ language: 'uz' });
  await robot.open(url);
  await robot.submit(`form button[name="person"][value="${sample.dilnoza}"]`);
  const page = await robot.launch(lms.activityUrl(sample.physics.mechanics));
  if (page.$('#quiz').length === 0 || page.$('[data-key]').length > 0) return;
  const source = await readFile(join(folder, 'mexanika.gift'), 'utf8');
  await robot.click('main a[href$="/quiz/text"]');
  await robot.submit('#text', { source });
  await robot.click('.crumb a');
  await robot.submit('button[formaction]');
  await fillSamplePlan(robot);
}
