// The command line for whoever looks after the connected LMSs.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../src/commands.ts';
import type { OpenDatabase } from '../../src/database/database.ts';
import { isAdminSecret } from '../../src/platforms/admin-secret.store.ts';
import { findInvite } from '../../src/platforms/invites.store.ts';
import { listRegistrations } from '../../src/platforms/platform.store.ts';
import { listKeys } from '../../src/platforms/tool-keys.store.ts';
import { addPlatform } from '../support/command-words.ts';
import { openTestDatabase } from '../support/database.ts';
import { testKeys } from '../support/mustaqil.ts';

const start = new Date('2026-11-21T10:00:00Z');
let now = start;
let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const run = (...words: string[]) =>
  runCommand(words, {
    database: () => database.db,
    now: () => now,
    publicUrl: 'https://tool.example',
    allowHttpLoopback: false,
    sealingKey: testKeys.toolKeys,
  });

async function json(...words: string[]): Promise<unknown> {
  const { output, exitCode } = await run(...words, '--json');
  expect(exitCode).toBe(0);
  return JSON.parse(output);
}

describe('platform invite', () => {
  test('prints a link that is good for as long as it says', async () => {
    const made = (await json('platform', 'invite', '--name', 'KSU', '--hours', '2')) as { url: string };
    expect(made).toEqual({
      url: expect.stringMatching(/^https:\/\/tool\.example\/lti\/register\?invite=[\w-]{43}$/),
      expiresAt: '2026-11-21T12:00:00.000Z',
      needsApproval: true,
    });
    const secret = new URL(made.url).searchParams.get('invite') ?? '';
    const found = await findInvite(database.db, secret, start);
    expect(found).toMatchObject({ ok: true, invite: { name: 'KSU', needsApproval: true } });
  });

  test('has what comes by it wait for three days at most, unless told', async () => {
    expect(await json('platform', 'invite')).toMatchObject({
      expiresAt: '2026-11-24T10:00:00.000Z',
      needsApproval: true,
    });
    expect(await json('platform', 'invite', '--without-approval')).toMatchObject({ needsApproval: false });
  });

  test('prints the link alone on its line for people', async () => {
    const { output } = await run('platform', 'invite');
    expect(output.split('\n')[1]).toMatch(/^https:\/\/tool\.example\/lti\/register\?invite=[\w-]+$/);
  });
});

describe('platform enable and disable', () => {
  const lms = ['--issuer', 'https://switched.example', '--client-id', 'client'];
  const states = async () => {
    const found = (await listRegistrations(database.db)).find(({ issuer }) => issuer === 'https://switched.example');
    return [found?.state, found?.deployments[0]?.state];
  };

  test('keep a whole LMS out and let it in again', async () => {
    await run(...addPlatform('switched'));
    expect(await json('platform', 'disable', ...lms)).toMatchObject({ state: 'disabled' });
    expect(await states()).toEqual(['disabled', 'active']);
    const { output } = await run(...addPlatform('switched').filter((word) => word !== '--json'));
    expect(output).toContain('platform enable');
    await json('platform', 'enable', ...lms);
    expect(await states()).toEqual(['active', 'active']);
  });

  test('do the same with one deployment', async () => {
    await json('platform', 'disable', ...lms, '--deployment', '1');
    expect(await states()).toEqual(['active', 'disabled']);
    const listed = (await json('platform', 'list')) as unknown[];
    expect(listed).toContainEqual({
      name: 'switched',
      protocol: 'lti',
      issuer: 'https://switched.example',
      clientId: 'client',
      deploymentId: '1',
      state: 'disabled',
      registrationState: 'active',
    });
    await json('platform', 'enable', ...lms, '--deployment', '1');
    expect(await states()).toEqual(['active', 'active']);
  });

  test.each([
    ['an LMS', ['--issuer', 'https://switched.example', '--client-id', 'Client']],
    ['a deployment', [...lms, '--deployment', '2']],
  ])('say so when %s is not there', async (_, words) => {
    const { complaint, exitCode } = await run('platform', 'enable', ...words);
    expect([exitCode, complaint]).toEqual([1, expect.stringContaining('platform list')]);
  });
});

