// What a gradebook column holds, read back (obligations 89, 90, 104, 107).
import { describe, expect, test } from '@jest/globals';
import { readResult, readResults, resultsUrl } from '../../src/lti/results.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, now, recordedAnswer } from './fake-platform.ts';
import type { Answer } from './service-answers.ts';
import { serviceFailures, status } from './service-answers.ts';

const lineItemUrl = 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1';
const token = 'token-of-the-tool';

describe('the results of a column', () => {
  test('are those of everybody, asked for without a limit and read over all pages (obligations 90, 104, 107)', async () => {
    const urls: string[] = [];
    const fetch = answering(({ url }) => {
      urls.push(url);
      const isFirst = urls.length === 1;
      const headers = { link: `<${url}&amp;from=1>; rel="next"` };
      const pages = [
        [{ userId: 4, resultScore: '7.5', resultMaximum: 15 }, null, { resultScore: 1 }],
        [{ userId: '5', resultScore: null, comment: 'Zoʻr!' }],
      ];
      return new Response(JSON.stringify(pages[urls.length - 1]), isFirst ? { headers } : {});
    });
    const outcome = await readResults({ fetch, now: () => now }, { token, lineItemUrl });
    const first = 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem/results?type_id=1';
    expect(urls).toEqual([first, `${first}&from=1`]);
    expect(outcome).toEqual({
      kind: 'read',
      results: new Map([
        ['4', { resultScore: 7.5, resultMaximum: 15, comment: null }],
        ['5', { resultScore: null, resultMaximum: null, comment: 'Zoʻr!' }],
      ]),
    });
  });

  test('are unavailable when a page comes instead', async () => {
    const fetch = answering(() => new Response('<html>'));
    const outcome = await readResults({ fetch, now: () => now }, { token, lineItemUrl });
    expect(outcome).toMatchObject({ kind: 'unavailable', status: 200 });
  });
});

describe('a result', () => {
  async function read(answer: Answer, userId = '4') {
    const sent: SentRequest[] = [];
    const fetch = answering((request) => {
      sent.push(request);
      return answer();
    });
    const outcome = await readResult({ fetch, now: () => now }, { token, lineItemUrl, userId });
    return { outcome, request: sent[0] };
  }

  const results = (...list: unknown[]): Answer => {
    return () => new Response(JSON.stringify(list), { headers: { 'content-type': 'text/plain' } });
  };

  test('is read under its exact media type (obligation 89)', async () => {
    const { outcome, request } = await read(
      results({ id: 'x', userId: '4', resultScore: 12.5, resultMaximum: 15, comment: 'Zoʻr!', scoreOf: 'y' }),
    );
    const result = { resultScore: 12.5, resultMaximum: 15, comment: 'Zoʻr!' };
    expect(outcome).toEqual({ kind: 'read', result });
    expect(request?.url).toBe(resultsUrl(lineItemUrl, '4'));
    expect(request?.headers.get('accept')).toBe('application/vnd.ims.lis.v2.resultcontainer+json');
    expect(request?.headers.get('authorization')).toBe(`Bearer ${token}`);
  });

  test('is that of the user, also when the platform sends everybody', async () => {
    const { outcome } = await read(results({ userId: '5', resultScore: 1 }, { userId: 4, resultScore: 0 }));
    expect(outcome).toEqual({ kind: 'read', result: { resultScore: 0, resultMaximum: null, comment: null } });
  });

  test('may have its numbers as strings, or none (obligation 107)', async () => {
    const { outcome } = await read(results({ userId: '4', resultScore: '7.25', resultMaximum: null, comment: 3 }));
    expect(outcome).toEqual({ kind: 'read', result: { resultScore: 7.25, resultMaximum: null, comment: null } });
    expect((await read(results({ userId: '4', resultScore: 'A+' }))).outcome).toMatchObject({
      result: { resultScore: null },
    });
  });

  test('is null when there is none', async () => {
    expect((await read(recordedAnswer('results'))).outcome).toEqual({ kind: 'read', result: null });
  });

  test.each([
    ['a page', status(200, {}, '<html>')],
    ['an object', status(200, {}, '{}')],
  ])('is unavailable when %s comes instead', async (_, answer) => {
    expect((await read(answer)).outcome).toMatchObject({ kind: 'unavailable', status: 200 });
  });

  test.each([...serviceFailures, ['409', status(409), { kind: 'refused' }] as const])(
    'is not there: %s',
    async (_, answer, expected) => {
      expect((await read(answer)).outcome).toMatchObject(expected);
    },
  );
});
