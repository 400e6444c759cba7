// One kind of database for the whole house: Drizzle on PostgreSQL, embedded (PGlite) or on a server.
// Its tables are in tables/, their SQL in migrations/; both engines give the same TypeScript values.
import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';
import type { ExtractTablesWithRelations, SQL } from 'drizzle-orm';
import { z } from 'zod';

type Schema = Record<string, never>;

/** What every store takes first: the database itself, or a transaction of it. */
export type Database = PgDatabase<PgQueryResultHKT, Schema>;

/** For what is only right inside a transaction, such as row locks. */
export type Transaction = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;

/** A database that was opened, and how to close it. */
export interface OpenDatabase {
  db: Database;
  /** Waits for running queries; the embedded engine is on disk afterwards. */
  close(): Promise<void>;
}

/** Where the SQL of `npm run migration` lies, seen from src/ and from the build alike. */
export const migrationsFolder = join(import.meta.dirname, '../../src/database/migrations');

const insideTransaction = new AsyncLocalStorage<Database>();

const roots = new WeakMap<Database, Database>();

/** The database that a transaction belongs to; a database itself belongs to none but itself. */
export function rootOf(db: Database): Database {
  return roots.get(db) ?? db;
}

/**
 * The same database, but touching it inside one of its own transactions throws at once. On the embedded engine, which has a
 * single connection, such a query would wait for ever for the transaction that waits for it (seen on PGlite 0.5).
 */
export function guardRootHandle<Root extends Database>(root: Root): Root {
  const guarded = new Proxy(root, {
    get(target, property) {
      if (insideTransaction.getStore() === target) {
        throw new Error(
          `Inside a transaction use its own handle: the database's ".${String(property)}" was asked for.`,
        );
      }
      if (property === 'transaction') {
        const transaction: Root['transaction'] = (work, config) =>
          target.transaction((tx) => {
            roots.set(tx, guarded);
            return insideTransaction.run(target, () => work(tx));
          }, config);
        return transaction;
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return guarded;
}

/** What a statement gives that Drizzle cannot build, each row parsed; both engines give rows as objects. */
export async function rowsOf<Row>(tx: Transaction, row: z.ZodType<Row>, statement: SQL): Promise<Row[]> {
  return z.object({ rows: z.array(row) }).parse(await tx.execute(statement)).rows;
}
