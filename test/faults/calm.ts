// After the storm: everything works again, and people do what the pages offer them until every grade is where it belongs.
import { sample } from '../../src/practice/sample-courses.ts';
import { endFaults } from './lms.ts';
import { pause, persist, type Hiccups } from './pause.ts';
import { countUnsettled } from './records.ts';
import { askAsStudent, askAsTeacher } from './send-again.ts';
import type { World } from './world.ts';

/** How often who pressed a button once all was well. */
export interface ByHand {
  students: number;
  teacher: number;
}

const lookEveryMs = 1_000;
/** A teacher does not stand by: what heals itself is given the time. */
const teacherEveryMs = 10_000;

/**
 * Ends the faults and waits until nothing is owed. Whoever was refused looks at their grade and asks for it to be sent again where the
 * page offers that; the teacher, who looks now and then, does the rest. That, and no hand in the database, is how refused grades are
 * brought in. Grades that only waited need nobody: a process that was killed holds its own for as long as a lease, half a minute.
 *
 * @param given.signal when to wait no longer
 */
export async function calmDown(
  { faulty, database, activityId }: World,
  given: { signal: AbortSignal; hiccups: Hiccups; tell: (words: string) => void },
): Promise<ByHand> {
  const { signal, hiccups, tell } = given;
  const { lms, posts } = faulty;
  endFaults(faulty);
  const byHand: ByHand = { students: 0, teacher: 0 };
  const ask = async (who: keyof ByHand, buttons: () => Promise<number>) => {
    // When there is no time left, nobody asks: the report says what is missing then.
    byHand[who] += await persist(buttons, { signal, hiccups }).catch(() => 0);
  };
  const refused = new Set(posts.filter(({ status }) => status === 400).map(({ personId }) => personId));
  for (const personId of refused) await ask('students', () => askAsStudent(lms, personId, activityId));
  let seen = '';
  for (let looks = 1; !signal.aborted; looks += 1) {
    const unsettled = JSON.stringify(await countUnsettled(database.url));
    if (unsettled === '{}') return byHand;
    if (unsettled !== seen) tell(`not there yet: ${unsettled}`);
    seen = unsettled;
    if ((looks * lookEveryMs) % teacherEveryMs === 0) {
      await ask('teacher', () => askAsTeacher(lms, sample.dilnoza, activityId));
    }
    await pause(lookEveryMs, signal);
  }
  return byHand;
}
