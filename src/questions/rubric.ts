// By what a person marks an answer, and which files it may hold: as details of a type keep them.
import Fraction from 'fraction.js';
import { z } from 'zod';
import { contentSchema } from './content.ts';
import type { Content } from './content.ts';
import { penaltySchema } from './exact.ts';

/** Kinds of files that an author may ask for; `any` of those that are kept at all. */
export const fileKinds = ['picture', 'pdf', 'any'] as const;

/** Which files an answer may hold. */
export interface FileRule {
  most: number;
  kinds: readonly (typeof fileKinds)[number][];
}

export const fileRuleSchema = z.strictObject({
  most: z.number().int().min(1).max(5),
  kinds: z.array(z.enum(fileKinds)).min(1).max(fileKinds.length),
});

/** What is looked at, and how well it may be done: the best levels of all criteria together are worth all points. */
export type Rubric = readonly {
  criterion: Content | string;
  /** `share`: exact, of the question's points. */
  levels: readonly { text: Content | string; share: string }[];
}[];

const words = z.union([z.string().trim().min(1).max(1000), contentSchema]);

export const rubricSchema = z
  .array(
    z.strictObject({
      criterion: words,
      levels: z
        .array(z.strictObject({ text: words, share: penaltySchema }))
        .min(2)
        .max(10),
    }),
  )
  .min(1)
  .max(20)
  .refine((rubric) => bestShare(rubric).equals(1), 'expected best levels that are worth 1 together');

function bestShare(rubric: Rubric): Fraction {
  return rubric.reduce((sum, { levels }) => {
    const shares = levels.map(({ share }) => new Fraction(share));
    return sum.add(shares.reduce((best, next) => (next.compare(best) > 0 ? next : best), new Fraction(0)));
  }, new Fraction(0));
}
