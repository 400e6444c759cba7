// Long lists are worked through in turns, so that everybody else's requests go on meanwhile.
import { setImmediate } from 'node:timers/promises';

/** So many are worked on before others have their turn: some milliseconds for questions. */
const turn = 50;

/** What `work` makes of each item, in their order. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % turn === 0) await setImmediate();
    results.push(work(item, index));
  }
  return results;
}