describe('classroom add', () => {
  const client = [
    '--name',
    'KSU',
    '--client-id',
    'mustaqil.apps.googleusercontent.com',
    '--client-secret',
    'GOCSPX-secret',
  ];

  test('connects Google Classroom, and says what Google is to be told', async () => {
    const added = (await json('classroom', 'add', ...client)) as { registrationId: number };
    const own = `https://tool.example/classroom/${added.registrationId}/`;
    expect(added).toMatchObject({
      ...{ name: 'KSU', issuer: 'https://accounts.google.com', state: 'active' },
      tool: {
        redirectUri: 'https://tool.example/classroom/callback',
        ...{ attachmentSetupUri: `${own}discovery`, attachmentUriPrefix: own, linkUpgradeUri: `${own}upgrade` },
        scopes: expect.arrayContaining(['openid']),
      },
    });
    expect((await run('classroom', 'add', ...client)).output).not.toContain('GOCSPX');
    expect(await listKeys(database.db, added.registrationId, start)).toMatchObject([{ isSigning: true }]);
  });

  test('gives what is listed, switched off and on, and given new keys like any LMS', async () => {
    const lms = ['--issuer', 'https://accounts.google.com', '--client-id', 'mustaqil.apps.googleusercontent.com'];
    expect(await json('platform', 'disable', ...lms)).toMatchObject({ state: 'disabled' });
    expect((await run('classroom', 'add', ...client)).output).toContain('platform enable');
    expect(await json('platform', 'list')).toContainEqual(
      expect.objectContaining({ name: 'KSU', protocol: 'classroom', registrationState: 'disabled' }),
    );
    expect((await run('platform', 'list')).output).toContain('(Google Classroom)');
    expect(await json('platform', 'enable', ...lms)).toMatchObject({ state: 'active' });
    expect(await json('keys', 'rotate', ...lms)).toMatchObject([{ signsFrom: expect.any(String) }]);
  });

  test.each([
    ['an id that Google gives nobody', [...client, '--client-id', 'mustaqil'], '.apps.googleusercontent.com'],
    ['no secret', [...client, '--client-secret', '-'], '--client-secret'],
    [
      'a practice Google while we are on https',
      [...client, '--google-url', 'http://127.0.0.1:3002'],
      'practice Google',
    ],
    ['a practice Google elsewhere', [...client, '--google-url', 'https://google.example'], 'practice Google'],
  ])('refuses %s', async (_, words, said) => {
    const { complaint, exitCode } = await run('classroom', 'add', ...words);
    expect([exitCode, complaint]).toEqual([1, expect.stringContaining(said)]);
  });
});

describe('keys rotate', () => {
  test('gives every LMS a new key once, and says when it signs (lti.md 7)', async () => {
    await run(...addPlatform('one'));
    await run(...addPlatform('two'));
    const rotated = (await json('keys', 'rotate')) as { issuer: string; signsFrom: string; kid: string }[];
    expect(new Set(rotated.map(({ kid }) => kid)).size).toBe((await listRegistrations(database.db)).length);
    expect(rotated[0]).toMatchObject({ signsFrom: '2026-11-21T11:00:00.000Z' });
    expect(await json('keys', 'rotate', '--issuer', 'https://one.example')).toEqual([
      { issuer: 'https://one.example', clientId: 'client', refusal: 'rotation-under-way' },
    ]);
  });

  test('ends leaked keys at once', async () => {
    const words = ['--issuer', 'https://two.example', '--client-id', 'client', '--leaked'];
    const [rotated] = (await json('keys', 'rotate', ...words)) as { kid: string }[];
    const found = (await listRegistrations(database.db)).find(({ issuer }) => issuer === 'https://two.example');
    const keys = await listKeys(database.db, found?.id ?? 0, start);
    expect(keys).toMatchObject([{ kid: rotated?.kid, isSigning: true }]);
  });

  test('says so when there is no such LMS', async () => {
    expect(await run('keys', 'rotate', '--issuer', 'https://nobody.example')).toMatchObject({
      exitCode: 1,
      output: '',
    });
  });
});

test('admin reset prints a secret that opens the administrator’s pages', async () => {
  const made = (await json('admin', 'reset')) as { url: string; secret: string };
  expect(made.url).toBe('https://tool.example/admin');
  expect(await isAdminSecret(database.db, made.secret)).toBe(true);
  now = new Date(start.getTime() + 1000);
  const { output } = await run('admin', 'reset');
  expect(await isAdminSecret(database.db, made.secret)).toBe(false);
  expect(output).toContain('https://tool.example/admin');
});
