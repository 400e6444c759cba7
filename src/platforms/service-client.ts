// What the services of one deployment are asked with: where its token endpoint is, and our key towards it.
import { eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { registrations } from '../database/tables/platforms.ts';
import type { ServiceClient } from '../lti/client-assertion.ts';
import { getSigningKey } from './tool-keys.store.ts';

/** `family`: what the LMS calls itself; null where it has not said. */
export type KnownClient = ServiceClient & { family: string | null };

/** @param tools.sealingKey 32 bytes; opens our private key */
export async function getServiceClient(
  db: Database,
  { registrationId, deploymentId }: { registrationId: number; deploymentId: string },
  tools: { sealingKey: Uint8Array; now: () => Date },
): Promise<KnownClient> {
  const [registration] = await db.select().from(registrations).where(eq(registrations.id, registrationId));
  if (!registration) throw new Error(`There is no registration ${registrationId}`);
  const { issuer, clientId, tokenUrl, tokenAudience, family } = registration;
  const key = await getSigningKey(db, registrationId, tools);
  return { issuer, clientId, tokenUrl, tokenAudience, deploymentId, family, key };
}
