// Waiting in a run that may end at any moment, and trying until it does.
import { setTimeout } from 'node:timers/promises';

/** Waits; not a moment longer once `signal` is given. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** Why steps had to be taken again: the words of the failure, and how often. */
export type Hiccups = Map<string, number>;

/**
 * Takes a step again and again until it succeeds, as somebody does who is told "try again".
 *
 * @throws when `signal` is given before: the step never succeeded
 */
export async function persist<Result>(
  step: () => Promise<Result>,
  { signal, hiccups, betweenMs = 300 }: { signal: AbortSignal; hiccups: Hiccups; betweenMs?: number },
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      hiccups.set(why, (hiccups.get(why) ?? 0) + 1);
      await pause(betweenMs, signal);
    }
  }
}
