// The tool's keys: named by thumbprint (obligation 6), sealed at rest (9), published without their private half.
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint, createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { seal } from '../../src/lti/sealed.ts';
import { createToolKey, openPrivateKey, publicJwks, sealPrivateKey } from '../../src/lti/tool-keys.ts';

const encryptionKey = new Uint8Array(32).fill(1);
const key = await createToolKey();

describe('a tool key', () => {
  test('is RSA 2048, named by its RFC 7638 thumbprint', async () => {
    expect(Buffer.from(key.publicJwk.n, 'base64url')).toHaveLength(256);
    expect(key.kid).toBe(await calculateJwkThumbprint(key.publicJwk, 'sha256'));
    expect([key.publicJwk.kid, key.privateJwk.kid]).toEqual([key.kid, key.kid]);
    expect((await createToolKey()).kid).not.toBe(key.kid);
  });

  test('signs after storage what its published half verifies', async () => {
    const privateKey = await openPrivateKey(await sealPrivateKey(key.privateJwk, encryptionKey), encryptionKey);
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign(privateKey);
    await expect(jwtVerify(token, createLocalJWKSet(publicJwks([key.publicJwk])))).resolves.toBeDefined();
    expect(privateKey.extractable).toBe(false);
  });

  test('is published with kty, kid, alg, use and its public half, and with nothing else', () => {
    const { n, e } = key.publicJwk;
    const published = { keys: [{ kty: 'RSA', kid: key.kid, alg: 'RS256', use: 'sig', n, e }] };
    expect(publicJwks([key.publicJwk])).toEqual(published);
    expect(publicJwks([{ ...key.privateJwk, ...key.publicJwk }])).toEqual(published);
    expect(publicJwks([])).toEqual({ keys: [] });
  });

  test('is unreadable at rest', async () => {
    const sealed = await sealPrivateKey(key.privateJwk, encryptionKey);
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(readable.join('')).not.toContain(key.privateJwk.d);
    expect(sealed).not.toBe(await sealPrivateKey(key.privateJwk, encryptionKey));
  });

  test('does not open with another secret, when altered, or when sealed for something else', async () => {
    const sealed = await sealPrivateKey(key.privateJwk, encryptionKey);
    const otherUse = await seal('mustaqil-login-state', JSON.stringify(key.privateJwk), encryptionKey);
    await expect(openPrivateKey(sealed, new Uint8Array(32).fill(2))).rejects.toThrow('does not open');
    await expect(openPrivateKey(`${sealed}x`, encryptionKey)).rejects.toThrow('does not open');
    await expect(openPrivateKey('', encryptionKey)).rejects.toThrow('does not open');
    await expect(openPrivateKey(otherUse, encryptionKey)).rejects.toThrow('does not open');
  });
});
