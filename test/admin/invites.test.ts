// Invites: made, shown once, told apart by what became of them, and withdrawn.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { registrationInvites } from '../../src/database/tables/platforms.ts';
import { claimInvite, findInvite, settleInvite } from '../../src/platforms/invites.store.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { newSecret, signIn } from './administrator.ts';

let mustaqil: TestMustaqil;
let admin: Robot;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  admin = await signIn(mustaqil, await newSecret(mustaqil));
});
beforeEach(async () => {
  await mustaqil.db.delete(registrationInvites);
  await admin.open('/admin');
});
afterAll(() => mustaqil.stop());

const dayMs = 24 * 60 * 60 * 1000;
const listed = () => admin.page.$('table.list tbody tr').text().replace(/\s+/g, ' ').trim();

/** Makes an invite at the page, and gives the secret in its link. */
async function makeInvite(fields: Record<string, string | null> = {}) {
  await admin.open('/admin');
  await admin.submit('form[action="/admin/invites"]', { name: 'Oʻsh davlat universiteti', ...fields });
  const link = admin.page.$('#link').attr('value') ?? '';
  return { link, secret: new URL(link).searchParams.get('invite') ?? '' };
}

describe('an invite', () => {
  test('is a link that is shown this once, with where to paste it', async () => {
    const { link, secret } = await makeInvite();
    expect(link).toMatch(new RegExp(`^${mustaqil.url}/lti/register\\?invite=[\\w-]{43}$`));
    expect(admin.page.$('h1').text()).toBe('Invite for Oʻsh davlat universiteti');
    expect(admin.page.$('main').text()).toContain('Add LTI Advantage');
    await admin.open('/admin');
    expect(listed()).toMatch(/^Oʻsh davlat universiteti open until \d{4}/);
    expect(admin.page.html).not.toContain(secret);
  });

  test('waits for approval and lives for three days, unless the administrator says otherwise', async () => {
    const { secret } = await makeInvite();
    expect((await findInvite(mustaqil.db, secret, mustaqil.clock.now())).ok).toBe(true);
    await makeInvite({ name: 'No approval', days: '14', needsApproval: null });
    const rows = await mustaqil.db.select().from(registrationInvites).orderBy(registrationInvites.id);
    expect(rows.map((row) => [row.needsApproval, (row.expiresAt.getTime() - row.createdAt.getTime()) / dayMs])).toEqual(
      [
        [true, 3],
        [false, 14],
      ],
    );
  });

  test('without a name is not made, and what was chosen stays', async () => {
    await admin.submit('form[action="/admin/invites"]', { name: '  ', days: '1', needsApproval: null });
    expect(admin.page.status).toBe(422);
    expect(admin.page.$('#name-problem').text()).toBe('Please fill this in.');
    expect(admin.page.$('#days option[selected]').attr('value')).toBe('1');
    expect(admin.page.$('#needs-approval').attr('checked')).toBeUndefined();
    expect(await mustaqil.db.$count(registrationInvites)).toBe(0);
  });

  test('that is withdrawn opens nothing any more', async () => {
    const { secret } = await makeInvite();
    await admin.open('/admin');
    await admin.submit('form[action$="/withdrawal"]');
    expect(admin.page.$('[role=status]').text()).toContain('The invite is withdrawn.');
    expect(await findInvite(mustaqil.db, secret, mustaqil.clock.now())).toEqual({ ok: false, code: 'invite-unknown' });
  });

  test('that was used meanwhile is not withdrawn, and leads to the LMS that came by it', async () => {
    await makeInvite();
    await admin.open('/admin');
    const [invite] = await mustaqil.db.select().from(registrationInvites);
    await claimInvite(mustaqil.db, invite?.id ?? 0, mustaqil.clock.now());
    await mustaqil.db.transaction((tx) => settleInvite(tx, invite?.id ?? 0, 1));
    await admin.submit('form[action$="/withdrawal"]');
    expect(admin.page.$('[role=status]').text()).toContain('There was nothing to withdraw');
    expect(listed()).toMatch(/used \d{4}.* see the LMS$/);
    await admin.click('table.list a');
    expect(admin.page.$('h1').text()).toBe(mustaqil.lms.registration.name);
  });

  test('that nobody used says when it expired', async () => {
    await makeInvite({ days: '1' });
    await mustaqil.db.update(registrationInvites).set({ expiresAt: mustaqil.clock.now() });
    await admin.open('/admin');
    expect(listed()).toMatch(/expired \d{4}.* nothing$/);
    expect(admin.page.$('form[action$="/withdrawal"]')).toHaveLength(0);
  });
});
