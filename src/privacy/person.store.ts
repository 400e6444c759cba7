// Whom somebody means: by what the LMS calls a person, or by what people call them.
import { and, asc, eq, ilike, isNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { classroomGrants } from '../database/tables/classroom.ts';
import { people } from '../database/tables/courses.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';

/** A person with the platform that they come from. */
export interface FoundPerson {
  personId: number;
  name: string | null;
  subject: string | null;
  sourcedId: string | null;
  /** Of an account that lets us act in its name; null for all others. */
  email: string | null;
  lastLaunchAt: Date | null;
  erasedAt: Date | null;
  registrationId: number;
  platform: string;
  /** The LMS's own id of the deployment. */
  deploymentId: string;
}

const found = {
  personId: people.id,
  name: people.name,
  subject: people.subject,
  sourcedId: people.sourcedId,
  email: classroomGrants.accountEmail,
  lastLaunchAt: people.lastLaunchAt,
  erasedAt: people.erasedAt,
  registrationId: registrations.id,
  platform: registrations.name,
  deploymentId: deployments.deploymentId,
};

function selectPeople(db: Database) {
  return db
    .select(found)
    .from(people)
    .innerJoin(deployments, eq(deployments.id, people.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .leftJoin(classroomGrants, eq(classroomGrants.personId, people.id))
    .$dynamic();
}

/** Null if there is none. */
export async function findPerson(db: Database, personId: number): Promise<FoundPerson | null> {
  const [person] = await selectPeople(db).where(eq(people.id, personId));
  return person ?? null;
}

/** Whom an LMS calls so: one for each deployment in which they are known. */
export async function listBySubject(
  db: Database,
  { issuer, clientId, subject }: Record<'issuer' | 'clientId' | 'subject', string>,
): Promise<FoundPerson[]> {
  return selectPeople(db)
    .where(and(eq(registrations.issuer, issuer), eq(registrations.clientId, clientId), eq(people.subject, subject)))
    .orderBy(asc(people.id));
}

/**
 * People of one platform of whose name, id, institution's id or e-mail address `wanted` is a part; who was erased is nobody's to find.
 *
 * @param limit how many at most, by name
 */
export async function searchPeople(
  db: Database,
  { registrationId, wanted, limit }: { registrationId: number; wanted: string; limit: number },
): Promise<FoundPerson[]> {
  const part = `%${wanted.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const isMeant = or(
    ilike(people.name, part),
    eq(people.subject, wanted),
    eq(people.sourcedId, wanted),
    ilike(classroomGrants.accountEmail, part),
  );
  return selectPeople(db)
    .where(and(eq(registrations.id, registrationId), isNull(people.erasedAt), isMeant))
    .orderBy(asc(sql`lower(${people.name})`), asc(people.id))
    .limit(limit);
}
