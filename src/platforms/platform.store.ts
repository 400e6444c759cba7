// Registrations, deployments and our keys towards each LMS.
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { deployments, registrations, toolKeys } from '../database/tables/platforms.ts';
import { createToolKey, openPrivateKey, sealPrivateKey } from '../lti/tool-keys.ts';

/** A registration as it stands in the database. */
export type Registration = typeof registrations.$inferSelect;

/** What an administrator knows of an LMS when it is registered by hand. Addresses are absolute URLs. */
export interface PlatformDetails {
  name: string;
  issuer: string;
  clientId: string;
  deploymentId: string;
  authorizationUrl: string;
  tokenUrl: string;
  tokenAudience: string;
  jwksUrl: string;
}

/**
 * Registers an LMS, with a key pair of its own, or brings its registration up to date: issuer and client id say which it is. Where
 * the key does not open any more, because `MUSTAQIL_SECRET` is another, it gets a new one.
 * The deployment becomes active; others of the same registration stay as they are.
 *
 * @param sealingKey 32 bytes; closes the private key at rest
 */
export async function savePlatform(
  db: Database,
  { deploymentId, ...details }: PlatformDetails,
  { sealingKey, now }: { sealingKey: Uint8Array; now: Date },
): Promise<Registration> {
  // Made before the transaction: finding primes takes a while, and nobody should wait for them.
  const key = (await hasUsableKey(db, details, sealingKey)) ? null : await createToolKey();
  const sealedPrivateKey = key && (await sealPrivateKey(key.privateJwk, sealingKey));
  return db.transaction(async (tx) => {
    const [registration] = await tx
      .insert(registrations)
      .values({ ...details, createdAt: now })
      .onConflictDoUpdate({ target: [registrations.issuer, registrations.clientId], set: details })
      .returning();
    if (!registration) throw new Error('An upsert gave no row');
    await tx
      .insert(deployments)
      .values({ registrationId: registration.id, deploymentId, state: 'active', createdAt: now })
      .onConflictDoUpdate({ target: [deployments.registrationId, deployments.deploymentId], set: { state: 'active' } });
    if (key && sealedPrivateKey) {
      await tx.insert(toolKeys).values({
        kid: key.kid,
        registrationId: registration.id,
        publicJwk: key.publicJwk,
        sealedPrivateKey,
        createdAt: now,
      });
    }
    return registration;
  });
}

/** Whether we can sign for a registration: not before it is made, and no longer once the secret of its key is lost. */
async function hasUsableKey(
  db: Database,
  { issuer, clientId }: { issuer: string; clientId: string },
  sealingKey: Uint8Array,
) {
  const [registration] = await listRegistrationsOf(db, { issuer, clientId });
  if (!registration) return false;
  return getSigningKey(db, registration.id, sealingKey).then(
    () => true,
    () => false,
  );
}

/** All registrations of an issuer, or the one of a client id; several customers of a cloud LMS share one issuer. */
export async function listRegistrationsOf(
  db: Database,
  { issuer, clientId }: { issuer: string; clientId: string | null },
): Promise<Registration[]> {
  return db
    .select()
    .from(registrations)
    .where(and(eq(registrations.issuer, issuer), clientId === null ? undefined : eq(registrations.clientId, clientId)));
}

/** Every registration with its deployments, for people who look after them. */
export async function listPlatforms(db: Database) {
  return db
    .select({
      name: registrations.name,
      issuer: registrations.issuer,
      clientId: registrations.clientId,
      deploymentId: deployments.deploymentId,
      state: deployments.state,
    })
    .from(registrations)
    .innerJoin(deployments, eq(deployments.registrationId, registrations.id))
    .orderBy(asc(registrations.id), asc(deployments.id));
}

/** A deployment by the LMS's own id; null if this registration has none of that id. */
export async function findDeployment(db: Database, registrationId: number, deploymentId: string) {
  const [deployment] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.registrationId, registrationId), eq(deployments.deploymentId, deploymentId)));
  return deployment ?? null;
}

/** The public halves of all our keys, for `/lti/jwks`. */
export async function listPublicKeys(db: Database) {
  const rows = await db.select({ publicJwk: toolKeys.publicJwk }).from(toolKeys).orderBy(asc(toolKeys.createdAt));
  return rows.map(({ publicJwk }) => publicJwk);
}

/**
 * The newest key towards a registration, opened for signing.
 *
 * @throws if it does not open: `MUSTAQIL_SECRET` is not the one it was closed with
 */
export async function getSigningKey(db: Database, registrationId: number, sealingKey: Uint8Array) {
  const [row] = await db
    .select()
    .from(toolKeys)
    .where(eq(toolKeys.registrationId, registrationId))
    .orderBy(desc(toolKeys.createdAt))
    .limit(1);
  if (!row) throw new Error(`Registration ${registrationId} has no key`);
  return { kid: row.kid, privateKey: await openPrivateKey(row.sealedPrivateKey, sealingKey) };
}
