// Invites: who may register an LMS, once and for a while.
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { registrationInvites } from '../database/tables/platforms.ts';
import { hashInviteSecret, makeInviteSecret } from './invites.ts';

/** An invite without its secret, which nobody can read any more. */
export type Invite = Omit<typeof registrationInvites.$inferSelect, 'secretHash'>;

/** Why an invite opens nothing. */
export type InviteRefusal = 'invite-unknown' | 'invite-expired' | 'invite-used';

export type FoundInvite = { ok: true; invite: Invite } | { ok: false; code: InviteRefusal };

const { secretHash, id, name, needsApproval, createdAt, expiresAt, usedAt, registrationId } = registrationInvites;
const columns = { id, name, needsApproval, createdAt, expiresAt, usedAt, registrationId };

/**
 * Makes an invite. Its secret is to be shown now: it is not kept.
 *
 * @param given.name what the administrator calls the LMS
 * @param given.needsApproval whether what comes by it waits for an administrator
 */
export async function createInvite(
  db: Database,
  given: {
    name: string;
    needsApproval: boolean;
    lifetimeMs: number;
    now: Date;
    randomBytes?: (bytes: number) => Uint8Array;
  },
): Promise<{ id: number; secret: string }> {
  const secret = makeInviteSecret(given.randomBytes);
  const [row] = await db
    .insert(registrationInvites)
    .values({
      secretHash: hashInviteSecret(secret),
      name: given.name,
      needsApproval: given.needsApproval,
      createdAt: given.now,
      expiresAt: new Date(given.now.getTime() + given.lifetimeMs),
    })
    .returning({ id });
  if (!row) throw new Error('An insert gave no row');
  return { id: row.id, secret };
}

/** The invite of a secret, if it is still good. Refusals: `invite-unknown`, `invite-used`, `invite-expired`. */
export async function findInvite(db: Database, secret: string, now: Date): Promise<FoundInvite> {
  const [invite] = await db
    .select(columns)
    .from(registrationInvites)
    .where(eq(secretHash, hashInviteSecret(secret)));
  if (!invite) return { ok: false, code: 'invite-unknown' };
  if (invite.usedAt) return { ok: false, code: 'invite-used' };
  if (invite.expiresAt <= now) return { ok: false, code: 'invite-expired' };
  return { ok: true, invite };
}

/** Uses an invite up. Of several who try at the same moment, one gets it. */
export async function claimInvite(db: Database, inviteId: number, now: Date): Promise<boolean> {
  const claimed = await db
    .update(registrationInvites)
    .set({ usedAt: now })
    .where(and(eq(id, inviteId), isNull(usedAt), gt(expiresAt, now)))
    .returning({ id });
  return claimed.length > 0;
}

/** Gives an invite back that came to nothing: it is good again until it expires. */
export async function releaseInvite(db: Database, inviteId: number): Promise<void> {
  await db
    .update(registrationInvites)
    .set({ usedAt: null })
    .where(and(eq(id, inviteId), isNull(registrationId)));
}

/** Notes which registration came by an invite. */
export async function settleInvite(tx: Transaction, inviteId: number, registered: number): Promise<void> {
  await tx.update(registrationInvites).set({ registrationId: registered }).where(eq(id, inviteId));
}

/** Every invite, the newest first. */
export async function listInvites(db: Database): Promise<Invite[]> {
  return db.select(columns).from(registrationInvites).orderBy(desc(createdAt), desc(id));
}

/** Takes an invite back that nobody has used. False if there is none. */
export async function revokeInvite(db: Database, inviteId: number): Promise<boolean> {
  const revoked = await db
    .delete(registrationInvites)
    .where(and(eq(id, inviteId), isNull(usedAt)))
    .returning({ id });
  return revoked.length > 0;
}
