// What goes back to the platform after a choice, read as the platform reads it: with another library.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { DeepLinkingAnswer, ResourceLinkItem } from '../../src/lti/deep-linking-response.ts';
import { signDeepLinkingResponse } from '../../src/lti/deep-linking-response.ts';
import { createFakePlatform, deepLinking, lti, now, nowSeconds, registration } from './fake-platform.ts';

/** The tool has one RSA key too. */
const tool = await createFakePlatform();
const client = {
  issuer: registration.issuer,
  clientId: registration.clientId,
  deploymentId: '1',
  key: { kid: tool.kid, privateKey: tool.privateKey },
};

const newton: ResourceLinkItem = {
  title: 'Newton qonunlari',
  text: null,
  url: null,
  custom: { quiz: 'q1' },
  lineItem: null,
  available: null,
  submission: null,
};

const sign = (changed: Partial<DeepLinkingAnswer> = {}) =>
  signDeepLinkingResponse(client, { items: [newton], data: null, now, nonce: 'nonce-1', ...changed });

const payloadSchema = z.record(z.string(), z.unknown());

/** As a platform with no patience for clocks reads it. */
function read(token: string): Record<string, unknown> {
  return payloadSchema.parse(
    jwt.verify(token, tool.publicPem, {
      algorithms: ['RS256'],
      issuer: registration.clientId,
      audience: registration.issuer,
      nonce: 'nonce-1',
      clockTimestamp: nowSeconds,
      clockTolerance: 0,
    }),
  );
}

const itemsOf = async (items: ResourceLinkItem[]): Promise<unknown> =>
  read(await sign({ items }))[deepLinking('content_items')];

test('a choice goes back with exactly these claims (lti.md 77; cert 6.2-3, 6.2-6)', async () => {
  expect(read(await sign())).toEqual({
    iss: registration.clientId,
    aud: registration.issuer,
    iat: nowSeconds - 30,
    exp: nowSeconds + 300,
    nonce: 'nonce-1',
    [lti('message_type')]: 'LtiDeepLinkingResponse',
    [lti('version')]: '1.3.0',
    [lti('deployment_id')]: '1',
    [deepLinking('content_items')]: [{ type: 'ltiResourceLink', title: 'Newton qonunlari', custom: { quiz: 'q1' } }],
  });
});

test('it is signed with RS256 under the key that the tool publishes, and with no other (lti.md 77; cert 6.2-5)', async () => {
  const token = await sign();
  expect(jwt.decode(token, { complete: true })?.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: tool.kid });
  const stranger = await createFakePlatform();
  expect(() => jwt.verify(token, stranger.publicPem, { clockTimestamp: nowSeconds })).toThrow('invalid signature');
});

test('it is good now, at a platform 29 s behind, and for five minutes (lti.md 85; cert 6.2-4)', async () => {
  const token = await sign();
  const at = (seconds: number) => jwt.verify(token, tool.publicPem, { clockTimestamp: nowSeconds + seconds });
  expect(read(token).iat).toBeLessThanOrEqual(nowSeconds - 29);
  expect(() => at(299)).not.toThrow();
  expect(() => at(300)).toThrow('jwt expired');
  expect(read(token)).not.toHaveProperty('nbf');
});

describe('data of the request', () => {
  test('comes back to the letter, whatever it holds (lti.md 77)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (data) => {
        expect(read(await sign({ data }))[deepLinking('data')]).toBe(data);
      }),
      { numRuns: 30 },
    );
  });

  test('is not invented (lti.md 77)', async () => {
    expect(read(await sign({ data: null }))).not.toHaveProperty([deepLinking('data')]);
  });
});

test('a cancelled choice goes back too, with nothing chosen and its data (lti.md 75, 78)', async () => {
  const payload = read(await sign({ items: [], data: 'theirs' }));
  expect(payload).toMatchObject({ [deepLinking('content_items')]: [], [deepLinking('data')]: 'theirs' });
});

test('words for the teacher go under their exact names, or not at all (lti.md 78)', async () => {
  const payload = read(await sign({ message: '2 quizzes added', error: 'one was refused' }));
  expect(payload).toMatchObject({
    [deepLinking('msg')]: '2 quizzes added',
    [deepLinking('errormsg')]: 'one was refused',
  });
  expect(Object.keys(read(await sign({ message: null, error: null }))).filter((name) => /msg$/.test(name))).toEqual([]);
});

describe('an item', () => {
  test('has everything that was chosen for it (lti.md 79-81, 128)', async () => {
    const full: ResourceLinkItem = {
      title: 'Newton qonunlari',
      text: 'Self-check',
      url: 'https://tool.example/quizzes/q1',
      custom: { quiz: 'q1', mode: 'practice' },
      lineItem: { label: 'Newton', scoreMaximum: 15, resourceId: 'q1', tag: 'quiz' },
      available: { startDateTime: new Date('2026-12-01T05:00:00Z') },
      submission: { startDateTime: new Date('2026-12-01T05:00:00Z'), endDateTime: new Date('2026-12-08T18:59:59Z') },
    };
    expect(await itemsOf([full])).toEqual([
      {
        type: 'ltiResourceLink',
        title: 'Newton qonunlari',
        text: 'Self-check',
        url: 'https://tool.example/quizzes/q1',
        custom: { quiz: 'q1', mode: 'practice' },
        lineItem: { label: 'Newton', scoreMaximum: 15, resourceId: 'q1', tag: 'quiz', submissionReview: {} },
        available: { startDateTime: '2026-12-01T05:00:00.000Z' },
        submission: { startDateTime: '2026-12-01T05:00:00.000Z', endDateTime: '2026-12-08T18:59:59.000Z' },
      },
    ]);
  });

  test('is one of several, in the order chosen (lti.md 74)', async () => {
    const titles = ['Newton', 'Optika', 'Newton'];
    const items = await itemsOf(titles.map((title) => ({ ...newton, title })));
    expect(items).toEqual(titles.map((title) => expect.objectContaining({ title })));
  });

  test('has no empty members in its column', async () => {
    const lineItem = { label: 'Newton', scoreMaximum: 0.5, resourceId: null, tag: null };
    expect(await itemsOf([{ ...newton, lineItem }])).toMatchObject([
      { lineItem: { label: 'Newton', scoreMaximum: 0.5, submissionReview: {} } },
    ]);
  });

  test.each([0, -1, Number.NaN, Infinity])('is never worth %s points (lti.md 80)', async (scoreMaximum) => {
    const lineItem = { label: 'Newton', scoreMaximum, resourceId: null, tag: null };
    await expect(sign({ items: [{ ...newton, lineItem }] })).rejects.toThrow(RangeError);
  });

  test('cannot smuggle further parameters in by a line break (lti.md 2.5)', async () => {
    const breaks = fc.constantFrom('\n', '\r\n', '\r', '\v', '\f', '\x85', '\u2028', '\u2029');
    const value = fc.array(fc.oneof(breaks, fc.string()), { maxLength: 5 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const token = await sign({ items: [{ ...newton, custom: { quiz: text, [`a${text}`]: 'x' } }] });
        const [item] = z
          .array(z.object({ custom: z.record(z.string(), z.string()) }))
          .parse(read(token)[deepLinking('content_items')]);
        const words = Object.entries(item?.custom ?? {})
          .flat()
          .join('');
        expect(words).not.toMatch(/[\n\v\f\r\x85\u2028\u2029]/);
        expect(item?.custom.quiz).toBe(text.split(/[\n\v\f\r\x85\u2028\u2029]/).join(''));
      }),
      { numRuns: 50 },
    );
  });
});
