// Who may launch us: registrations of LMSs, their deployments, and our keys towards each.
import { jsonb, pgTable, text, unique, check } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { id, moment, reference } from './columns.ts';

export const registrations = pgTable(
  'registrations',
  {
    id: id(),
    name: text().notNull(),
    issuer: text().notNull(),
    clientId: text().notNull(),
    authorizationUrl: text().notNull(),
    tokenUrl: text().notNull(),
    /** What the token endpoint expects as `aud`; most often its own address. */
    tokenAudience: text().notNull(),
    jwksUrl: text().notNull(),
    createdAt: moment().notNull(),
  },
  (table) => [unique().on(table.issuer, table.clientId)],
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
    state: text({ enum: ['pending', 'active', 'disabled'] }).notNull(),
    createdAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.registrationId, table.deploymentId),
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
});
