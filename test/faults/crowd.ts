// Everybody's visits, spread over a time: first all for the first time, then many again.
import type { Student } from './student.ts';
import { pause } from './pause.ts';
import { shuffled, type Random } from './seeded-random.ts';

/** Who comes when: everybody once, most a second time, some a third. */
export function planVisits(students: readonly Student[], random: Random): Student[] {
  const second = students.filter(() => random() < 0.75);
  const third = second.filter(() => random() < 0.5);
  return [students, second, third].flatMap((round) => shuffled(random, round));
}

/** Lets the visits happen, one after another for each student, at most so many at once and spread over `durationMs`. */
export async function runCrowd(
  visits: readonly Student[],
  attend: (student: Student) => Promise<void>,
  { mostAtOnce, durationMs, signal }: { mostAtOnce: number; durationMs: number; signal: AbortSignal },
): Promise<void> {
  const begun = Date.now();
  const waiting = [...visits.entries()];
  const active = new Set<Student>();

  const serve = async () => {
    while (!signal.aborted) {
      // Who is still at the visit before goes last.
      const index = waiting.findIndex(([, student]) => !active.has(student));
      if (waiting.length === 0) return;
      if (index < 0) {
        await pause(100, signal);
        continue;
      }
      const [next] = waiting.splice(index, 1);
      if (!next) return;
      const [turn, student] = next;
      active.add(student);
      await pause(Math.max(0, begun + (durationMs * turn) / visits.length - Date.now()), signal);
      await attend(student).finally(() => active.delete(student));
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, serve));
}
