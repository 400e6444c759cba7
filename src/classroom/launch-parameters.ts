// What Google appends to our addresses when it opens a frame. Anybody can write such an address: nothing of it is believed before Google
// has confirmed it to the person's own token.
import { z } from 'zod';

/** The kinds of a course's posts, as paths of the API call them. */
export const itemTypes = ['courseWork', 'courseWorkMaterials', 'announcements'] as const;
export type ItemType = (typeof itemTypes)[number];

/** Google's own pages spell the kinds in three ways. */
const spellings: Record<string, ItemType> = {
  courseWork: 'courseWork',
  assignment: 'courseWork',
  courseWorkMaterials: 'courseWorkMaterials',
  courseWorkMaterial: 'courseWorkMaterials',
  material: 'courseWorkMaterials',
  announcements: 'announcements',
  announcement: 'announcements',
};

/** A post of a course. */
export interface ItemPlace {
  courseId: string;
  itemType: ItemType;
  itemId: string;
}

export interface LaunchParameters extends ItemPlace {
  /** Null where something is still to be chosen. */
  attachmentId: string | null;
  /** Opens a post that we have nothing in yet. */
  addOnToken: string | null;
  /** Of the student whose work is to be looked at. */
  submissionId: string | null;
  /** The id of the account that opens it; null until this person has agreed to be named. */
  loginHint: string | null;
  urlToUpgrade: string | null;
}

const id = z.string().regex(/^[\w-]{1,100}$/);
const optionalId = id.nullable().default(null);

const parametersSchema = z.object({
  courseId: id,
  itemType: z.string().transform((said, context) => {
    const itemType = Object.hasOwn(spellings, said) ? spellings[said] : undefined;
    if (itemType === undefined) context.addIssue({ code: 'custom', message: 'unknown kind' });
    return itemType ?? 'announcements';
  }),
  itemId: id,
  attachmentId: optionalId,
  addOnToken: z.string().min(1).max(2000).nullable().default(null),
  submissionId: optionalId,
  login_hint: z
    .string()
    .regex(/^[\w.@+-]{1,255}$/)
    .nullable()
    .default(null),
  urlToUpgrade: z.string().min(1).max(2000).nullable().default(null),
});

/** @param query as parsed from an address @returns null for what Google never sends */
export function readLaunchParameters(query: unknown): LaunchParameters | null {
  const read = parametersSchema.safeParse(query).data;
  if (!read) return null;
  const { login_hint: loginHint, ...parameters } = read;
  return { ...parameters, loginHint };
}
