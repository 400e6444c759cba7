// The LMS of the bench of launches as the tool knows it: registered, with courses in each of which a quiz stands at the place that
// students open.
import { deriveKeys } from '../src/config.ts';
import type { Database } from '../src/database/database.ts';
import { courses, people, placements } from '../src/database/tables/courses.ts';
import { findDeployment, savePlatform } from '../src/platforms/platform.store.ts';
import { publishSums } from './quiz-of-sums.ts';
import { deploymentId as ltiDeploymentId, type LaunchingLms } from './launching-lms.ts';

/** @param ids the LMS's own ids of the courses */
export async function registerCourses(
  db: Database,
  { lms, jwksUrl, secret, ids }: { lms: LaunchingLms; jwksUrl: string; secret: string; ids: readonly string[] },
): Promise<void> {
  const now = new Date();
  const { issuer, clientId } = lms;
  const addresses = { authorizationUrl: `${issuer}/auth`, tokenUrl: `${issuer}/token`, jwksUrl };
  const details = { name: 'LMS', issuer, clientId, deploymentId: ltiDeploymentId, tokenAudience: issuer, ...addresses };
  const registration = await savePlatform(db, details, { sealingKey: deriveKeys(secret).toolKeys, now });
  const deployment = await findDeployment(db, registration.id, ltiDeploymentId);
  const deploymentId = deployment?.id ?? 0;
  await db.transaction(async (tx) => {
    const author = { deploymentId, subject: 'teacher', name: 'Oʻqituvchi', language: 'uz' };
    const [teacher] = await tx.insert(people).values(author).returning();
    for (const contextId of ids) {
      const contextKind = 'context' as const;
      const [course] = await tx.insert(courses).values({ deploymentId, contextKind, contextId }).returning();
      const courseId = course?.id ?? 0;
      const { quizId } = await publishSums(tx, { courseId, publishedBy: teacher?.id ?? 0, now });
      const place = { courseId, quizId, resourceLinkId: `of-${contextId}`, gradebookScopes: [] };
      await tx.insert(placements).values(place);
    }
  });
}
