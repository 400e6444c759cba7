// Questions that many ask at once, and that have the same answer for all of them.
import type { Database } from './database.ts';

interface Asking<Answer> {
  underWay: Promise<Answer>;
  /** Begins when that one is over. */
  next: Promise<Answer> | null;
}

/**
 * Who asks the same while it is being asked shares the next asking with all who come meanwhile: when a class starts, the database is
 * asked once and not once for each. Nobody is answered out of what was read before they asked, and nothing is kept.
 *
 * @param ask a question whose JSON says what it is; the answer is everybody's, and nobody may change it
 */
export function askTogether<Question, Answer>(
  ask: (db: Database, question: Question) => Promise<Answer>,
): (db: Database, question: Question) => Promise<Answer> {
  const askings = new WeakMap<Database, Map<string, Asking<Answer>>>();

  const begin = (mine: Map<string, Asking<Answer>>, key: string, run: () => Promise<Answer>): Promise<Answer> => {
    const asking: Asking<Answer> = { underWay: run(), next: null };
    mine.set(key, asking);
    const end = () => void (asking.next === null && mine.delete(key));
    asking.underWay.then(end, end);
    return asking.underWay;
  };

  return (db, question) => {
    const mine = askings.get(db) ?? new Map<string, Asking<Answer>>();
    askings.set(db, mine);
    const key = JSON.stringify(question);
    const asking = mine.get(key);
    const start = () => begin(mine, key, () => ask(db, question));
    if (!asking) return start();
    asking.next ??= asking.underWay.then(start, start);
    return asking.next;
  };
}
