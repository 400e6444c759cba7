// Scores and results (obligations 87-89, 95-104): the addresses, the messages, and what each answer means.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { summarizeAnswer } from '../../src/outbound/answer-summary.ts';
import { resultsUrl } from '../../src/lti/results.ts';
import type { Score } from '../../src/lti/scores.ts';
import { postScore, scoresUrl } from '../../src/lti/scores.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, now, parseJson, recordedAnswer } from './fake-platform.ts';
import type { Answer } from './service-answers.ts';
import { accepted, serviceFailures, status } from './service-answers.ts';

const lineItemUrl = 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1';
const token = 'token-of-the-tool';

const score: Score = {
  userId: '4',
  scoreGiven: 12,
  scoreMaximum: 15,
  timestamp: new Date('2026-11-21T08:59:58.120Z'),
  comment: null,
  startedAt: null,
  submittedAt: null,
  activityProgress: 'Completed',
};

async function send(answer: Answer, changed: Partial<Score> = {}) {
  const sent: SentRequest[] = [];
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  const given = { token, lineItemUrl, score: { ...score, ...changed } };
  const outcome = await postScore({ fetch, now: () => now }, given);
  return { outcome, request: sent[0], body: parseJson(sent[0]?.body) };
}

describe('an address below a line item (obligation 87)', () => {
  test.each([
    [lineItemUrl, 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem/scores?type_id=1'],
    ['https://lms.example/1', 'https://lms.example/1/scores'],
    ['https://lms.example/1/', 'https://lms.example/1/scores'],
    ['https://lms.example/1//?a=b/', 'https://lms.example/1/scores?a=b/'],
    ['https://lms.example/1?a=%2F&b=?c#part', 'https://lms.example/1/scores?a=%2F&b=?c'],
  ])('%s', (url, expected) => {
    expect(scoresUrl(url)).toBe(expected);
  });

  test('asks for one user, and never with a limit', () => {
    expect(resultsUrl(lineItemUrl, 'a b&limit=1')).toBe(
      'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem/results?type_id=1&user_id=a%20b%26limit%3D1',
    );
    expect(resultsUrl('https://lms.example/1', '4')).toBe('https://lms.example/1/results?user_id=4');
  });

  test('keeps host, path and query of any line item, and has no double slash', () => {
    const query = fc.oneof(
      fc.constant(''),
      fc.webQueryParameters().map((text) => `?${text}`),
    );
    fc.assert(
      fc.property(fc.webUrl(), query, (address, search) => {
        const before = new URL(address + search);
        // A path like `//.` is one that URL itself rewrites: what comes out cannot be compared.
        fc.pre(before.href === address + search);
        const after = new URL(scoresUrl(address + search));
        expect(after.search).toBe(before.search);
        expect(after.origin).toBe(before.origin);
        expect(after.pathname).toBe(`${before.pathname.replace(/\/+$/, '')}/scores`);
      }),
    );
  });
});

describe('a score', () => {
  test('is posted under its exact media type, always fully graded (obligations 89, 95, 97)', async () => {
    const { outcome, request, body } = await send(accepted);
    expect(outcome).toEqual({ kind: 'delivered', status: 200 });
    expect(request).toMatchObject({ method: 'POST', url: scoresUrl(lineItemUrl) });
    expect(request?.headers.get('content-type')).toBe('application/vnd.ims.lis.v1.score+json');
    expect(request?.headers.get('accept')).toBe('application/vnd.ims.lis.v1.score+json');
    expect(request?.headers.get('authorization')).toBe(`Bearer ${token}`);
    expect(request?.headers.get('user-agent')).toBe('Mustaqil (+LTI 1.3 tool)');
    expect(body).toEqual({
      userId: '4',
      scoreGiven: 12,
      scoreMaximum: 15,
      timestamp: '2026-11-21T08:59:58.120Z',
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
    });
  });

  test('carries comment and submission times where there are any (obligations 100, 101)', async () => {
    const startedAt = new Date('2026-11-21T08:00:00Z');
    const submittedAt = new Date('2026-11-21T08:30:00Z');
    const { body } = await send(accepted, { comment: 'Zoʻr!', startedAt, submittedAt, activityProgress: 'Submitted' });
    expect(body).toMatchObject({
      comment: 'Zoʻr!',
      submission: { startedAt: '2026-11-21T08:00:00.000Z', submittedAt: '2026-11-21T08:30:00.000Z' },
      activityProgress: 'Submitted',
    });
    expect((await send(accepted, { submittedAt })).body).toMatchObject({
      submission: { submittedAt: '2026-11-21T08:30:00.000Z' },
    });
  });

  test('carries what a platform wants besides, and never in place of a standard part', async () => {
    const extras = { 'https://lms.example/lti/submission': { submission_type: 'online_url' } };
    expect((await send(accepted, { extras })).body).toMatchObject({ ...extras, userId: '4', scoreGiven: 12 });
    for (const name of ['scoreGiven', 'comment', 'submission', 'gradingProgress']) {
      await expect(send(accepted, { extras: { [name]: 'x' } })).rejects.toThrow(RangeError);
    }
  });

  test('of zero points is a score; what is no number never leaves, because null would erase the grade', async () => {
    expect((await send(accepted, { scoreGiven: 0 })).body).toMatchObject({ scoreGiven: 0 });
    await expect(send(accepted, { scoreGiven: NaN })).rejects.toThrow(RangeError);
    await expect(send(accepted, { scoreGiven: Infinity })).rejects.toThrow(RangeError);
    await expect(send(accepted, { scoreGiven: -1 })).rejects.toThrow(RangeError);
    await expect(send(accepted, { scoreMaximum: 0 })).rejects.toThrow(RangeError);
    await expect(send(accepted, { scoreMaximum: Infinity })).rejects.toThrow(RangeError);
  });
});

describe('what the platform made of a score (obligations 102, 103)', () => {
  const outcomes: [string, Answer, Record<string, unknown>][] = [
    ['as Moodle 5.1 accepts', recordedAnswer('score_ok'), { kind: 'delivered', status: 200 }],
    ['204', () => new Response(null, { status: 204 }), { kind: 'delivered', status: 204 }],
    ['201 and 300 KB', status(201, {}, 'x'.repeat(300_000)), { kind: 'delivered', status: 201 }],
    ['as Moodle 5.1 keeps a newer one', recordedAnswer('score_stale'), { kind: 'superseded', status: 409 }],
    ['409 and 300 KB', status(409, {}, 'x'.repeat(300_000)), { kind: 'superseded', status: 409 }],
    ['as Moodle 5.1 refuses a user', recordedAnswer('score_unknown_user'), { kind: 'refused', status: 400 }],
    ['as Moodle 5.1 rejects a token', recordedAnswer('bad_token'), { kind: 'unauthorized', status: 401 }],
  ];

  test.each([...outcomes, ...serviceFailures])('%s', async (_, answer, expected) => {
    expect((await send(answer)).outcome).toMatchObject(expected);
  });

  test('is told in 300 printable characters without the token', async () => {
    const body = `\u0000\u001b[31mtoken: ${token}\r\n\u202e${'я'.repeat(400)}`;
    const { outcome } = await send(status(400, {}, body));
    expect(outcome).toMatchObject({ kind: 'refused', detail: `[31mtoken: [secret] ${'я'.repeat(280)}` });
  });

  test('never shows a secret, wherever it stands, and cuts no character in half', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const told = summarizeAnswer(`${before} ${token} ${after}`, [token]);
        expect(told).not.toContain(token);
        expect(Array.from(told).length).toBeLessThanOrEqual(300);
      }),
    );
    expect(summarizeAnswer('😀'.repeat(400), [])).toBe('😀'.repeat(300));
  });
});
