// What watches over the process can tell "alive" from "able to work", and a person reads a page even when it is not.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import request from 'supertest';
import type { Database, OpenDatabase } from '../../src/database/database.ts';
import { bareApplication } from '../support/application.ts';
import { openDeadDatabase, openTestDatabase } from '../support/database.ts';

let living: OpenDatabase;
let dead: Database;
beforeAll(async () => {
  [living, dead] = [await openTestDatabase(), await openDeadDatabase()];
});
afterAll(() => living.close());

test('with a database, the process is alive and ready', async () => {
  const app = bareApplication(living.db);
  for (const path of ['/healthz', '/readyz', '/healthz/grades']) await request(app).get(path).expect(200, 'ok');
});

test('without one it is alive and not ready', async () => {
  const app = bareApplication(dead);
  await request(app).get('/healthz').expect(200, 'ok');
  for (const path of ['/readyz', '/healthz/grades', '/metrics']) {
    await request(app).get(path).expect(503, 'database unavailable');
  }
});

test('whoever watches sets no cookie and needs none', async () => {
  const { headers } = await request(bareApplication(living.db)).get('/readyz');
  expect(headers['set-cookie']).toBeUndefined();
});

test('without a database people read that it is our fault, with a number to tell, and nothing of how it is made', async () => {
  const { status, text, headers } = await request(bareApplication(dead))
    .get('/attempts/1')
    .set('Cookie', '__Host-session=some-session')
    .set('Accept', 'text/html');
  const $ = load(text);
  expect([status, $('meta[name="refusal"]').attr('content')]).toEqual([500, 'fault']);
  expect($('main').text()).toContain(headers['x-request-id']);
  expect(text).not.toMatch(/select|sessions|postgres|pglite|node_modules|\n\s+at /i);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
});
