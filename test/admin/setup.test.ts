// Connecting an LMS by hand: our values for its form, its values for ours, and then a launch.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deployments, registrations, toolKeys } from '../../src/database/tables/platforms.ts';
import { lmsChoices } from '../../src/platforms/lms/registry.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher } from '../support/people.ts';
import { refusalOf } from '../support/refusals.ts';
import { newSecret, signIn } from './administrator.ts';

let mustaqil: TestMustaqil;
let admin: Robot;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const { db } = mustaqil;
  for (const table of [toolKeys, deployments, registrations]) await db.delete(table);
  admin = await signIn(mustaqil, await newSecret(mustaqil));
});
afterAll(() => mustaqil.stop());

const values = () => {
  const { $ } = admin.page;
  const fields = $('form[action="/admin/registrations"] input').toArray();
  return Object.fromEntries(fields.map((field) => [$(field).attr('name') ?? '', $(field).attr('value') ?? '']));
};

test('an administrator without any LMS reads how the first one is connected', () => {
  expect(admin.page.$('.lead').text()).toContain('No LMS is connected yet.');
  expect(admin.page.$('main ol li')).toHaveLength(3);
  expect(admin.page.$('form[action="/admin/invites"]')).toHaveLength(1);
});

describe.each(lmsChoices.map((lms) => [lms.key, lms] as const))('for %s', (key, { setup }) => {
  test('our values stand under the names that its own form has', async () => {
    await admin.open('/admin/setup');
    await admin.submit('form[action="/admin/setup"]', { lms: key });
    const { $ } = admin.page;
    expect(
      $('.copy-field')
        .toArray()
        .map((one) => $(one).find('label').text()),
    ).toEqual(setup.ours.map(({ field }) => field));
    const shown = $('.copy-field input')
      .toArray()
      .map((one) => $(one).attr('value'));
    expect(shown).toContain(`${mustaqil.url}/lti/launch`);
    expect(shown).toContain(`${mustaqil.url}/lti/jwks`);
    for (const { words } of setup.steps) expect($('main').text()).toContain(words);
  });
});

test('what follows from the address of the LMS is filled in', async () => {
  await admin.open('/admin/setup?lms=moodle&address=https://lms.example.uz/course/view.php?id=3');
  expect(values()).toMatchObject({
    issuer: 'https://lms.example.uz',
    authorizationUrl: 'https://lms.example.uz/mod/lti/auth.php',
    tokenUrl: 'https://lms.example.uz/mod/lti/token.php',
    jwksUrl: 'https://lms.example.uz/mod/lti/certs.php',
  });
});

test('what cannot be is told beside its field, nothing typed is lost, and nothing is kept', async () => {
  await admin.open('/admin/setup?lms=spec');
  const typed = { name: 'Andijon', issuer: 'https://lms.example.uz', tokenUrl: 'http://lms.example.uz/token' };
  await admin.submit('form[action="/admin/registrations"]', typed);
  expect(admin.page.status).toBe(422);
  expect(values()).toMatchObject(typed);
  const { $ } = admin.page;
  expect($('#tokenUrl-problem').text()).toContain('https://');
  expect($('#clientId-problem').text()).toBe('Please fill this in.');
  expect($('#name-problem')).toHaveLength(0);
  expect($('.problems a[href="#clientId"]')).toHaveLength(1);
  expect(await mustaqil.db.$count(registrations)).toBe(0);
});

test('an administrator connects an LMS, and a teacher launches from it', async () => {
  const { registration } = mustaqil.lms;
  await admin.open(`/admin/setup?lms=moodle&address=${mustaqil.lmsUrl}`);
  await admin.submit('form[action="/admin/registrations"]', { ...registration, deploymentId: '' });
  expect(admin.page.$('[role=status]').text()).toBe('Saved.');
  expect(admin.page.$('main').text()).toContain('No deployment is known yet.');
  expect(refusalOf((await openAsTeacher(mustaqil)).page)).toBe('deployment-unknown');
  await admin.open(admin.page.url);
  await admin.submit('form.deployment button[value=active]');
  expect((await openAsTeacher(mustaqil)).page.status).toBe(200);
  const [row] = await mustaqil.db.select().from(registrations);
  expect(row).toMatchObject({ family: 'moodle', state: 'active', tokenAudience: registration.tokenUrl });
});
