// What platforms write in the JSON of their services where the specifications say something stricter: null for what is
// absent, numbers as strings, ids as numbers.
import { z } from 'zod';
import { storable } from './storable-text.ts';

/** A finite number, also written as a string; null for anything else. */
export const looseNumber = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullable()
  .catch(null);

/** An opaque name given by the platform, also written as a whole number: 1 to 255 characters, kept as it is. */
export const looseIdentifier = z
  .union([z.string(), z.int().transform(String)])
  .pipe(z.string().regex(/^[^\p{Cc}\p{Cs}]{1,255}$/u));

/** Words or an id, also written as a number; null when there are none. */
export const looseText = z
  .union([z.string(), z.number().transform(String)])
  .transform((text) => storable(text) || null)
  .nullable()
  .catch(null);
