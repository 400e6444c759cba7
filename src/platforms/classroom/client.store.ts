// Our clients at Google Cloud: each is a registration that speaks Classroom, with a secret, and one deployment for all its courses.
import { and, eq, type SQL } from 'drizzle-orm';
import type { GoogleClient } from '../../classroom/google-client.ts';
import type { Database, Transaction } from '../../database/database.ts';
import { classroomClients } from '../../database/tables/classroom.ts';
import { deployments, registrations } from '../../database/tables/platforms.ts';
import { seal, unseal } from '../../lti/sealed.ts';
import { hasUsableKey, insertToolKey, makeSealedKey, type SealedKey } from '../tool-keys.store.ts';

/** The one deployment of a client: Google tells its customers apart by their people, and not by ids of ours. */
export const classroomDeployment = 'classroom';

const purpose = 'mustaqil-google-client-secret';

/** A client that may be used now. */
export interface KnownGoogleClient {
  registrationId: number;
  name: string;
  /** Our key of its deployment. */
  deploymentId: number;
  frameOrigins: string[];
  client: GoogleClient;
}

/** What an administrator enters of a client. */
export interface GoogleClientDetails extends GoogleClient {
  name: string;
  /** Origins whose pages show us in frames. */
  frameOrigins: string[];
}

/** How a client is kept. */
interface Keeping {
  /** Closes the secret, and our own key, at rest; 32 bytes. */
  sealingKey: Uint8Array;
  now: Date;
}

/**
 * Keeps a client, or brings it up to date: its client id says which it is. It gets a key of ours, by which we vouch for what its people
 * have achieved; Google itself needs none. Returns our key of the registration.
 */
export async function saveGoogleClient(
  db: Database,
  { clientSecret, apiUrl, revokeUrl, ...details }: GoogleClientDetails,
  { sealingKey, now }: Keeping,
): Promise<number> {
  const used = { sealedSecret: await seal(purpose, clientSecret, sealingKey), apiUrl, revokeUrl };
  const registration = { ...details, protocol: 'classroom' as const, tokenAudience: details.tokenUrl, family };
  const { issuer, clientId } = registrations;
  const [known] = await db
    .select({ id: registrations.id })
    .from(registrations)
    .where(and(eq(issuer, details.issuer), eq(clientId, details.clientId)));
  const key = await keyForNeed(db, known?.id ?? null, { sealingKey, now });
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(registrations)
      .values({ ...registration, createdAt: now })
      .onConflictDoUpdate({ target: [issuer, clientId], set: registration })
      .returning({ id: registrations.id });
    if (!row) throw new Error('An upsert gave no row');
    const registrationId = row.id;
    await tx
      .insert(classroomClients)
      .values({ registrationId, ...used })
      .onConflictDoUpdate({ target: classroomClients.registrationId, set: used });
    await tx
      .insert(deployments)
      .values({ registrationId, deploymentId: classroomDeployment, state: 'active', createdAt: now })
      .onConflictDoNothing();
    await insertKeyInNeed(tx, registrationId, key, { sealingKey, now });
    return registrationId;
  });
}

/**
 * Changes what an administrator may change of a client. Where our key of it does not open any more, it gets a new one.
 *
 * @param change.clientSecret null for the one that is kept
 */
export async function changeGoogleClient(
  db: Database,
  registrationId: number,
  { name, clientSecret }: { name: string; clientSecret: string | null },
  keeping: Keeping,
): Promise<void> {
  const sealedSecret = clientSecret === null ? null : await seal(purpose, clientSecret, keeping.sealingKey);
  const key = await keyForNeed(db, registrationId, keeping);
  await db.transaction(async (tx) => {
    await tx.update(registrations).set({ name }).where(eq(registrations.id, registrationId));
    const isTheirs = eq(classroomClients.registrationId, registrationId);
    if (sealedSecret !== null) await tx.update(classroomClients).set({ sealedSecret }).where(isTheirs);
    await insertKeyInNeed(tx, registrationId, key, keeping);
  });
}

/** A new key where there is none that opens, made before the transaction; else null. */
async function keyForNeed(db: Database, registrationId: number | null, { sealingKey, now }: Keeping) {
  const hasOne = registrationId !== null && (await hasUsableKey(db, registrationId, { sealingKey, now: () => now }));
  return hasOne ? null : makeSealedKey(sealingKey);
}

/** Of two at once, the second finds the key of the first: the row has been locked since it was written. */
async function insertKeyInNeed(
  tx: Transaction,
  registrationId: number,
  key: SealedKey | null,
  { sealingKey, now }: Keeping,
) {
  if (!key || (await hasUsableKey(tx, registrationId, { sealingKey, now: () => now }))) return;
  await insertToolKey(tx, registrationId, key, now);
}

/** How such a platform calls itself, for platforms/lms/. */
const family = 'google-classroom';

/** The clients that are switched on. @param sealingKey opens their secrets; one whose secret no longer opens is left out */
export function listGoogleClients(db: Database, sealingKey: Uint8Array): Promise<KnownGoogleClient[]> {
  return openClients(db, isOn, sealingKey);
}

/** The client of a registration; null where it is switched off, or its secret no longer opens. */
export async function findGoogleClient(
  db: Database,
  registrationId: number,
  sealingKey: Uint8Array,
): Promise<KnownGoogleClient | null> {
  const [found] = await openClients(db, and(isOn, eq(registrations.id, registrationId)), sealingKey);
  return found ?? null;
}

/** The client of a registration, be it switched on or off, for whoever looks after it; null where its secret no longer opens. */
export async function openGoogleClient(
  db: Database,
  registrationId: number,
  sealingKey: Uint8Array,
): Promise<KnownGoogleClient | null> {
  const [found] = await openClients(db, eq(registrations.id, registrationId), sealingKey);
  return found ?? null;
}

const isOn = and(eq(registrations.state, 'active'), eq(deployments.state, 'active'));

async function openClients(db: Database, which: SQL | undefined, sealingKey: Uint8Array): Promise<KnownGoogleClient[]> {
  const rows = await db
    .select({ registration: registrations, used: classroomClients, deploymentId: deployments.id })
    .from(registrations)
    .innerJoin(classroomClients, eq(classroomClients.registrationId, registrations.id))
    .innerJoin(deployments, eq(deployments.registrationId, registrations.id))
    .where(which);
  const known: KnownGoogleClient[] = [];
  for (const { registration, used, deploymentId } of rows) {
    const clientSecret = await unseal(purpose, used.sealedSecret, sealingKey);
    if (clientSecret === null) continue;
    const { id, name, clientId, issuer, authorizationUrl, tokenUrl, jwksUrl, frameOrigins } = registration;
    const { apiUrl, revokeUrl } = used;
    const client = { clientId, clientSecret, issuer, authorizationUrl, tokenUrl, jwksUrl, apiUrl, revokeUrl };
    known.push({ registrationId: id, name, deploymentId, frameOrigins, client });
  }
  return known;
}
