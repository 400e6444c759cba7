// Columns that a tool lists in pages, makes twice, changes and deletes, as Moodle lets it and as another LMS does.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sample } from '../../src/practice/sample-courses.ts';
import { gradeIn, mediaTypes, type ServiceClient, serviceClient } from './service-client.ts';
import { accessToken, type Practice, startPractice } from './support.ts';

const list = '/2/lineitems?type_id=1';
const coupled = '/2/lineitems/2/lineitem?type_id=1';
const made = '/2/lineitems/5/lineitem?type_id=1';
const credits = { label: 'Kreditlar', scoreMaximum: 5, resourceId: 'credits', tag: 'credit' };

let practice: Practice;
let client: ServiceClient;
const start = async (quirks: 'moodle' | 'spec'): Promise<void> => {
  practice = await startPractice({ quirks });
  client = await serviceClient(practice);
};
afterEach(() => practice.close());

describe('in Moodle', () => {
  beforeEach(() => start('moodle'));

  test('the same column is made twice', async () => {
    await client.post(list, mediaTypes.item, credits);
    expect((await client.post(list, mediaTypes.item, credits)).status).toBe(201);
    expect((await client.get(`${list}&resource_id=credits&tag=credit`, mediaTypes.items)).body).toHaveLength(2);
  });

  test('what was sent comes back, dates and all, and only what a column has is kept', async () => {
    const sent = { ...credits, startDateTime: '2026-11-21T00:00:00Z', submissionReview: { custom: { a: 'b' } } };
    expect((await client.post(list, mediaTypes.item, sent)).body).toMatchObject(sent);
    const { body } = await client.get(made, mediaTypes.item);
    expect(body).toEqual({
      ...credits,
      submissionReview: { custom: { a: 'b' } },
      id: `${practice.url}/mod/lti/services.php${made}`,
    });
  });

  test('a change wipes what it does not mention (lti.md 93, 128)', async () => {
    const review = { url: 'https://tool.example/review', custom: { a: 'b' } };
    await client.post(list, mediaTypes.item, { ...credits, resourceLinkId: '1', submissionReview: review });
    const kept = await client.put(made, mediaTypes.item, {
      ...{ ...credits, label: 'Kredit', resourceLinkId: '1', submissionReview: review },
    });
    expect(kept).toMatchObject({ status: 200, type: `${mediaTypes.item}; charset=utf-8` });
    expect(kept.body).toMatchObject({ label: 'Kredit', tag: 'credit', resourceLinkId: '1', submissionReview: review });
    const { body } = await client.put(made, mediaTypes.item, { label: 'Kredit', scoreMaximum: 6 });
    expect(body).toEqual({
      id: `${practice.url}/mod/lti/services.php${made}`,
      ...{ label: 'Kredit', scoreMaximum: 6, resourceId: '', tag: '' },
    });
  });

  test('the column of an activity keeps to it, and its grades keep their share of a new maximum', async () => {
    await client.sendScore();
    const { body } = await client.put(coupled, mediaTypes.item, { label: 'Mexanika', scoreMaximum: 50 });
    expect(body).toMatchObject({ label: 'Mexanika', scoreMaximum: 50, resourceLinkId: '1' });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 40, rawPoints: 40 });
  });

  test('a change needs a label, a maximum, its media type and the scope for it', async () => {
    expect((await client.put(made, mediaTypes.item, credits)).status).toBe(404);
    expect((await client.put(coupled, mediaTypes.item, { scoreMaximum: 5 })).status).toBe(400);
    expect((await client.put(coupled, mediaTypes.item, { label: 'A' })).status).toBe(400);
    expect((await client.put(coupled, 'application/json', credits)).status).toBe(400);
    client.token = await accessToken(practice, 'https://purl.imsglobal.org/spec/lti-ags/scope/score');
    expect((await client.put(coupled, mediaTypes.item, credits)).status).toBe(401);
    expect((await client.delete(coupled)).status).toBe(401);
  });

  test('a column that the tool made is deleted once; that of an activity stays, with the same answer (lti.md 94)', async () => {
    await client.post(list, mediaTypes.item, credits);
    expect((await client.delete(made)).status).toBe(204);
    expect((await client.delete(made)).status).toBe(404);
    expect((await client.delete(coupled)).status).toBe(204);
    expect((await client.get(coupled, mediaTypes.item)).status).toBe(200);
  });

  test('pages are linked with typographic quotes and addresses for HTML (lti.md 90)', async () => {
    const { body, link } = await client.get(`${list}&limit=1`, mediaTypes.items);
    expect(body).toHaveLength(1);
    const page = `${practice.url}/mod/lti/services.php/2/lineitems?type_id=1&amp;limit=1&amp;from=`;
    expect(Buffer.from(link ?? '', 'latin1').toString('utf8')).toBe(
      [
        `<${page}0>; rel=“first”`,
        `<${page}0>; rel=“canonical”`,
        `<${page}1>; rel=“next”`,
        `<${page}2>; rel=“last”`,
      ].join(', '),
    );
    expect((await client.get(`${list}&limit=1&from=1`, mediaTypes.items)).link).not.toContain('next');
  });

  test('asking for results in pages is a page with 404', async () => {
    const { status, type } = await client.get('/2/lineitems/2/lineitem/results?type_id=1&limit=1', mediaTypes.results);
    expect([status, type]).toEqual([404, 'text/html; charset=utf-8']);
  });

  test('a change is recorded like every request', async () => {
    await client.put(coupled, mediaTypes.item, credits);
    await client.delete(coupled);
    expect(practice.lms.received.slice(-2)).toMatchObject([
      { endpoint: 'line-item', method: 'PUT', status: 200, body: credits },
      { endpoint: 'line-item', method: 'DELETE', status: 204 },
    ]);
  });
});

