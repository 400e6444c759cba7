// Dilnoza chooses what stands in her course, and the answer goes back to the LMS as it wants it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lti } from '../support/launches.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, publish } from '../support/people.ts';
import { newActivity } from '../support/school.ts';
import { answerOn, contentIdOf, dl, openChooser, returnUrl } from './deep-linking-requests.ts';

const hourMs = 60 * 60 * 1000;

let mustaqil: TestMustaqil;
/** Content ids: of a published quiz worth 2 points, and of a draft. */
let energy: string;
let optics: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil, { settings: { title: 'Energiya' } });
  const activity = newActivity(mustaqil, { title: 'Optika' });
  await (await openAsTeacher(mustaqil, { activity })).submit('#quiz', {});
  energy = await contentIdOf(mustaqil, 'Energiya');
  optics = await contentIdOf(mustaqil, 'Optika');
});
afterAll(() => mustaqil.stop());

describe('the chooser', () => {
  test('shows what can be put into the course: progress, credits and every quiz, with its size and where it stands', async () => {
    const { page } = await openChooser(mustaqil);
    expect(page.status).toBe(200);
    expect(page.$('h1').text()).toBe('Add to Umumiy fizika');
    const rows = page.$('.choice').toArray();
    const words = rows.map((row) => page.$(row).find('.choice-title, .choice-facts').text().replace(/\s+/g, ' '));
    expect(words).toEqual([
      expect.stringMatching(/^My progress.*their own points/),
      expect.stringMatching(/^Credits.*total of the course/),
      expect.stringMatching(/^Optika.*Draft: students see “not ready yet”.*Already in: Optika/),
      expect.stringMatching(/^Energiya 2 questions, 2 points Already in: Mexanika: oʻzini tekshirish/),
    ]);
    expect(page.$('[name=chosen]:checked')).toHaveLength(0);
  });

  test('proposes the quiz’s own title and points', async () => {
    const { page } = await openChooser(mustaqil);
    expect(page.$(`[name="title.${energy}"]`).val()).toBe('Energiya');
    expect(page.$(`[name="points.${energy}"]`).val()).toBe('2');
    expect(page.$(`[name="points.${optics}"]`).val()).toBe('100');
  });

  test('offers one of several where the LMS takes one, and no points where it takes no columns (lti.md 74)', async () => {
    const one = await openChooser(mustaqil, { acceptsMultiple: false, acceptsLineItem: false });
    expect(one.page.$('[name=chosen][type=radio]')).toHaveLength(4);
    expect(one.page.$('[name^="points."]')).toHaveLength(0);
    const many = await openChooser(mustaqil);
    expect(many.page.$('[name=chosen][type=checkbox]')).toHaveLength(4);
  });

  test('speaks the language of its reader', async () => {
    const dilnoza = await openChooser(mustaqil);
    await dilnoza.submit('form.languages button[value=uz]');
    expect(dilnoza.page.$('h1').text()).toBe('Umumiy fizika faniga qoʻshish');
    await dilnoza.submit('form.languages button[value=en]');
  });
});

