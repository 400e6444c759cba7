// The link that an administrator pastes into an LMS. Whoever has it may connect one LMS, so it is long, and good once.
import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, as text for an address. */
export function makeInviteSecret(random: (bytes: number) => Uint8Array = randomBytes): string {
  return Buffer.from(random(32)).toString('base64url');
}

/** All that is kept of a secret. It has more bits than anyone can try, so a plain digest hides it. */
export function hashInviteSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** What an administrator pastes into the LMS's form for a new tool; LMSs append parameters of their own. */
export function inviteAddress(publicUrl: string, secret: string): string {
  return `${publicUrl}/lti/register?invite=${encodeURIComponent(secret)}`;
}
