// Reads a state that was written to a file, also by an older practice Classroom: what came later is empty there.
import { z } from 'zod';
import type { State } from './state.ts';

const id = z.string();
const uri = z.string();
const points = z.number().nullable();

const attachment = z.object({
  ...{ id, clientId: z.string(), title: z.string(), teacherViewUri: uri, studentViewUri: uri },
  ...{ studentWorkReviewUri: uri.nullable(), maxPoints: points, pointsEarned: z.record(z.string(), z.number()) },
  copyHistory: z.array(z.object({ courseId: id, itemId: id, attachmentId: id })),
});

const stateSchema = z.object({
  accounts: z.array(
    z.object({ id, givenName: z.string(), familyName: z.string(), email: z.string(), hasAddOns: z.boolean() }),
  ),
  courses: z.array(
    z.object({
      ...{ id, name: z.string(), section: z.string().nullable(), isArchived: z.boolean() },
      ...{ teacherIds: z.array(id), studentIds: z.array(id) },
    }),
  ),
  items: z.array(
    z.object({
      ...{ id, courseId: id, type: z.enum(['courseWork', 'courseWorkMaterials', 'announcements']), title: z.string() },
      ...{ maxPoints: points, links: z.array(uri), madeBy: z.string().nullable(), attachments: z.array(attachment) },
      submissions: z.array(z.object({ id, userId: id, draftGrade: points, assignedGrade: points })),
    }),
  ),
  clients: z.array(
    z.object({
      ...{ clientId: z.string(), clientSecret: z.string(), redirectUris: z.array(uri) },
      ...{ scopes: z.array(z.string()), uriPrefixes: z.array(uri) },
    }),
  ),
  consents: z.array(
    z.object({
      userId: id,
      clientId: z.string(),
      scopes: z.array(z.string()),
      refreshToken: z.string().nullable(),
    }),
  ),
  addOnTokens: z.array(z.object({ token: z.string(), userId: id, itemId: id, expiresAtMs: z.number() })),
  codes: z.record(
    z.string(),
    z.object({
      ...{ userId: id, clientId: z.string(), redirectUri: uri, codeChallenge: z.string(), nonce: z.string() },
      ...{ scopes: z.array(z.string()), isOffline: z.boolean() },
    }),
  ),
  accessTokens: z.record(
    z.string(),
    z.object({ userId: id, clientId: z.string(), scopes: z.array(z.string()), expiresAtMs: z.number() }),
  ),
  keys: z.array(z.object({ kid: z.string(), privatePem: z.string(), publicPem: z.string() })).min(1),
  fault: z.literal([401, 403, 404, 429, 500]).nullable(),
  nextId: z.number(),
  host: z.object({
    sessions: z.array(z.object({ id, accountId: id.nullable(), language: z.string().nullable() })),
    addOns: z.array(
      z.object({
        ...{ clientId: z.string(), name: z.string(), discoveryUri: uri },
        linkUpgrade: z.object({ uri, prefix: z.string() }).nullable(),
      }),
    ),
    draftIds: z.array(id),
    turnedInIds: z.array(id),
  }),
});

/** The state in a file's JSON. @throws when it is none: a gradebook is never overwritten by a guess */
export function readStoredState(json: unknown): State {
  return stateSchema.parse(json);
}
