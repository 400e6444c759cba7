// The students at work, and the trouble around them, all at the same time.
import { sample } from '../../src/practice/sample-courses.ts';
import { planVisits, runCrowd } from './crowd.ts';
import type { FaultyLms } from './lms.ts';
import { lmsTroubles } from './lms-troubles.ts';
import type { Hiccups } from './pause.ts';
import { makeTrouble, type TroubleCounts } from './saboteur.ts';
import { between, seededRandom } from './seeded-random.ts';
import { keepAskingAsTeacher } from './send-again.ts';
import type { Size } from './sizes.ts';
import { visit, type Student } from './student.ts';
import { toolTroubles } from './tool-troubles.ts';
import type { World } from './world.ts';

/** What came of it. */
export interface Storm {
  students: readonly Student[];
  /** Visits that did not come to their end. */
  unfinished: number;
  troubles: TroubleCounts;
  /** How often the teacher had everything sent again meanwhile. */
  sentAgain: number;
}

/** Students at work at a time. */
const mostAtOnce = 12;

/** Ends when every visit has, or `signal` is given. */
export async function storm(
  { faulty, workers, database, activityId }: World,
  size: Size,
  given: { seed: number; signal: AbortSignal; hiccups: Hiccups; tell: (words: string) => void },
): Promise<Storm> {
  const { seed, signal, hiccups, tell } = given;
  const [visitRandom, lmsRandom, toolRandom] = [seededRandom(seed, 1), seededRandom(seed, 2), seededRandom(seed, 3)];
  const students = Array.from({ length: size.students }, (_none, index) => newcomer(faulty, index + 1));
  const plan = planVisits(students, seededRandom(seed, 0));
  let unfinished = plan.length;
  let isDone = false;
  const attend = async (student: Student) => {
    try {
      await visit(student, { lms: faulty.lms, activityId, random: visitRandom, signal, hiccups });
      unfinished -= 1;
    } catch (error) {
      tell(`a visit ended before its time: ${String(error)}`);
    }
  };
  const crowd = runCrowd(plan, attend, { mostAtOnce, durationMs: size.crowdMs, signal }).then(() => {
    isDone = true;
    tell('the students are done');
  });
  // On a slow machine they are left alone in the end, to be done in time.
  const enough = Date.now() + 1.5 * size.crowdMs;
  const trouble = { isEnough: () => isDone || Date.now() > enough, signal, tell };
  const ofLms = lmsTroubles(faulty, () => between(lmsRandom, size.lmsMs));
  const ofTool = toolTroubles(workers, database);
  const isOver = () => isDone;
  const [lmsCounts, toolCounts, sentAgain] = await Promise.all([
    makeTrouble(ofLms, { ...trouble, random: lmsRandom, pauseMs: size.lmsPauseMs }),
    makeTrouble(ofTool, { ...trouble, random: toolRandom, pauseMs: size.toolPauseMs }),
    keepAskingAsTeacher(faulty.lms, sample.dilnoza, activityId, { everyMs: size.teacherMs, isOver, signal }),
    crowd,
  ]);
  return { students, unfinished, troubles: { ...lmsCounts, ...toolCounts }, sentAgain };
}

/** A student of the course, who has done nothing yet. */
function newcomer({ lms }: FaultyLms, number: number): Student {
  const { id } = lms.addPerson({ givenName: 'Student', familyName: `No. ${number}` });
  lms.enrol(id, sample.physics.course, 'student');
  return { personId: id, papers: [] };
}
