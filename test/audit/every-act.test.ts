// Nothing that changes something is forgotten by the log: routes and commands are asked of the application itself.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { asc, eq, gt } from 'drizzle-orm';
import request from 'supertest';
import { wordsOf } from '../../src/audit/record-command.ts';
import { auditedCommands, auditedRoutes, unauditedCommands, unauditedRoutes } from '../../src/audited-acts.ts';
import { createProgram } from '../../src/commands.ts';
import { auditEntries, auditOutcomes } from '../../src/database/tables/audit.ts';
import { createInvite } from '../../src/platforms/invites.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { newSecret, signIn } from '../admin/administrator.ts';
import { bareApplication } from '../support/application.ts';
import { ask, cookiesOf } from '../support/ask.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { openQuiz, publish } from '../support/people.ts';
import { routesOf } from '../support/routes.ts';
import { keysOf, type Keys } from '../support/universities.ts';

let mustaqil: TestMustaqil;
let teacher: Robot;
let keys: Keys;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  teacher = await publish(mustaqil);
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  await aigul.submit('form[action$="/attempts"]');
  keys = await keysOf(mustaqil.db, mustaqil);
});
afterAll(() => mustaqil.stop());

const changing = () =>
  routesOf(bareApplication(mustaqil.db))
    .filter(({ method }) => !['get', 'head'].includes(method))
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`);

describe('every route that changes something', () => {
  test('is written down, or left out with a reason', () => {
    const known = [...Object.keys(auditedRoutes), ...Object.keys(unauditedRoutes)];
    expect(changing().filter((route) => !known.includes(route))).toEqual([]);
    expect(known.filter((route) => !changing().includes(route))).toEqual([]);
    expect(known.filter((route, place) => known.indexOf(route) !== place)).toEqual([]);
    expect(changing().length).toBeGreaterThan(80);
  });

  test('and is used by a teacher, leaves one line that says what, who, and what came of it, or none', async () => {
    const routes = changing().filter(
      (route) => !/ \/(admin|lti)\//.test(route) && route !== 'POST /session/removal' && !route.includes('/journal'),
    );
    const wrong: unknown[] = [];
    for (const route of routes) {
      const { status, added } = await use(route, teacher);
      const audited = auditedRoutes[route];
      const line = { act: audited?.act, actor: 'person', outcome: outcomeOf(status), status };
      const expected = audited ? [line] : [];
      const found = added.map(({ act, actor, outcome, status: written }) => ({ act, actor, outcome, status: written }));
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ route, found, expected });
      expect({ route, isFault: status >= 500 }).toEqual({ route, isFault: false });
    }
    expect(wrong).toEqual([]);
  });

  test('and is used by the administrator, does so, too; the door is watched from outside', async () => {
    const secret = await newSecret(mustaqil);
    const { robot: admin, added: entered } = await watch(async () => ({ robot: await signIn(mustaqil, secret) }));
    expect(entered).toMatchObject([{ act: 'administration-entered', actor: 'stranger', outcome: 'done', status: 303 }]);
    const { added: wrongTry } = await watch(async () => ({ robot: await signIn(mustaqil, `${secret}x`) }));
    expect(wrongTry).toMatchObject([{ act: 'administration-entered', actor: 'stranger', outcome: 'refused' }]);
    const last = 'POST /admin/sessions/end';
    const routes = changing().filter(
      (route) => route.includes(' /admin/') && ![last, 'POST /admin/sessions'].includes(route),
    );
    for (const route of [...routes, last]) {
      const { status, added } = await use(route, admin, [['state', 'disabled']]);
      const act = route.endsWith('/state') ? 'platform-kept-out' : auditedRoutes[route]?.act;
      const line = { act, actor: 'administrator', actorId: null, courseId: null, outcome: outcomeOf(status), status };
      expect({ route, added }).toMatchObject({ route, added: auditedRoutes[route] ? [line] : [] });
    }
    const stranger = await use('POST /admin/invites', undefined);
    expect([stranger.status, stranger.added]).toEqual([401, []]);
  });

  test('and is used by an LMS with an invite, does so; who has none writes nothing', async () => {
    const { db, clock, url } = mustaqil;
    const lifetimeMs = 60_000;
    const { secret } = await createInvite(db, { name: 'KSU', needsApproval: true, lifetimeMs, now: clock.now() });
    const register = (invite: string) => watch(() => ask(`${url}/lti/register`, { form: { invite } }));
    const invited = await register(secret);
    expect(invited.added).toMatchObject([{ act: 'platform-registered', actor: 'stranger', outcome: 'refused' }]);
    expect(JSON.stringify(invited.added)).not.toContain(secret);
    expect((await register('none')).added).toEqual([]);
  });

  test('but comes from another site, is nobody’s act', async () => {
    const { added } = await watch(async () =>
      ask(`${mustaqil.url}/placements/${keys.placementId}/zeros`, { form: { _csrf: 'x' }, as: teacher }),
    );
    expect(added).toEqual([]);
  });
});

test('every command is written down, or changes nothing', () => {
  const tools = {
    database: () => mustaqil.db,
    now: mustaqil.clock.now,
    publicUrl: mustaqil.url,
    allowHttpLoopback: true,
    sealingKey: testKeys.toolKeys,
  };
  const nothing = () => {};
  const leaves = (command: Command): Command[] =>
    command.commands.length > 0 ? command.commands.flatMap(leaves) : [command];
  const commands = leaves(createProgram(tools, nothing, nothing, nothing)).map(wordsOf);
  expect(commands.sort()).toEqual([...Object.keys(auditedCommands), ...unauditedCommands].sort());
});

/** Posts to a route as its pages do, and says what the log has of that. */
function use(route: string, robot: Robot | undefined, form: [string, string][] = []) {
  const path = (route.split(' ')[1] ?? '').replace(/:(\w+)/g, (_, name: string) => keys[name] ?? '1');
  return watch(() => {
    // A connection for each: one that was kept may be closed by the server just then, where a machine is slow.
    const sent = request(mustaqil.url).post(path).set('Connection', 'close').type('form');
    if (robot) {
      sent.set('Cookie', cookiesOf(robot, new URL(mustaqil.url).hostname));
      sent.set('X-CSRF-Token', robot.page.$('input[name="_csrf"]').attr('value') ?? '');
    }
    return sent.send(new URLSearchParams(form).toString()).then(({ status }) => ({ status }));
  });
}

/** Does something, and says what was written meanwhile. */
async function watch<Done extends object>(work: () => Promise<Done>) {
  const [newest] = (await lines(0)).slice(-1);
  const done = await work();
  return { ...done, added: await lines(newest?.id ?? 0) };
}

async function lines(after: number) {
  const rows = await mustaqil.db
    .select()
    .from(auditEntries)
    .leftJoin(auditOutcomes, eq(auditOutcomes.entryId, auditEntries.id))
    .where(gt(auditEntries.id, after))
    .orderBy(asc(auditEntries.id));
  return rows.map(({ audit_entries: entry, audit_outcomes: end }) => ({
    ...entry,
    outcome: end?.outcome,
    status: end?.status,
  }));
}

function outcomeOf(status: number): string {
  return status >= 400 ? 'refused' : 'done';
}
