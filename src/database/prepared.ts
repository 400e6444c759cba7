// Queries that are asked so often that putting them together costs more than answering them.
import type { Database } from './database.ts';

/**
 * A query that is put together once for each database, and remembered by its connections from the first time on. Inside a transaction,
 * which has a handle of its own, it is put together anew: that is no place for it.
 *
 * @param name unique in the whole house; connections know the query by it
 * @param build the query, with `sql.placeholder` for what changes, up to `prepare(name)`
 */
export function prepared<Query>(
  name: string,
  build: (db: Database) => { prepare: (name: string) => Query },
): (db: Database) => Query {
  const built = new WeakMap<Database, Query>();
  return (db) => {
    // What was put together before would pass by the guard of the root handle; this does not.
    Reflect.get(db, 'select');
    const query = built.get(db) ?? build(db).prepare(name);
    built.set(db, query);
    return query;
  };
}
