// Our clients at Google Cloud: each is a registration that speaks Classroom, with a secret, and one deployment for all its courses.
import { and, eq } from 'drizzle-orm';
import type { GoogleClient } from '../../classroom/google-client.ts';
import type { Database } from '../../database/database.ts';
import { classroomClients } from '../../database/tables/classroom.ts';
import { deployments, registrations } from '../../database/tables/platforms.ts';
import { seal, unseal } from '../../lti/sealed.ts';

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

/**
 * Keeps a client, or brings it up to date: its client id says which it is. Returns our key of the registration.
 *
 * @param saving.sealingKey closes the secret at rest; 32 bytes
 */
export async function saveGoogleClient(
  db: Database,
  { clientSecret, apiUrl, revokeUrl, ...details }: GoogleClientDetails,
  { sealingKey, now }: { sealingKey: Uint8Array; now: Date },
): Promise<number> {
  const used = { sealedSecret: await seal(purpose, clientSecret, sealingKey), apiUrl, revokeUrl };
  const registration = { ...details, protocol: 'classroom' as const, tokenAudience: details.tokenUrl, family };
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(registrations)
      .values({ ...registration, createdAt: now })
      .onConflictDoUpdate({ target: [registrations.issuer, registrations.clientId], set: registration })
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
    return registrationId;
  });
}

/** How such a platform calls itself, for platforms/lms/. */
const family = 'google-classroom';

/** The clients that are switched on. @param sealingKey opens their secrets; one whose secret no longer opens is left out */
export async function listGoogleClients(db: Database, sealingKey: Uint8Array): Promise<KnownGoogleClient[]> {
  const rows = await db
    .select({ registration: registrations, used: classroomClients, deploymentId: deployments.id })
    .from(registrations)
    .innerJoin(classroomClients, eq(classroomClients.registrationId, registrations.id))
    .innerJoin(deployments, eq(deployments.registrationId, registrations.id))
    .where(and(eq(registrations.state, 'active'), eq(deployments.state, 'active')));
  const known: KnownGoogleClient[] = [];
  for (const { registration, used, deploymentId } of rows) {
    const clientSecret = await unseal(purpose, used.sealedSecret, sealingKey);
    if (clientSecret === null) continue;
    const { id, name, clientId, issuer, authorizationUrl, tokenUrl, jwksUrl, frameOrigins } = registration;
    const { apiUrl, revokeUrl } = used;
    const addresses = { issuer, authorizationUrl, tokenUrl, jwksUrl, apiUrl, revokeUrl };
    known.push({
      registrationId: id,
      name,
      deploymentId,
      frameOrigins,
      client: { clientId, clientSecret, ...addresses },
    });
  }
  return known;
}

/** The client of a registration; null where it is switched off, or its secret no longer opens. */
export async function findGoogleClient(
  db: Database,
  registrationId: number,
  sealingKey: Uint8Array,
): Promise<KnownGoogleClient | null> {
  const known = await listGoogleClients(db, sealingKey);
  return known.find((client) => client.registrationId === registrationId) ?? null;
}
