// The kinds of value that claims hold, each as strict as what is done with it.
import { z } from 'zod';
import type { LaunchRefusal } from './launch-refusals.ts';
import { storable } from './storable-text.ts';

const malformed = 'claims-malformed' satisfies LaunchRefusal;

/** Names the refusal for a value that is absent or null, and the one for a value of a wrong type. */
export function refuse(missing: LaunchRefusal, wrongType: LaunchRefusal = malformed) {
  return { error: ({ input }: { input?: unknown }) => (input === undefined || input === null ? missing : wrongType) };
}

/** An opaque, case-sensitive name given by the platform: 1 to 255 characters, kept as it is. */
export function identifier(missing: LaunchRefusal) {
  return z
    .string(refuse(missing))
    .min(1, missing)
    .max(255, malformed)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, malformed);
}

/** Words for people, of any length and in any script; null when there are none. */
export const optionalText = z
  .string()
  .transform((text) => storable(text).trim() || null)
  .nullable()
  .catch(null);

/** A list, of which only the strings are kept. */
export function strings(params?: ReturnType<typeof refuse>) {
  return z
    .array(z.unknown(), params)
    .transform((list) => list.filter((entry) => typeof entry === 'string').map(storable));
}

/** A list, of which only what can be an identifier is kept. */
export const identifiers = z
  .array(z.unknown())
  .transform((list) => list.flatMap((entry) => identifier(malformed).safeParse(entry).data ?? []));

/**
 * What the institution itself calls somebody: at most 255 characters. Empty where the platform says that there is nothing, null
 * where it says nothing, or nothing that could be one.
 */
export const sourcedId = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => storable(text).trim())
  .pipe(z.string().max(255))
  .nullable()
  .catch(null);
