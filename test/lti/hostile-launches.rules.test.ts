// Whatever a browser posts and whatever a platform signs: a launch or a refusal, never an exception.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { launchRefusals } from '../../src/lti/launch-refusals.ts';
import { choice, good, platform, review, verify, withSettings } from './launch-bench.ts';

/** The last character of a signature carries spare bits, so two spellings of it can be one signature. */
function saysTheSame(one: string, other: string): boolean {
  const [oneSigned, otherSigned] = [one, other].map((token) => token.slice(0, token.lastIndexOf('.')));
  const [oneBytes, otherBytes] = [one, other].map((token) => Buffer.from(token.split('.')[2] ?? '', 'base64url'));
  return oneSigned === otherSigned && oneBytes?.equals(otherBytes ?? Buffer.alloc(0)) === true;
}

describe('nothing that is posted makes it throw', () => {
  test('a good token with any one character replaced by anything is refused', async () => {
    const token = await platform.sign(good);
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), async (at, text) => {
        const mutated = token.slice(0, at) + text + token.slice(at + 1);
        const verified = await verify(mutated);
        if (!saysTheSame(mutated, token)) expect(verified.ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('any text is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect((await verify(text)).ok).toBe(false);
      }),
    );
  });

  test('any claim of any message may hold any JSON, signed: it is a launch or a refusal', async () => {
    const messages = fc.constantFrom(good, choice, review);
    const names = fc.constantFrom(...new Set([good, choice, review].flatMap(Object.keys)));
    await fc.assert(
      fc.asyncProperty(messages, fc.dictionary(names, fc.jsonValue(), { maxKeys: 3 }), async (message, changed) => {
        const verified = await verify(await platform.sign({ ...message, ...changed }));
        expect(verified.ok || launchRefusals.includes(verified.code)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('any setting of a choice may hold any JSON or be missing', async () => {
    const names = ['deep_link_return_url', 'accept_types', 'accept_multiple', 'accept_lineitem', 'title', 'data'];
    const value = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (changed) => {
        const verified = await verify(await withSettings(changed));
        expect(verified.ok || launchRefusals.includes(verified.code)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
