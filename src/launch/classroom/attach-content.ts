// What a teacher chose for a post of Google Classroom, put there in the teacher's own name.
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { ClassroomCall } from '../../classroom/api.ts';
import { createAttachment } from '../../classroom/attachments.ts';
import type { ClassroomFailure, ClassroomRefusal } from '../../classroom/classroom-failure.ts';
import { itemTypes } from '../../classroom/launch-parameters.ts';
import type { Database } from '../../database/database.ts';
import { contentRequests } from '../../database/tables/sessions.ts';
import type { Fetch } from '../../outbound/platform-http.ts';
import { findGoogleClient, type KnownGoogleClient } from '../../platforms/classroom/client.store.ts';
import type { GoogleAccess } from '../../platforms/classroom/google-access.ts';
import { findGrant, type Grant } from '../../platforms/classroom/grant.store.ts';
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

/** What a teacher does at Google, who chooses something here. */
interface TeacherCall {
  known: KnownGoogleClient;
  grant: Grant;
  call: ClassroomCall;
}

/** A way to act in the name of whoever chooses. No transaction may be open: this may wait for another machine. */
export async function teacherCall(
  { db, now, fetch, google, sealingKey }: AttachTools,
  { registrationId, personId }: Pick<ContentRequest, 'registrationId' | 'personId'>,
): Promise<TeacherCall | AttachRefusal> {
  const known = await findGoogleClient(db, registrationId, sealingKey);
  const grant = await findGrant(db, personId, sealingKey);
  if (!known || !grant) return 'sign-in-again';
  const got = await google.tokenOf(known.client, grant);
  if (got.kind === 'grant-lost') return 'sign-in-again';
  if (got.kind !== 'granted') return got.kind === 'unavailable' ? 'unavailable' : 'refused';
  return { known, grant, call: { fetch, now, token: got.token, apiUrl: known.client.apiUrl } };
}

/** What it means that Google refused it. */
export function refusedAs(
  { google }: AttachTools,
  { grant }: TeacherCall,
  { code }: Pick<ClassroomFailure, 'code'>,
): AttachRefusal {
  if (code === 'signed-out') google.forget(grant);
  return code === 'signed-out' || code === 'scope-missing' ? 'sign-in-again' : code;
}

/**
 * Puts what was chosen into the post that the request is for, and uses the request up: of two clicks the second does nothing more. A request
 * whose answer failed stays as it was. No transaction may be open: this waits for another machine.
 */
export async function attachContent(
  tools: AttachTools,
  request: ContentRequest,
  { content, title, points }: ChosenContent,
): Promise<{ ok: true } | { ok: false; code: AttachRefusal }> {
  const { db, publicUrl } = tools;
  const place = placeSchema.parse(JSON.parse(request.settings.data ?? 'null'));
  const teacher = await teacherCall(tools, request);
  if (typeof teacher === 'string') return { ok: false, code: teacher };
  const [taken] = await db.delete(contentRequests).where(eq(contentRequests.id, request.id)).returning();
  if (!taken) return { ok: true };
  const { studentWorkReviewUri, ...addresses } = attachmentAddresses(publicUrl, teacher.known.registrationId, content);
  const takesWork = request.settings.acceptsLineItem !== false && content.kind !== 'progress';
  const made = await createAttachment(teacher.call, place, {
    ...{ title, ...addresses },
    studentWorkReviewUri: takesWork ? studentWorkReviewUri : null,
    maxPoints: points,
  });
  if (made.kind === 'read') return { ok: true };
  await db.insert(contentRequests).overridingSystemValue().values(taken);
  return { ok: false, code: refusedAs(tools, teacher, made) };
}
