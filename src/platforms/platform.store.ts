// Registrations of LMSs and their deployments.
import { and, asc, eq, isNull, max, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { askTogether } from '../database/ask-together.ts';
import { prepared } from '../database/prepared.ts';
import { people } from '../database/tables/courses.ts';
import { deployments, registrations } from '../database/tables/platforms.ts';
import { hasUsableKey, insertToolKey, makeSealedKey, type SealedKey } from './tool-keys.store.ts';

/** A registration as it stands in the database. */
export type Registration = typeof registrations.$inferSelect;

/** A deployment as it stands in the database. */
export type Deployment = typeof deployments.$inferSelect;

/** What an administrator knows of an LMS when it is registered by hand. Addresses are absolute URLs. */
export interface PlatformDetails {
  name: string;
  issuer: string;
  clientId: string;
  /** Null where the LMS names its deployments at their first launch only. */
  deploymentId: string | null;
  authorizationUrl: string;
  tokenUrl: string;
  tokenAudience: string;
  jwksUrl: string;
  /** The LMS's product, in its own word. */
  family?: string | null;
  /** The name of a set of our keys that is this LMS's alone; null for the common one. */
  keySet?: string | null;
}

/** How a registration is saved. */
export interface Saving {
  /** 32 bytes; closes the private key at rest. */
  sealingKey: Uint8Array;
  now: Date;
  /** A key pair for a registration that has none; made here unless given. */
  key?: SealedKey;
  /** Whether what is new waits for an administrator. */
  needsApproval?: boolean;
  /** Whether an LMS says all this of itself. Then what changes of a known one waits, whether new ones do or not. */
  saidByLms?: boolean;
  /** What else is written in the same transaction. */
  alongWith?: (tx: Transaction, registrationId: number) => Promise<void>;
}

/**
 * Registers an LMS, with a key pair of its own, or brings its registration up to date: issuer and client id say which it is. Where
 * the key does not open any more, because `MUSTAQIL_SECRET` is another, it gets a new one.
 *
 * The named deployment becomes active; others of the same registration stay as they are. With `needsApproval` nothing becomes
 * active by itself: a new registration waits, so does an active one whose addresses are now others, since they say whom we
 * believe, and so does a new deployment of a registration that was there before. The last two wait with `saidByLms` too: of two
 * LMSs on one host, each could say that it is the other.
 */
export async function savePlatform(
  db: Database,
  { deploymentId, ...details }: PlatformDetails,
  saving: Saving,
): Promise<Registration> {
  const { sealingKey, now } = saving;
  const tools = { sealingKey, now: () => now };
  const [before] = await listRegistrationsOf(db, details);
  const hasKey = before !== undefined && (await hasUsableKey(db, before.id, tools));
  const key = hasKey ? null : (saving.key ?? (await makeSealedKey(sealingKey)));
  return db.transaction(async (tx) => {
    const [known] = await listRegistrationsOf(tx, details);
    const registration = await upsertRegistration(tx, details, saving);
    const isHeldBack = isCareful(saving) && known !== undefined;
    if (deploymentId !== null) await saveDeployment(tx, registration.id, deploymentId, { now, isHeldBack });
    // Of two at once, the second finds the key of the first: the row has been locked since it was written.
    if (key && !(await hasUsableKey(tx, registration.id, tools))) await insertToolKey(tx, registration.id, key, now);
    await saving.alongWith?.(tx, registration.id);
    return registration;
  });
}

async function upsertRegistration(
  tx: Transaction,
  details: Omit<PlatformDetails, 'deploymentId'>,
  saving: Saving,
): Promise<Registration> {
  const { now, needsApproval = false } = saving;
  const { issuer, clientId, state, authorizationUrl, tokenUrl, tokenAudience, jwksUrl } = registrations;
  const isOtherwise = or(
    ne(authorizationUrl, details.authorizationUrl),
    ne(tokenUrl, details.tokenUrl),
    ne(tokenAudience, details.tokenAudience),
    ne(jwksUrl, details.jwksUrl),
  );
  const stateNow = sql`case when ${state} = 'active' and (${isOtherwise}) then 'pending' else ${state} end`;
  const [registration] = await tx
    .insert(registrations)
    .values({ ...details, state: needsApproval ? 'pending' : 'active', createdAt: now })
    .onConflictDoUpdate({
      target: [issuer, clientId],
      set: { ...details, ...(isCareful(saving) && { state: stateNow }) },
    })
    .returning();
  if (!registration) throw new Error('An upsert gave no row');
  return registration;
}

/** Whether what is known already is trusted further than what is said now. */
function isCareful({ needsApproval = false, saidByLms = false }: Saving) {
  return needsApproval || saidByLms;
}

async function saveDeployment(
  tx: Transaction,
  registrationId: number,
  deploymentId: string,
  { now, isHeldBack }: { now: Date; isHeldBack: boolean },
) {
  const added = tx
    .insert(deployments)
    .values({ registrationId, deploymentId, state: isHeldBack ? 'pending' : 'active', createdAt: now });
  const target = [deployments.registrationId, deployments.deploymentId];
  await (isHeldBack
    ? added.onConflictDoNothing({ target })
    : added.onConflictDoUpdate({ target, set: { state: 'active' } }));
}

const registrationsOf = prepared('registrations-of', (db) =>
  db
    .select()
    .from(registrations)
    .where(
      and(
        eq(registrations.protocol, 'lti'),
        eq(registrations.issuer, sql.placeholder('issuer')),
        or(isNull(sql`${sql.placeholder('clientId')}::text`), eq(registrations.clientId, sql.placeholder('clientId'))),
      ),
    ),
);

const askForRegistrations = askTogether((db: Database, of: { issuer: string; clientId: string | null }) =>
  registrationsOf(db).execute(of),
);

/** All LTI registrations of an issuer, or the one of a client id; several customers of a cloud LMS share one issuer. */
export async function listRegistrationsOf(
  db: Database,
  { issuer, clientId }: { issuer: string; clientId: string | null },
): Promise<Registration[]> {
  return askForRegistrations(db, { issuer, clientId });
}

/** A deployment by the LMS's own id; null if this registration has none of that id. */
export async function findDeployment(
  db: Database,
  registrationId: number,
  deploymentId: string,
): Promise<Deployment | null> {
  const [deployment] = await db
    .select()
    .from(deployments)
    .where(and(eq(deployments.registrationId, registrationId), eq(deployments.deploymentId, deploymentId)));
  return deployment ?? null;
}

/** How many deployments of one registration may wait for an administrator; an LMS names them, so it must not fill our tables. */
const mostPending = 50;

/**
 * Keeps a deployment that a verified launch named and nobody has approved, so that an administrator finds it (lti.md 2, 122).
 * Null while too many wait already.
 */
export async function rememberDeployment(
  tx: Transaction,
  registrationId: number,
  deploymentId: string,
  now: Date,
): Promise<Deployment | null> {
  const isPending = and(eq(deployments.registrationId, registrationId), eq(deployments.state, 'pending'));
  if ((await tx.$count(deployments, isPending)) >= mostPending) return null;
  await tx
    .insert(deployments)
    .values({ registrationId, deploymentId, state: 'pending', createdAt: now })
    .onConflictDoNothing();
  return findDeployment(tx, registrationId, deploymentId);
}

/** A registration with its deployments, each with the newest launch of anybody in it. */
export type RegistrationOverview = Registration & { deployments: (Deployment & { lastLaunchAt: Date | null })[] };

/** Every registration there is, the oldest first. */
export async function listRegistrations(db: Database): Promise<RegistrationOverview[]> {
  return overviews(db, undefined);
}

/** One registration; null if there is none of that key. */
export async function getRegistration(db: Database, id: number): Promise<RegistrationOverview | null> {
  const [found] = await overviews(db, eq(registrations.id, id));
  return found ?? null;
}

async function overviews(db: Database, which: SQL | undefined): Promise<RegistrationOverview[]> {
  const rows = await db
    .select({ registration: registrations, deployment: deployments, lastLaunchAt: max(people.lastLaunchAt) })
    .from(registrations)
    .leftJoin(deployments, eq(deployments.registrationId, registrations.id))
    .leftJoin(people, eq(people.deploymentId, deployments.id))
    .where(which)
    .groupBy(registrations.id, deployments.id)
    .orderBy(asc(registrations.id), asc(deployments.id));
  const found = new Map<number, RegistrationOverview>();
  for (const { registration, deployment, lastLaunchAt } of rows) {
    const overview = found.get(registration.id) ?? { ...registration, deployments: [] };
    if (deployment) overview.deployments.push({ ...deployment, lastLaunchAt });
    found.set(registration.id, overview);
  }
  return [...found.values()];
}

/** Lets a registration in, or keeps it out from the next request on. False if there is none of that key. */
export async function setRegistrationState(db: Database, id: number, state: Registration['state']): Promise<boolean> {
  const changed = await db.update(registrations).set({ state }).where(eq(registrations.id, id)).returning();
  return changed.length > 0;
}

/** The same for one deployment, by our key of it. */
export async function setDeploymentState(db: Database, id: number, state: Deployment['state']): Promise<boolean> {
  const changed = await db.update(deployments).set({ state }).where(eq(deployments.id, id)).returning();
  return changed.length > 0;
}

/** Says what becomes of launches of a deployment that do not say who they are. False if there is none of that key. */
export async function setAnonymousLaunches(
  db: Database,
  id: number,
  anonymousLaunches: Deployment['anonymousLaunches'],
): Promise<boolean> {
  const changed = await db.update(deployments).set({ anonymousLaunches }).where(eq(deployments.id, id)).returning();
  return changed.length > 0;
}