describe('the answer', () => {
  test('has every claim that it must have, and no more (lti.md 77, 78)', async () => {
    const dilnoza = await openChooser(mustaqil);
    await dilnoza.submit('#choice .primary', { chosen: energy });
    const { header, claims, action } = await answerOn(dilnoza, mustaqil);
    const { issuer, clientId, deploymentId } = mustaqil.lms.registration;
    const now = Math.floor(mustaqil.clock.now().getTime() / 1000);
    expect(action).toBe(returnUrl);
    expect(header).toMatchObject({ alg: 'RS256' });
    expect(claims).toEqual({
      iss: clientId,
      aud: issuer,
      iat: expect.any(Number),
      exp: expect.any(Number),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      [lti('deployment_id')]: deploymentId,
      [lti('message_type')]: 'LtiDeepLinkingResponse',
      [lti('version')]: '1.3.0',
      [dl('content_items')]: [expect.anything()],
    });
    expect(claims.iat).toBeLessThan(now);
    expect(claims.exp).toBeGreaterThan(now);
  });

  test('is sent by itself or by a button, to the address of the request and to no other (lti.md 75, 76)', async () => {
    const dilnoza = await openChooser(mustaqil);
    await dilnoza.submit('#choice .primary', { chosen: energy });
    const form = dilnoza.page.$('form[data-auto-submit]');
    expect([form.attr('method'), form.attr('action')]).toEqual(['post', returnUrl]);
    expect(
      form
        .find('input')
        .toArray()
        .map(({ attribs }) => attribs['name']),
    ).toEqual(['JWT']);
    expect(form.find('button').text()).toBe('Go on');
    expect(dilnoza.page.headers.get('content-security-policy')).toMatch(
      /form-action 'self' http:\/\/127\.0\.0\.1:\d+ https:\/\/return\.lms\.example;/,
    );
  });

  test('holds one link to the quiz, with its column and without an address (lti.md 80, 84)', async () => {
    const dilnoza = await openChooser(mustaqil);
    await dilnoza.submit('#choice .primary', { chosen: energy });
    expect((await answerOn(dilnoza, mustaqil)).items).toEqual([
      {
        type: 'ltiResourceLink',
        title: 'Energiya',
        custom: { mustaqil_content: `quiz:${energy}` },
        lineItem: { label: 'Energiya', scoreMaximum: 2, resourceId: energy, tag: 'quiz', submissionReview: {} },
      },
    ]);
  });

  test('holds several, each with its own title, points and dates in the zone of the house (lti.md 81)', async () => {
    const dilnoza = await openChooser(mustaqil);
    await dilnoza.submit('#choice .primary', {
      chosen: ['progress', optics, energy],
      'title.progress': 'Natijalarim',
      [`title.${energy}`]: '1-nazorat',
      [`points.${energy}`]: '20',
      [`opensAt.${energy}`]: '2026-12-01T09:00',
      [`dueAt.${energy}`]: '2026-12-08T18:00',
      [`points.${optics}`]: '',
    });
    expect((await answerOn(dilnoza, mustaqil)).items).toEqual([
      { type: 'ltiResourceLink', title: 'Natijalarim', custom: { mustaqil_content: 'progress' } },
      { type: 'ltiResourceLink', title: 'Optika', custom: { mustaqil_content: `quiz:${optics}` } },
      {
        type: 'ltiResourceLink',
        title: '1-nazorat',
        custom: { mustaqil_content: `quiz:${energy}`, mustaqil_due: '2026-12-08T13:00:00.000Z' },
        lineItem: { label: '1-nazorat', scoreMaximum: 20, resourceId: energy, tag: 'quiz', submissionReview: {} },
        available: { startDateTime: '2026-12-01T04:00:00.000Z' },
        submission: { endDateTime: '2026-12-08T13:00:00.000Z' },
      },
    ]);
  });

  test('gives back to the letter what the LMS gave along (lti.md 77)', async () => {
    const data = 'csrf:"<&>\' ғ ң 😀 \u2028 %20+=';
    const dilnoza = await openChooser(mustaqil, { data });
    await dilnoza.submit('#choice .primary', { chosen: energy });
    expect((await answerOn(dilnoza, mustaqil)).claims[dl('data')]).toBe(data);
  });

  test('holds no column where the LMS wants none', async () => {
    const dilnoza = await openChooser(mustaqil, { acceptsLineItem: false });
    await dilnoza.submit('#choice .primary', { chosen: energy, [`points.${energy}`]: '50' });
    expect((await answerOn(dilnoza, mustaqil)).items[0]).not.toHaveProperty('lineItem');
  });

  test('is an empty list when she cancels, whatever is ticked or half typed (lti.md 75)', async () => {
    const dilnoza = await openChooser(mustaqil, { data: 'keep' });
    await dilnoza.submit('button[name=cancel]', { chosen: energy, [`points.${energy}`]: 'ten', title: 'Begun' });
    const { claims, items, action } = await answerOn(dilnoza, mustaqil);
    expect([action, items, claims[dl('data')]]).toEqual([returnUrl, [], 'keep']);
    expect(claims).not.toHaveProperty([dl('errormsg')]);
  });

  test('can be given a second time, and is another one then', async () => {
    const dilnoza = await openChooser(mustaqil);
    const { url } = dilnoza.page;
    await dilnoza.submit('#choice .primary', { chosen: energy });
    const first = await answerOn(dilnoza, mustaqil);
    await dilnoza.open(url);
    await dilnoza.submit('#choice .primary', { chosen: 'progress' });
    const second = await answerOn(dilnoza, mustaqil);
    expect(second.claims.nonce).not.toBe(first.claims.nonce);
    expect(second.items).toEqual([expect.objectContaining({ title: 'My progress' })]);
  });

  test('is signed when it is sent: an hour at the chooser makes it no older (lti.md 85)', async () => {
    const dilnoza = await openChooser(mustaqil);
    mustaqil.clock.advance(hourMs);
    await dilnoza.submit('#choice .primary', { chosen: energy });
    const { claims } = await answerOn(dilnoza, mustaqil);
    const age = mustaqil.clock.now().getTime() / 1000 - (claims.iat ?? 0);
    expect(age).toBeLessThan(60);
  });

  test('says in words why nothing comes where the LMS takes no activities (lti.md 74, 78)', async () => {
    const dilnoza = await openChooser(mustaqil, { acceptsResourceLinks: false, data: 'keep' });
    expect(dilnoza.page.$('h1').text()).toBe('Mustaqil has nothing for this place');
    await dilnoza.submit('main form');
    const { claims, items } = await answerOn(dilnoza, mustaqil);
    expect(items).toEqual([]);
    expect(claims[dl('errormsg')]).toBe('Mustaqil gives activities, and none can be added here.');
    expect(claims[dl('data')]).toBe('keep');
  });
});
