// What is sealed: opened by its key, for its purpose and unaltered, or not at all; and every other implementation of RFC 7516 agrees.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { seal, unseal } from '../../src/lti/sealed.ts';

const key = new Uint8Array(32).fill(7);
const purpose = 'login';
const text = 'browser secret ʻʼ ңөү';

/** As another implementation seals. */
const sealedByJose = (header: Record<string, unknown>, plain = text) =>
  new CompactEncrypt(new TextEncoder().encode(plain))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: purpose, ...header })
    .encrypt(key);

test('whatever is sealed is opened again, by us and by others, and what others seal is opened by us', async () => {
  const anything = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(anything, anything, async (what, plain) => {
      const sealed = await seal(what, plain, key);
      expect(await unseal(what, sealed, key)).toBe(plain);
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, key);
      expect([new TextDecoder().decode(plaintext), protectedHeader.typ]).toEqual([plain, what]);
      expect(await unseal(what, await sealedByJose({ typ: what }, plain), key)).toBe(plain);
    }),
  );
});

test('the same is never sealed twice alike', async () => {
  const sealed = await Promise.all(Array.from({ length: 50 }, () => seal(purpose, text, key)));
  expect(new Set(sealed.map((one) => one.split('.')[2])).size).toBe(50);
});

describe('Mallory opens nothing', () => {
  test('with what was sealed for another purpose, or for none', async () => {
    expect(await unseal('ticket', await seal(purpose, text, key), key)).toBeNull();
    expect(await unseal(purpose, await sealedByJose({ typ: undefined }), key)).toBeNull();
    expect(await unseal('', await seal(purpose, text, key), key)).toBeNull();
  });

  test('with another key, or one of another length', async () => {
    const sealed = await seal(purpose, text, key);
    expect(await unseal(purpose, sealed, new Uint8Array(32).fill(8))).toBeNull();
    await expect(seal(purpose, text, new Uint8Array(16))).rejects.toThrow();
  });

  test('with any one character altered, left out or added', async () => {
    const sealed = await seal(purpose, text, key);
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const [before, after] = [sealed.slice(0, at), sealed.slice(at + 1)];
      for (const altered of [before + other + after, before + after, `${before}${other}${sealed.slice(at)}`]) {
        expect([at, await unseal(purpose, altered, key)]).toEqual([at, null]);
      }
    }
  });

  test.each([
    ['compressed text', { zip: 'DEF' }],
    ['an extension that has to be understood', { crit: ['b64'], b64: true }],
  ])('with %s', async (_what, header) => {
    const [sealed] = (await seal(purpose, text, key)).split('..');
    const named = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(sealed ?? '', 'base64url').toString()), ...header }),
    ).toString('base64url');
    expect(await unseal(purpose, await sealedUnder(named), key)).toBeNull();
  });

  test.each(['', '.', '....', 'a..b.c.d', 'x'.repeat(100_000)])('with nonsense', async (nonsense) => {
    expect(await unseal(purpose, nonsense, key)).toBeNull();
  });
});

/** Sealed rightly under a header that `jose` would not write. */
async function sealedUnder(header: string): Promise<string> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(header);
  const sealed = Buffer.from(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, imported, new TextEncoder().encode(text)),
  );
  return [
    header,
    '',
    ...[Buffer.from(iv), sealed.subarray(0, -16), sealed.subarray(-16)].map((part) => part.toString('base64url')),
  ].join('.');
}
