// The server engine: a pool of connections to PostgreSQL.
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { guardRootHandle, migrationsFolder, type OpenDatabase } from './database.ts';
import { migrationLock } from './migrate-up-to.ts';
import { rememberStatements } from './remembered-statements.ts';

/** A server that says nothing is as good as none. */
const connectionTimeoutMillis = 10_000;

/** Of one process: enough to keep the cores of a server busy, and each more has every statement to learn by itself. */
export const mostConnections = 6;

/** Between two waves of a class: a new connection costs both sides more than a hundred queries, and knows no statement. */
const idleTimeoutMillis = 600_000;

/** What a connection remembers is not kept for ever. */
const maxLifetimeSeconds = 3600;

/** So that none is taken for living that a firewall between us has dropped. */
const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 30_000 };

// `bigint` and `count(*)` as numbers, as the embedded engine gives them. Drizzle asks this table, not the pool's options.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Connects to a PostgreSQL server and brings its tables up to date, under a lock that all processes respect.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws if the server cannot be reached or a migration fails; nothing of that migration stays then
 */
export async function openPostgres(url: string): Promise<OpenDatabase> {
  const { pool, ...open } = connect(url);
  try {
    await migrateUnderLock(pool);
  } catch (error) {
    await pool.end();
    throw new Error('The database could not be opened or brought up to date', { cause: error });
  }
  return open;
}

/** The same, but with the tables that there are, or none. Whether the server can be reached is seen at the first query. */
export function openPostgresAsItIs(url: string): OpenDatabase {
  return connect(url);
}

function connect(url: string): OpenDatabase & { pool: pg.Pool } {
  const pool = new pg.Pool({
    ...{ connectionString: url, max: mostConnections, connectionTimeoutMillis, idleTimeoutMillis, maxLifetimeSeconds },
    ...keptAlive,
  });
  // A connection that breaks while idle is replaced by the pool, and one that breaks in use fails its query; without listeners either
  // event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  rememberStatements(pool);
  pool.on('connect', giveBackWhereNothingBegins);
  return { pool, db: guardRootHandle(drizzle(pool, { casing: 'snake_case' })), close: () => pool.end() };
}

/** Drizzle gives a connection back once what it began is over; one on which nothing can begin, it would keep for ever. */
function giveBackWhereNothingBegins(client: pg.PoolClient): void {
  const query = Reflect.get(client, 'query') as (...asked: unknown[]) => unknown;
  const ask = (statement: unknown, ...rest: unknown[]): unknown => {
    const answer = query.call(client, statement, ...rest);
    if (answer instanceof Promise && isBegin(statement)) answer.catch((error: Error) => client.release(error));
    return answer;
  };
  Reflect.set(client, 'query', ask);
}

function isBegin(statement: unknown): boolean {
  if (typeof statement !== 'object' || statement === null || !('text' in statement)) return false;
  return typeof statement.text === 'string' && statement.text.startsWith('begin');
}

async function migrateUnderLock(pool: pg.Pool) {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client, { casing: 'snake_case' }), { migrationsFolder });
    await client.query('select pg_advisory_unlock($1)', [migrationLock]);
  } finally {
    client.release();
  }
}
