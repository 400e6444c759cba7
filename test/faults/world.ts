// Everything the run needs, set up as at a university: an LMS with a course, a database, two processes of the tool behind one
// address, and a quiz that its teacher has published.
import { randomBytes } from 'node:crypto';
import { sample } from '../../src/practice/sample-courses.ts';
import { registrationWords } from '../support/killable.ts';
import { publish } from '../support/people.ts';
import { runCli } from '../support/processes.ts';
import { startDatabase, type RestartableDatabase } from './database.ts';
import { startFront } from './front.ts';
import { startLms, type FaultyLms } from './lms.ts';
import { source } from './quiz.ts';
import { signIn } from './student.ts';
import { startWorkers, type Workers } from './workers.ts';

export interface World {
  database: RestartableDatabase;
  workers: Workers;
  faulty: FaultyLms;
  /** The quiz in the course. */
  activityId: string;
  stop(): Promise<void>;
}

/** @param folder a directory of ours, for everything that is kept */
export async function startWorld(folder: string): Promise<World> {
  const database = await startDatabase(folder);
  const front = await startFront();
  const faulty = await startLms(front.url);
  const { lms } = faulty;
  const settings = {
    PUBLIC_URL: front.url,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    MUSTAQIL_SECRET: randomBytes(32).toString('hex'),
  };
  const added = await runCli(registrationWords(lms), settings);
  if (added.exitCode !== 0) throw new Error(`The LMS could not be registered: ${added.output}${added.complaint}`);
  const workers = await startWorkers(2, settings);
  front.sendTo(() => workers.livingPorts());
  const activityId = sample.physics.mechanics;
  const school = { lms, browserOf: (personId: string) => signIn(lms, personId) };
  await publish(school, { source, activity: activityId, settings: { attemptsAllowed: '', countingAttempt: 'best' } });
  return {
    ...{ database, workers, faulty, activityId },
    stop: async () => {
      await Promise.all([workers.stop(), front.stop(), faulty.stop()]);
      await database.stop();
    },
  };
}
