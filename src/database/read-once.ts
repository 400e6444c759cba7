// Rows that never change once they are there, kept in memory so that each is read once.
import { rootOf, type Database } from './database.ts';

/**
 * @param most so many are kept of each database, whichever transaction reads them; beyond that, the one that nobody asked for the longest goes
 * @param find reads what a key stands for; null: there is none, and it is looked for again the next time
 */
export function readOnce<Value>(
  most: number,
  find: (db: Database, id: number) => Promise<Value | null>,
): (db: Database, id: number) => Promise<Value | null> {
  const keptOf = new WeakMap<Database, Map<number, Value>>();
  return async (db, id) => {
    const root = rootOf(db);
    const kept = keptOf.get(root) ?? new Map<number, Value>();
    keptOf.set(root, kept);
    const value = kept.get(id) ?? (await find(db, id));
    if (value === null) return null;
    // A Map is in the order in which its keys came.
    kept.delete(id);
    kept.set(id, value);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
