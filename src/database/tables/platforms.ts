// Who may launch us: registrations of LMSs, their deployments, our keys towards each, how each fares, and the invites by
// which new ones come.
import { boolean, jsonb, pgTable, primaryKey, text, unique, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { id, moment, reference } from './columns.ts';

const protocols = ['lti', 'classroom'] as const;
const states = ['pending', 'active', 'disabled'] as const;

export const registrations = pgTable(
  'registrations',
  {
    id: id(),
    name: text().notNull(),
    /** What the platform speaks. */
    protocol: text({ enum: protocols }).notNull().default('lti'),
    issuer: text().notNull(),
    clientId: text().notNull(),
    authorizationUrl: text().notNull(),
    tokenUrl: text().notNull(),
    /** What the token endpoint expects as `aud`; most often its own address. */
    tokenAudience: text().notNull(),
    jwksUrl: text().notNull(),
    /** The LMS's product, in its own word; null where it says none. Which of our files of differences that means is for those to say. */
    family: text(),
    /**
     * Under which name our keys towards it are published, and no others: who registered by itself must not be able to pass on
     * to another LMS what we signed for it. Null for one that an administrator entered; those share a set.
     */
    keySet: text(),
    /** Origins that show us in frames, where those that the addresses above begin with are not all. */
    frameOrigins: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** A launch gets in only while both its registration and its deployment are active. */
    state: text({ enum: states }).notNull().default('active'),
    createdAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.issuer, table.clientId),
    check('registrations_protocol', sql`${table.protocol} in ('lti', 'classroom')`),
    check('registrations_state', sql`${table.state} in ('pending', 'active', 'disabled')`),
  ],
);

export const deployments = pgTable(
  'deployments',
  {
    id: id(),
    registrationId: reference()
      .notNull()
      .references(() => registrations.id),
    /** The LMS's own id of the deployment: opaque, case-sensitive, unique within the registration. */
    deploymentId: text().notNull(),
    state: text({ enum: states }).notNull(),
    /** What becomes of a launch that does not say who it is. */
    anonymousLaunches: text({ enum: ['refuse', 'guest'] })
      .notNull()
      .default('refuse'),
    createdAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.registrationId, table.deploymentId),
    check('deployments_anonymous_launches', sql`${table.anonymousLaunches} in ('refuse', 'guest')`),
    check('deployments_state', sql`${table.state} in ('pending', 'active', 'disabled')`),
  ],
);

export const toolKeys = pgTable('tool_keys', {
  /** RFC 7638 thumbprint; never used again for another key. */
  kid: text().primaryKey(),
  registrationId: reference()
    .notNull()
    .references(() => registrations.id),
  publicJwk: jsonb().$type<{ kty: 'RSA'; kid: string; n: string; e: string }>().notNull(),
  /** The private half as a JWE that only `MUSTAQIL_SECRET` opens. */
  sealedPrivateKey: text().notNull(),
  createdAt: moment().notNull(),
  /** Published from the start, used for signing only from here on: caches of the LMS have seen it by then. */
  signsFrom: moment().notNull(),
  /** Null for a key in use; one that was replaced is published until whatever it signed has expired everywhere. */
  publishedUntil: moment(),
});

/** The last time that something of each kind happened with a registration: one row a kind, so it never grows. */
export const registrationSigns = pgTable(
  'registration_signs',
  {
    registrationId: reference()
      .notNull()
      .references(() => registrations.id),
    kind: text({ enum: ['launch', 'token', 'score', 'roster', 'launch-failure', 'service-failure'] }).notNull(),
    at: moment().notNull(),
    /** Of a failure: its code, and at most 300 characters of what the LMS said. */
    code: text(),
    detail: text(),
  },
  (table) => [
    primaryKey({ columns: [table.registrationId, table.kind] }),
    check(
      'registration_signs_kind',
      sql`${table.kind} in ('launch', 'token', 'score', 'roster', 'launch-failure', 'service-failure')`,
    ),
  ],
);

/** A link by which an LMS may register itself, once. */
export const registrationInvites = pgTable('registration_invites', {
  id: id(),
  /** SHA-256 of the link's secret: who reads this table cannot register with it. */
  secretHash: text().notNull().unique(),
  /** What the administrator will call the LMS. */
  name: text().notNull(),
  /** Whether what comes by it waits for an administrator's approval. */
  needsApproval: boolean().notNull(),
  createdAt: moment().notNull(),
  expiresAt: moment().notNull(),
  usedAt: moment(),
  registrationId: reference().references(() => registrations.id),
});
