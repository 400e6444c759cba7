// Reads a state that was written to a file. What an older practice Classroom did not know needs a default here.
import { z } from 'zod';
import { itemTypes, type State } from './state.ts';

const id = z.string();
const uri = z.string();
const points = z.number().nullable();
const dueAtMs = z.number().nullable();

const attachment = z.object({
  ...{ id, clientId: z.string(), title: z.string(), teacherViewUri: uri, studentViewUri: uri },
  ...{
    studentWorkReviewUri: uri.nullable(),
    maxPoints: points,
    dueAtMs,
    pointsEarned: z.record(z.string(), z.number()),
  },
  copyHistory: z.array(z.object({ courseId: id, itemId: id, attachmentId: id })),
});

const submission = z.object({
  ...{ id, userId: id, state: z.enum(['NEW', 'CREATED', 'TURNED_IN', 'RETURNED', 'RECLAIMED_BY_STUDENT']) },
  ...{ draftGrade: points, assignedGrade: points },
  comingGrade: z.object({ points, atMs: z.number() }).nullable(),
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
      ...{ id, courseId: id, type: z.enum(itemTypes), state: z.enum(['DRAFT', 'PUBLISHED', 'DELETED']) },
      ...{ title: z.string(), description: z.string().nullable(), maxPoints: points, dueAtMs, links: z.array(uri) },
      ...{ madeBy: z.string().nullable(), creatorId: id.nullable(), createdAtMs: z.number(), updatedAtMs: z.number() },
      ...{ attachments: z.array(attachment), submissions: z.array(submission) },
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
  addOnTokens: z.array(
    z.object({ token: z.string(), userId: id, clientId: z.string(), itemId: id, expiresAtMs: z.number() }),
  ),
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
  fault: z.literal([400, 401, 403, 404, 429, 500, 503]).nullable(),
  switches: z.object({
    ...{ gradeDelayMs: z.number(), strangersGet: z.literal([403, 404]), changesParents: z.boolean() },
    ...{ itemTypeSpelling: z.enum(['path', 'singular', 'product']), isInPreview: z.boolean() },
  }),
  nextId: z.number(),
  host: z.object({
    sessions: z.array(z.object({ id, accountId: id.nullable(), language: z.string().nullable() })),
    addOns: z.array(
      z.object({
        ...{ clientId: z.string(), name: z.string(), discoveryUri: uri },
        linkUpgrade: z.object({ uri, prefix: z.string() }).nullable(),
      }),
    ),
  }),
});

/** The state in a file's JSON. @throws when it is none: a gradebook is never overwritten by a guess */
export function readStoredState(json: unknown): State {
  return stateSchema.parse(json);
}
