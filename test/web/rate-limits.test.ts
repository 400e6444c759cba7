// What a stranger tried is counted for all processes together, and for a quarter of an hour.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { rateLimits } from '../../src/database/tables/rate-limits.ts';
import { deleteExpired } from '../../src/web/session.ts';
import { bareApplication } from '../support/application.ts';
import { ask } from '../support/ask.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

const quarterMs = 15 * 60 * 1000;
const guess = (code: string) => ask(`${mustaqil.url}/verification/${code}`);

test('who used up the tries at one process gets none at another, nor after a restart, until they are given back', async () => {
  const [one, other] = [bareApplication(mustaqil.db), bareApplication(mustaqil.db)];
  const at = async (app: typeof one, code: number) => (await request(app).get(`/verification/${code}`)).status;
  for (let tries = 0; tries < 30; tries += 1) expect(await at(tries % 2 ? one : other, tries)).toBe(404);
  expect([await at(one, 31), await at(other, 32)]).toEqual([429, 429]);
  expect(await at(bareApplication(mustaqil.db), 33)).toBe(429);
  await mustaqil.db.delete(rateLimits);
});

test('after a quarter of an hour the tries are new, and what was counted before is swept out', async () => {
  for (let tries = 0; tries < 30; tries += 1) expect((await guess(`${tries}`)).status).toBe(404);
  expect((await guess('31')).status).toBe(429);
  mustaqil.clock.advance(quarterMs - 1);
  expect((await guess('32')).status).toBe(429);
  mustaqil.clock.advance(1);
  expect((await guess('33')).status).toBe(404);
  expect(await mustaqil.db.select({ hits: rateLimits.hits }).from(rateLimits)).toEqual([{ hits: 1 }]);
  await deleteExpired(mustaqil.db, new Date(mustaqil.clock.now().getTime() + quarterMs));
  expect(await mustaqil.db.$count(rateLimits)).toBe(0);
});

test('nothing that is kept says who tried', async () => {
  await guess('34');
  const kept = JSON.stringify(await mustaqil.db.select().from(rateLimits));
  expect(kept).toMatch(/[\w-]{43}/);
  expect(kept).not.toMatch(/127\.0\.0\.1|::1|::ffff/);
});
