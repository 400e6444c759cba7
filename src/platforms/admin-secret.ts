// The administrator's secret: how one is made, how leniently it is typed, and the only form in which it is kept.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Digits and letters without those that look alike (Crockford's base 32): 5 bits each. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const madeLength = 24;

/** What the administrator thinks up has at least so many characters. */
export const shortestSecret = 12;

/** As a power of two: 32 MB, and a fraction of a second a try: one of the settings in OWASP's Password Storage Cheat Sheet. */
const usualCost = 15;
const saltBytes = 16;
const hashBytes = 32;

/** A new secret of 120 bits, in groups that can be typed: `7K2M-…`. */
export function makeAdminSecret(): string {
  // 256 is a multiple of 32, so the remainder favours no character.
  const characters = [...randomBytes(madeLength)].map((byte) => alphabet.charAt(byte % alphabet.length));
  return (characters.join('').match(/.{4}/g) ?? []).join('-');
}

/** `salt.hash.cost`, the first two base64url, for the database. Each call takes another salt. */
export async function hashSecret(secret: string, cost = usualCost): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(secret, salt, cost);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}.${cost}`;
}

/**
 * Whether `typed` is the secret behind `kept`, compared in constant time. One that was made may be typed in small letters, with
 * spaces or dashes anywhere, and with O, I and L for 0 and 1.
 */
export async function isSecret(typed: string, kept: string): Promise<boolean> {
  // The first ones that were kept did not say their cost.
  const [salt = '', hash = '', cost = usualCost] = kept.split('.');
  const derived = await derive(typed, Buffer.from(salt, 'base64url'), Number(cost));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}

function derive(secret: string, salt: Buffer, cost: number): Promise<Buffer> {
  const settings = { N: 2 ** cost, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(asMeant(secret), salt, hashBytes, settings, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** What has the shape of a made secret is read as one, when it is kept and when it is typed alike. */
function asMeant(typed: string) {
  const bare = typed.replace(/[\s\p{Dash}]/gu, '').toUpperCase();
  const read = bare.replaceAll('O', '0').replace(/[IL]/g, '1');
  const isMade = read.length === madeLength && [...read].every((character) => alphabet.includes(character));
  return isMade ? read : typed.normalize('NFC').trim();
}
