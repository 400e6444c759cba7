// Our keys towards each registration: published before they sign, and for a while after they no longer do.
import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { registrations, toolKeys } from '../database/tables/platforms.ts';
import { createToolKey, openPrivateKey, sealPrivateKey } from '../lti/tool-keys.ts';
import { planRotation, signingKey, type KeyTimes } from './key-rotation.ts';

/** A key pair ready to be kept. */
export type SealedKey = Pick<typeof toolKeys.$inferInsert, 'kid' | 'publicJwk' | 'sealedPrivateKey'>;

/** A key as administrators may know it. */
export type ListedKey = KeyTimes & { kid: string; isSigning: boolean };

/** A new key pair, its private half sealed. To be made before a transaction: finding primes takes a while. */
export async function makeSealedKey(sealingKey: Uint8Array): Promise<SealedKey> {
  const { kid, publicJwk, privateJwk } = await createToolKey();
  return { kid, publicJwk, sealedPrivateKey: await sealPrivateKey(privateJwk, sealingKey) };
}

/**
 * Keeps a key of a registration that signs and is published from this moment on. Any others are published no longer: they open
 * no more, and what they signed has expired.
 */
export async function insertToolKey(tx: Transaction, registrationId: number, key: SealedKey, now: Date): Promise<void> {
  await unpublishKeys(tx, registrationId, now);
  await tx.insert(toolKeys).values({ ...key, registrationId, createdAt: now, signsFrom: now });
}

/** What came of a rotation; the key signs from then on. */
export type Rotation = { ok: true; kid: string; signsFrom: Date } | { ok: false; code: 'rotation-under-way' };

/**
 * Gives a registration a new key, as `planRotation` says.
 *
 * @param given.sealingKey 32 bytes; closes the private key at rest
 * @param given.isLeaked the old keys are good for nothing from now on
 */
export async function rotateKey(
  db: Database,
  registrationId: number,
  { sealingKey, now, isLeaked }: { sealingKey: Uint8Array; now: Date; isLeaked: boolean },
): Promise<Rotation> {
  const key = await makeSealedKey(sealingKey);
  return db.transaction(async (tx) => {
    // Two administrators at once: the second one finds the key of the first.
    await tx.select().from(registrations).where(eq(registrations.id, registrationId)).for('update');
    const plan = planRotation(await publishedKeys(tx, registrationId, now), { now, isLeaked });
    if (!plan.ok) return plan;
    await unpublishKeys(tx, registrationId, plan.othersUntil);
    await tx.insert(toolKeys).values({ ...key, registrationId, createdAt: now, signsFrom: plan.signsFrom });
    return { ok: true, kid: key.kid, signsFrom: plan.signsFrom };
  });
}

/** The keys that are published now, the newest last, and which of them signs. */
export async function listKeys(db: Database, registrationId: number, now: Date): Promise<ListedKey[]> {
  const keys = await publishedKeys(db, registrationId, now);
  const signing = signingKey(keys, now);
  return keys.map(({ kid, createdAt, signsFrom, publishedUntil }) => {
    return { kid, createdAt, signsFrom, publishedUntil, isSigning: kid === signing?.kid };
  });
}

/**
 * The public halves of all keys that the LMSs of one key set may still need, for `/lti/jwks`.
 *
 * @param keySet null for the common set of the registrations that were entered by hand
 */
export async function listPublicKeys(db: Database, keySet: string | null, now: Date) {
  const isOfSet = keySet === null ? isNull(registrations.keySet) : eq(registrations.keySet, keySet);
  const rows = await db
    .select({ publicJwk: toolKeys.publicJwk })
    .from(toolKeys)
    .innerJoin(registrations, eq(registrations.id, toolKeys.registrationId))
    .where(and(isOfSet, eq(registrations.protocol, 'lti'), stillPublished(now)))
    .orderBy(asc(toolKeys.createdAt));
  return rows.map(({ publicJwk }) => publicJwk);
}

/** The public half of one of our keys by its name; null where none of that name is published. */
export async function findPublicKey(db: Database, kid: string, now: Date) {
  const [row] = await db
    .select({ publicJwk: toolKeys.publicJwk })
    .from(toolKeys)
    .where(and(eq(toolKeys.kid, kid), stillPublished(now)));
  return row?.publicJwk ?? null;
}

/**
 * The key that signs now towards a registration, opened.
 *
 * @throws if it does not open: `MUSTAQIL_SECRET` is not the one it was closed with
 */
export async function getSigningKey(
  db: Database,
  registrationId: number,
  { sealingKey, now }: { sealingKey: Uint8Array; now: () => Date },
) {
  const at = now();
  const key = signingKey(await publishedKeys(db, registrationId, at), at);
  if (!key) throw new Error(`Registration ${registrationId} has no key`);
  return { kid: key.kid, privateKey: await openPrivateKey(key.sealedPrivateKey, sealingKey) };
}

/** Whether we can sign for a registration: not before it has a key, and no longer once the secret of its key is lost. */
export function hasUsableKey(
  db: Database,
  registrationId: number,
  tools: { sealingKey: Uint8Array; now: () => Date },
): Promise<boolean> {
  return getSigningKey(db, registrationId, tools).then(
    () => true,
    () => false,
  );
}

function publishedKeys(db: Database, registrationId: number, now: Date) {
  return db
    .select()
    .from(toolKeys)
    .where(and(eq(toolKeys.registrationId, registrationId), stillPublished(now)))
    .orderBy(asc(toolKeys.signsFrom));
}

/** As `isPublished` in key-rotation.ts. */
function stillPublished(now: Date) {
  return or(isNull(toolKeys.publishedUntil), gt(toolKeys.publishedUntil, now));
}

/** Ends every key of a registration by then; one that ends earlier stays as it is. */
async function unpublishKeys(tx: Transaction, registrationId: number, until: Date) {
  const { publishedUntil } = toolKeys;
  await tx
    .update(toolKeys)
    .set({ publishedUntil: until })
    .where(and(eq(toolKeys.registrationId, registrationId), or(isNull(publishedUntil), gt(publishedUntil, until))));
}
