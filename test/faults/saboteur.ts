// Takes one trouble after the other, each kind before any a second time, for as long as the students are at work.
import { pause } from './pause.ts';
import { between, shuffled, type Random } from './seeded-random.ts';

/** Begins, lasts and ends, at the latest when `signal` is given. Says whether anybody ran into it. */
export type Trouble = (signal: AbortSignal) => Promise<boolean>;

/** How often each kind of trouble was met, by name. */
export type TroubleCounts = Record<string, number>;

/**
 * Makes trouble until the students are done, or should be left alone; every kind at least once, even if that is so before.
 *
 * @param given.pauseMs least and most between two troubles
 * @param given.tell told the name of each
 */
export async function makeTrouble(
  troubles: Readonly<Record<string, Trouble>>,
  given: {
    random: Random;
    pauseMs: readonly [number, number];
    isEnough: () => boolean;
    signal: AbortSignal;
    tell: (words: string) => void;
  },
): Promise<TroubleCounts> {
  const { random, pauseMs, isEnough, signal, tell } = given;
  const counts: TroubleCounts = {};
  for (let round = 1; round === 1 || !isEnough(); round += 1) {
    for (const [name, trouble] of shuffled(random, Object.entries(troubles))) {
      if (round > 1 && isEnough()) break;
      await pause(between(random, pauseMs), signal);
      if (signal.aborted) return counts;
      tell(name);
      const isMet = await trouble(signal);
      counts[name] = (counts[name] ?? 0) + Number(isMet);
    }
  }
  return counts;
}
