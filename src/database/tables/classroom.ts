// What Google Classroom needs besides: our client there, whose rights we may use, sign-ins under way, whose work is which, and what we
// have assigned.
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { moment, reference } from './columns.ts';
import { courses, people, placements } from './courses.ts';
import { registrations } from './platforms.ts';

/** Of a registration that speaks Classroom: how its Google Cloud client is used. */
export const classroomClients = pgTable('classroom_clients', {
  registrationId: reference()
    .primaryKey()
    .references(() => registrations.id),
  /** The client's secret as a JWE that only `MUSTAQIL_SECRET` opens. */
  sealedSecret: text().notNull(),
  /** The root of the Classroom API, without a slash at the end. */
  apiUrl: text().notNull(),
  /** Where a grant is given back. */
  revokeUrl: text().notNull(),
});

/** That a person lets us act in their name while they are away. Who disconnects has no row. */
export const classroomGrants = pgTable(
  'classroom_grants',
  {
    personId: reference()
      .primaryKey()
      .references(() => people.id),
    /** The refresh token as a JWE that only `MUSTAQIL_SECRET` opens; null once Google no longer takes it. */
    sealedRefreshToken: text(),
    /** What the account is called: people have several, mostly under one name. Null where Google did not say. */
    accountEmail: text(),
    /** What the person agreed to, which may be less than was asked. */
    scopes: text().array().notNull(),
    grantedAt: moment().notNull(),
    /** When Google said that it is over; the person has to sign in anew. */
    lostAt: moment(),
  },
  (table) => [
    check('classroom_grants_lost', sql`(${table.sealedRefreshToken} is null) = (${table.lostAt} is not null)`),
  ],
);

/** A sign-in with Google under way: ten minutes, good once. */
export const classroomSignIns = pgTable(
  'classroom_sign_ins',
  {
    /** SHA-256 of `state`: who reads this table cannot finish a sign-in with it. */
    stateHash: text().primaryKey(),
    registrationId: reference()
      .notNull()
      .references(() => registrations.id),
    /** PKCE verifier and nonce as a JWE that only `MUSTAQIL_SECRET` opens. */
    sealedSecrets: text().notNull(),
    /** SHA-256 of the browser's cookie in the frame that began it, null where none did; and in the window where Google asks. */
    frameBrowserHash: text(),
    windowBrowserHash: text().notNull(),
    /** Who it must turn out to be; null where nobody said. */
    expectedSubject: text(),
    /** The scopes that were asked for. */
    scopes: text().array().notNull(),
    /** Where it goes on: a path of ours. */
    path: text().notNull(),
    /** Who it turned out to be, and SHA-256 of the code by which the frame learns of it; null until then. */
    personId: reference().references(() => people.id),
    codeHash: text().unique(),
    expiresAt: moment().notNull(),
  },
  (table) => [
    index().on(table.expiresAt),
    check('classroom_sign_ins_done', sql`(${table.personId} is null) = (${table.codeHash} is null)`),
  ],
);

/** What Google calls a learner's work at a placement. */
export const classroomSubmissions = pgTable(
  'classroom_submissions',
  {
    placementId: reference()
      .notNull()
      .references(() => placements.id),
    personId: reference()
      .notNull()
      .references(() => people.id),
    submissionId: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.placementId, table.personId] }),
    unique().on(table.placementId, table.submissionId),
  ],
);

/** An assignment that we make in a course for a teacher, with a link of ours in it. */
export const classroomAssignments = pgTable(
  'classroom_assignments',
  {
    /** What its link calls it, and what tells one intention of a teacher from another. It opens nothing: who is in the course Google says. */
    key: uuid().primaryKey(),
    courseId: reference()
      .notNull()
      .references(() => courses.id),
    madeBy: reference()
      .notNull()
      .references(() => people.id),
    madeAt: moment().notNull(),
    /** Whether only teachers see it until one of them publishes it in Classroom: as it was made. */
    isDraft: boolean().notNull(),
    /** Whether grades count at once; otherwise the teacher sees them first, and returns them. */
    isFinal: boolean().notNull(),
    /** Until when somebody is making it at Google; null once it is made. */
    claimedUntil: moment(),
    /** Google's id of it, null until it is made. */
    itemId: text(),
    /** Where Classroom shows it; null where Google did not say. */
    alternateLink: text(),
  },
  (table) => [
    unique().on(table.courseId, table.itemId),
    check('classroom_assignments_made', sql`(${table.itemId} is null) = (${table.claimedUntil} is not null)`),
  ],
);