describe('in an LMS that keeps to the specification', () => {
  beforeEach(() => start('spec'));

  test('a change leaves alone what it does not mention, and the column of an activity cannot be deleted', async () => {
    await client.post(list, mediaTypes.item, { ...credits, resourceLinkId: '1' });
    const { body } = await client.put(made, mediaTypes.item, { label: 'Kredit', scoreMaximum: 6 });
    expect(body).toMatchObject({ resourceId: 'credits', tag: 'credit', resourceLinkId: '1' });
    expect((await client.delete(coupled)).status).toBe(403);
  });

  test('pages are linked plainly, of results too', async () => {
    const items = await client.get(`${list}&limit=1&resource_id=`, mediaTypes.items);
    expect(items.link).toBe(
      `<${practice.url}/mod/lti/services.php/2/lineitems?type_id=1&resource_id=&limit=1&from=1>; rel="next"`,
    );
    await client.sendScore();
    await client.sendScore({ userId: sample.ivan });
    const results = await client.get('/2/lineitems/2/lineitem/results?type_id=1&limit=1', mediaTypes.results);
    expect([results.body, results.link]).toEqual([
      [expect.objectContaining({ userId: sample.aziz })],
      `<${practice.url}/mod/lti/services.php/2/lineitems/2/lineitem/results?type_id=1&limit=1&from=1>; rel="next"`,
    ]);
  });

  test('answers have their own statuses and types, and any media type is taken', async () => {
    expect((await client.sendScore()).status).toBe(204);
    expect((await client.sendScore({ userId: '777' })).status).toBe(404);
    const foreign = { ...credits, resourceLinkId: sample.history.silkRoad };
    expect((await client.post(list, mediaTypes.item, foreign)).status).toBe(404);
    expect((await client.get(list, '*/*')).status).toBe(200);
    expect((await client.post(list, 'application/json', credits)).status).toBe(201);
  });

  test('a score that is not final leaves the grade, and taking the attempt back clears it (lti.md 99)', async () => {
    await client.sendScore();
    await client.sendScore({ gradingProgress: 'Pending', scoreGiven: 10 });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: 80 });
    await client.sendScore({ gradingProgress: 'NotReady', activityProgress: 'Initialized', scoreGiven: undefined });
    expect(gradeIn(practice, sample.aziz)).toMatchObject({ points: null });
  });
});
