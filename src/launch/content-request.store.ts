// Requests of LMSs for content of a teacher's choice: kept until the teacher has chosen, however long that takes, up to half a
// day.
import { eq, lte } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { courses } from '../database/tables/courses.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { contentRequests } from '../database/tables/sessions.ts';
import { deepLinkingSettingsSchema, type DeepLinkingSettings } from '../lti/deep-linking.ts';

const lifetimeMs = 12 * 60 * 60 * 1000;

/** A request, and the deployment that waits for the answer. */
export interface ContentRequest {
  id: number;
  personId: number;
  courseId: number;
  settings: DeepLinkingSettings;
  expiresAt: Date;
  registrationId: number;
  /** The LMS's own id of the deployment. */
  deploymentId: string;
  /** The LMS's product, in its own word. */
  family: string | null;
  /** What the platform speaks, and so how it is answered. */
  protocol: (typeof registrations.$inferSelect)['protocol'];
}

/** Keeps a request of a launch that verified, for the person who launched. Returns our key of it. */
export async function insertContentRequest(
  tx: Transaction,
  request: { personId: number; courseId: number; settings: DeepLinkingSettings },
  now: Date,
): Promise<number> {
  const [row] = await tx
    .insert(contentRequests)
    .values({ ...request, expiresAt: new Date(now.getTime() + lifetimeMs) })
    .returning({ id: contentRequests.id });
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}

/** A request by our key, expired or not; null if there is none. Whose it is is for the caller to compare. */
export async function findContentRequest(db: Database, requestId: number): Promise<ContentRequest | null> {
  const [row] = await db
    .select({
      id: contentRequests.id,
      personId: contentRequests.personId,
      courseId: contentRequests.courseId,
      settings: contentRequests.settings,
      expiresAt: contentRequests.expiresAt,
      registrationId: deployments.registrationId,
      deploymentId: deployments.deploymentId,
      family: registrations.family,
      protocol: registrations.protocol,
    })
    .from(contentRequests)
    .innerJoin(courses, eq(courses.id, contentRequests.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(eq(contentRequests.id, requestId));
  return row ? { ...row, settings: deepLinkingSettingsSchema.parse(row.settings) } : null;
}

/** Holds a request until the transaction ends: of two clicks on one button, the second sees what the first has done. */
export async function lockContentRequest(tx: Transaction, requestId: number): Promise<void> {
  await tx
    .select({ id: contentRequests.id })
    .from(contentRequests)
    .where(eq(contentRequests.id, requestId))
    .for('update');
}

/** Sweeps out requests that have been expired for as long again: until then their page says why it is of no use any more. */
export async function deleteExpiredRequests(db: Database, now: Date): Promise<void> {
  await db.delete(contentRequests).where(lte(contentRequests.expiresAt, new Date(now.getTime() - lifetimeMs)));
}
