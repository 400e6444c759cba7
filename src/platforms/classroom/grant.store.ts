// What people have agreed to with Google, so that we may act in their name: for what they do here, and, of those who teach, for the
// grades of their courses while they are away.
import { and, arrayContains, countDistinct, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/database.ts';
import { classroomGrants } from '../../database/tables/classroom.ts';
import { memberships, people } from '../../database/tables/courses.ts';
import { deployments } from '../../database/tables/platforms.ts';
import { seal, unseal } from '../../lti/sealed.ts';

const purpose = 'mustaqil-google-refresh-token';

/** A grant that can be used. */
export interface Grant {
  personId: number;
  refreshToken: string;
  /** As they were granted, which may be fewer than were asked for. */
  scopes: string[];
  grantedAt: Date;
  /** What the account is called; null where Google did not say. */
  accountEmail: string | null;
}

/** Closes a refresh token at rest. To be done before a transaction. @param sealingKey 32 bytes */
export function sealRefreshToken(refreshToken: string, sealingKey: Uint8Array): Promise<string> {
  return seal(purpose, refreshToken, sealingKey);
}

type Agreed = Pick<Grant, 'scopes' | 'accountEmail'>;

/**
 * Keeps what a person agreed to, in the place of what was there.
 *
 * @param grant.sealedRefreshToken null where Google gave none, since it did so before: the one that we have stays, unless it is good for less
 *   than was agreed to now
 * @returns false where there is none at all, so that the person has to be asked anew
 */
export async function saveGrant(
  tx: Transaction,
  { personId, sealedRefreshToken, ...agreed }: { personId: number; sealedRefreshToken: string | null } & Agreed,
  now: Date,
): Promise<boolean> {
  const granted = { ...agreed, grantedAt: now };
  if (sealedRefreshToken === null) {
    const kept = await tx
      .update(classroomGrants)
      .set(granted)
      .where(
        and(
          eq(classroomGrants.personId, personId),
          isNotNull(classroomGrants.sealedRefreshToken),
          arrayContains(classroomGrants.scopes, agreed.scopes),
        ),
      )
      .returning({ personId: classroomGrants.personId });
    return kept.length > 0;
  }
  const renewed = { ...granted, sealedRefreshToken, lostAt: null };
  await tx
    .insert(classroomGrants)
    .values({ personId, ...renewed })
    .onConflictDoUpdate({ target: classroomGrants.personId, set: renewed });
  return true;
}

/** What a person agreed to; null where there is nothing that can be used. */
export async function findGrant(db: Database, personId: number, sealingKey: Uint8Array): Promise<Grant | null> {
  const [row] = await db.select().from(classroomGrants).where(eq(classroomGrants.personId, personId));
  return row ? openGrant(row, sealingKey) : null;
}

/** The grants of those who teach a course, whoever was here last in front. */
export async function listTeacherGrants(db: Database, courseId: number, sealingKey: Uint8Array): Promise<Grant[]> {
  const rows = await db
    .select({ grant: classroomGrants })
    .from(memberships)
    .innerJoin(classroomGrants, eq(classroomGrants.personId, memberships.personId))
    .where(and(eq(memberships.courseId, courseId), eq(memberships.role, 'instructor'), eq(memberships.isActive, true)))
    .orderBy(desc(memberships.launchedAt));
  const grants: Grant[] = [];
  for (const { grant } of rows) {
    const opened = await openGrant(grant, sealingKey);
    if (opened) grants.push(opened);
  }
  return grants;
}

/** How many of those who teach with a client are connected, and how many were and have to sign in anew. */
export async function countTeachers(
  db: Database,
  registrationId: number,
): Promise<{ connected: number; lost: number }> {
  const [row] = await db
    .select({
      connected: countDistinct(sql`case when ${classroomGrants.lostAt} is null then ${people.id} end`),
      lost: countDistinct(sql`case when ${classroomGrants.lostAt} is not null then ${people.id} end`),
    })
    .from(classroomGrants)
    .innerJoin(people, eq(people.id, classroomGrants.personId))
    .innerJoin(deployments, eq(deployments.id, people.deploymentId))
    .innerJoin(memberships, eq(memberships.personId, people.id))
    .where(
      and(
        eq(deployments.registrationId, registrationId),
        eq(memberships.role, 'instructor'),
        eq(memberships.isActive, true),
      ),
    );
  return row ?? { connected: 0, lost: 0 };
}

/** Notes that Google no longer takes a refresh token, unless the person has agreed anew meanwhile. */
export async function loseGrant(db: Database, { personId, grantedAt }: Grant, now: Date): Promise<void> {
  await db
    .update(classroomGrants)
    .set({ sealedRefreshToken: null, lostAt: now })
    .where(and(eq(classroomGrants.personId, personId), eq(classroomGrants.grantedAt, grantedAt)));
}

/** Forgets what a person agreed to. */
export async function deleteGrant(db: Database, personId: number): Promise<void> {
  await db.delete(classroomGrants).where(eq(classroomGrants.personId, personId));
}

async function openGrant(row: typeof classroomGrants.$inferSelect, sealingKey: Uint8Array): Promise<Grant | null> {
  const { personId, sealedRefreshToken, scopes, grantedAt, accountEmail } = row;
  const refreshToken = sealedRefreshToken && (await unseal(purpose, sealedRefreshToken, sealingKey));
  return refreshToken ? { personId, refreshToken, scopes, grantedAt, accountEmail } : null;
}
