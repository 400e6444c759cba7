// Small secrets sealed into a string: compact JWE (RFC 7516), direct encryption with a 256-bit key, AES-GCM. The purpose is
// authenticated with the text, so that what was sealed for one use cannot be opened as another. It is done here and not by `jose`,
// because that leaves it to another thread: for so little text the way there and back costs many times the work.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

const cipherName = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Header, no key, iv, text, tag. */
const compact = /^([\w-]+)\.\.([\w-]+)\.([\w-]*)\.([\w-]+)$/;
/** What a header may say besides means nothing, but for what changes how the rest is read. */
const readable = z.object({
  alg: z.literal('dir'),
  enc: z.literal('A256GCM'),
  typ: z.string(),
  crit: z.undefined().optional(),
  zip: z.undefined().optional(),
});

/** Seals `text` under a 32-byte key for one named purpose. Rejects when the key has another length. */
export function seal(purpose: string, text: string, key: Uint8Array): Promise<string> {
  return new Promise((resolve) => resolve(sealNow(purpose, text, key)));
}

/** The text that `seal` put in, or null when `sealed` is not ours, was altered, or was sealed for another purpose. */
export function unseal(purpose: string, sealed: string, key: Uint8Array): Promise<string | null> {
  return new Promise((resolve) => resolve(unsealNow(purpose, sealed, key)));
}

function sealNow(purpose: string, text: string, key: Uint8Array): string {
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', typ: purpose })).toString('base64url');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(cipherName, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(header));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [header, '', ...[iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

function unsealNow(purpose: string, sealed: string, key: Uint8Array): string | null {
  const [, header = '', ...parts] = compact.exec(sealed) ?? [];
  const [iv, text, tag] = parts.map(bytesOf);
  if (!iv || !text || !tag || iv.length !== ivBytes || tag.length !== tagBytes) return null;
  const decipher = createDecipheriv(cipherName, key, iv, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(header)).setAuthTag(tag);
  try {
    const opened = Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    const said = readable.safeParse(JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))).data;
    return said?.typ === purpose ? opened : null;
  } catch {
    return null;
  }
}

/** Null where the same bytes would be written otherwise: what was sealed has one form only. */
function bytesOf(part: string): Buffer | null {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : null;
}
