// A choice that cannot be: Dilnoza reads why, and nothing that she typed is lost.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, publish } from '../support/people.ts';
import { post } from '../support/post.ts';
import { expectRefusal } from '../support/refusals.ts';
import { contentIdOf, newRequest, openChooser } from './deep-linking-requests.ts';

const hourMs = 60 * 60 * 1000;

let mustaqil: TestMustaqil;
/** The content id of a published quiz. */
let energy: string;

beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil, { settings: { title: 'Energiya' } });
  energy = await contentIdOf(mustaqil, 'Energiya');
});
afterAll(() => mustaqil.stop());

test('nothing chosen: that is said, and nothing goes to the LMS', async () => {
  const dilnoza = await openChooser(mustaqil);
  await dilnoza.submit('#choice .primary');
  expect(dilnoza.page.status).toBe(422);
  expect(dilnoza.page.$('[role=alert]').text()).toContain('Nothing is chosen yet');
  expect(dilnoza.page.$('form[data-auto-submit]')).toHaveLength(0);
});

test('two things, sent by hand to an LMS that takes one, are refused (lti.md 74)', async () => {
  const dilnoza = await openChooser(mustaqil, { acceptsMultiple: false });
  const refused = await post(dilnoza, `${new URL(dilnoza.page.url).pathname}/response`, [
    ['chosen', energy],
    ['chosen', 'progress'],
  ]);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('takes one thing at a time');
  expect(refused.text).not.toContain('JWT');
});

test.each(['0', '-3', '101', '12.5', 'ten', '1e2'])(
  '%s points in an LMS of whole points: the choice is shown again with all that was typed (lti.md §2.5)',
  async (points) => {
    const dilnoza = await openChooser(mustaqil);
    await dilnoza.submit('#choice .primary', {
      chosen: [energy, 'progress'],
      [`title.${energy}`]: '1-nazorat',
      [`points.${energy}`]: points,
      [`dueAt.${energy}`]: '2026-12-08T18:00',
    });
    const { status, $ } = dilnoza.page;
    expect(status).toBe(422);
    const field = $(`[name="points.${energy}"]`);
    expect([field.val(), field.attr('aria-invalid')]).toEqual([points, 'true']);
    expect($(`[id="${field.attr('aria-describedby')}"]`).text()).toMatch(/number/);
    expect($(`[name="title.${energy}"]`).val()).toBe('1-nazorat');
    expect($(`[name="dueAt.${energy}"]`).val()).toBe('2026-12-08T18:00');
    expect($('[name=chosen]:checked')).toHaveLength(2);
  },
);

test('another course’s quiz, sent by hand, is refused', async () => {
  const { silkRoad } = sample.history;
  await publish(mustaqil, { activity: silkRoad, teacher: sample.grace, settings: { title: 'Karvon' } });
  const dilnoza = await openChooser(mustaqil);
  expect(dilnoza.page.$('.choices').text()).not.toContain('Karvon');
  await dilnoza.submit('#choice .primary', { chosen: await contentIdOf(mustaqil, 'Karvon') });
  expect(dilnoza.page.status).toBe(422);
  expect(dilnoza.page.$('[role=alert]').text()).toContain('not in this course');
});

test('a chooser left open for half a day ends with a page that says what to do', async () => {
  await openAsTeacher(mustaqil);
  const path = await newRequest(mustaqil);
  mustaqil.clock.advance(12 * hourMs);
  const dilnoza = await openAsTeacher(mustaqil);
  await dilnoza.open(path);
  expectRefusal(dilnoza.page, [410, 'content-request-expired'], ['Xy7']);
});
