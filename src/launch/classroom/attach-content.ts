// What a teacher chose for a post of Google Classroom, put there in the teacher's own name.
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { createAttachment } from '../../classroom/attachments.ts';
import type { ClassroomRefusal } from '../../classroom/classroom-failure.ts';
import { itemTypes } from '../../classroom/launch-parameters.ts';
import type { Database } from '../../database/database.ts';
import { contentRequests } from '../../database/tables/sessions.ts';
import type { Fetch } from '../../outbound/platform-http.ts';
import { findGoogleClient } from '../../platforms/classroom/client.store.ts';
import type { GoogleAccess } from '../../platforms/classroom/google-access.ts';
import { findGrant } from '../../platforms/classroom/grant.store.ts';
import type { ChosenContent } from '../content-choice.ts';
import type { ContentRequest } from '../content-request.store.ts';
import { attachmentAddresses } from './attachment-link.ts';

export interface AttachTools {
  db: Database;
  now: () => Date;
  fetch: Fetch;
  google: GoogleAccess;
  publicUrl: string;
  /** Opens what is kept of Google's; 32 bytes. */
  sealingKey: Uint8Array;
}

/** Why nothing was put there; `sign-in-again`: the teacher has to agree anew. */
export type AttachRefusal = ClassroomRefusal | 'sign-in-again';

const placeSchema = z.object({
  courseId: z.string(),
  itemType: z.enum(itemTypes),
  itemId: z.string(),
  addOnToken: z.string().nullable(),
});

/**
 * Puts what was chosen into the post that the request is for, and uses the request up: of two clicks the second does nothing more. A request
 * whose answer failed stays as it was. No transaction may be open: this waits for another machine.
 */
export async function attachContent(
  { db, now, fetch, google, publicUrl, sealingKey }: AttachTools,
  request: ContentRequest,
  { content, title, points }: ChosenContent,
): Promise<{ ok: true } | { ok: false; code: AttachRefusal }> {
  const place = placeSchema.parse(JSON.parse(request.settings.data ?? 'null'));
  const known = await findGoogleClient(db, request.registrationId, sealingKey);
  const grant = await findGrant(db, request.personId, sealingKey);
  if (!known || !grant) return { ok: false, code: 'sign-in-again' };
  const got = await google.tokenOf(known.client, grant);
  if (got.kind === 'grant-lost') return { ok: false, code: 'sign-in-again' };
  if (got.kind !== 'granted') return { ok: false, code: got.kind === 'unavailable' ? 'unavailable' : 'refused' };
  const [taken] = await db.delete(contentRequests).where(eq(contentRequests.id, request.id)).returning();
  if (!taken) return { ok: true };
  const { studentWorkReviewUri, ...addresses } = attachmentAddresses(publicUrl, known.registrationId, content);
  const takesWork = request.settings.acceptsLineItem !== false && content.kind !== 'progress';
  const made = await createAttachment({ fetch, now, token: got.token, apiUrl: known.client.apiUrl }, place, {
    ...{ title, ...addresses },
    studentWorkReviewUri: takesWork ? studentWorkReviewUri : null,
    maxPoints: points,
  });
  if (made.kind === 'read') return { ok: true };
  await db.insert(contentRequests).overridingSystemValue().values(taken);
  if (made.code === 'signed-out') google.forget(grant);
  return { ok: false, code: made.code === 'signed-out' || made.code === 'scope-missing' ? 'sign-in-again' : made.code };
}
