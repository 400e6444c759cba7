// An empty, migrated database of the engine that this run of the tests is on.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { OpenDatabase } from '../../src/database/database.ts';
import { openEmbedded } from '../../src/database/pglite.ts';
import { openPostgres } from '../../src/database/postgres.ts';

declare global {
  /** Set by the jest project: on which engine to run. */
  var engine: 'pglite' | 'postgres';
}

/** Each call gives another one; close it in the end. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  if (globalThis.engine === 'postgres') return openPostgres(await newPostgresUrl());
  const dump = await readFile(process.env.TEST_PGLITE_DUMP ?? '');
  return openEmbedded(null, new Blob([dump]));
}

/** The address of a new database on the test server, a copy of the migrated one. */
export async function newPostgresUrl(): Promise<string> {
  const url = process.env.TEST_POSTGRES_URL ?? '';
  const name = `test_${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(`create database ${name} template migrated`);
  await client.end();
  return `${url}/${name}`;
}
