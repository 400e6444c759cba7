// Who sends a form of an open attempt: a page with a journal says so in it, a page without a script is a client of its own.
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Transaction } from '../../database/database.ts';
import { lastSequence } from './answer-mark.store.ts';
import { insertClient, listClients } from './client.store.ts';
import { currentClient, type EntryPlace } from './entry-order.ts';

/** What a page with a journal puts into the forms that it sends: the next entry of its client is this form. */
const ownFields = z.object({
  _client: z.tuple([z.uuid()]),
  _sequence: z.tuple([
    z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number),
  ]),
});

/** @param secret the browser's own cookie; null if it sends none */
export function browserHash(secret: string | null): string | null {
  return secret && createHash('sha256').update(secret).digest('base64url');
}

/**
 * Where among the entries of an attempt its form stands. Its learner sees what was saved and sends the form on purpose, so the attempt goes on
 * there; only what they changed on it is kept (`q7.shown`).
 *
 * @param form the body of a request
 */
export async function placeOfForm(
  tx: Transaction,
  attemptId: number,
  { form, browser }: { form: unknown; browser: string | null },
  now: Date,
): Promise<EntryPlace> {
  const clients = await listClients(tx, attemptId);
  const current = currentClient(clients);
  const own = parseSender(form);
  const sender = { browserHash: browser, isTakeOver: true };
  if (own && own.clientId === current?.clientId) return { number: current.number, sequence: own.sequence };
  if (own && clients.every(({ clientId }) => clientId !== own.clientId)) {
    const client = { ...sender, clientId: own.clientId, kind: 'script' as const };
    const { number } = await insertClient(tx, attemptId, client, clients, now);
    return { number, sequence: own.sequence };
  }
  const goesOn = current?.kind === 'form' && current.browserHash === browser;
  const client = { ...sender, clientId: randomUUID(), kind: 'form' as const };
  const { number } = goesOn ? current : await insertClient(tx, attemptId, client, clients, now);
  return { number, sequence: (await lastSequence(tx, attemptId, number)) + 1 };
}

/** Null for a page without a journal. */
function parseSender(form: unknown): { clientId: string; sequence: number } | null {
  const own = ownFields.safeParse(form);
  if (!own.success) return null;
  const {
    _client: [clientId],
    _sequence: [sequence],
  } = own.data;
  return { clientId, sequence };
}
