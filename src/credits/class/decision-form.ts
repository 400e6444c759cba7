// What a teacher writes when deciding about one student's credits: read leniently, because it is shown again until it is right.
import { z } from 'zod';
import { typedText } from '../../questions/typed-text.ts';

const text = (most: number) =>
  z
    .string()
    .catch('')
    .transform((typed) => typedText([typed], most) ?? '');

const componentKey = z
  .string()
  .regex(/^[\w-]{1,36}$/)
  .catch('');

/** Credits are taken back: which award, as it was seen, and why. */
export const reversalForm = z.object({
  personId: z.coerce.number().int().positive().catch(0),
  componentKey,
  entryId: z.coerce.number().int().positive().catch(0),
  reason: text(1000),
});

/** What was learnt elsewhere is recognised: what it is, and why it counts here. */
export const recognitionForm = z.object({
  personId: z.coerce.number().int().positive().catch(0),
  componentKey,
  recognised: text(500),
  reason: text(1000),
});

/** Lines of a preview that are accepted, as they were seen. */
export const reevaluationForm = z.object({
  line: z
    .union([z.string(), z.array(z.string())])
    .catch([])
    .transform((values) => [...new Set([values].flat())].slice(0, 5000).flatMap((value) => seenLine(value) ?? [])),
});

const seen = z.tuple([
  z.coerce.number().int().positive(),
  componentKey,
  z.coerce.number().int(),
  z.coerce.number().int(),
]);

/** `person.component.before.after`, with credits in hundredths. */
function seenLine(value: string) {
  const parts = seen.safeParse(value.split('.')).data;
  if (!parts) return null;
  const [personId, key, unitsBefore, unitsAfter] = parts;
  return { personId, componentKey: key, unitsBefore, unitsAfter };
}

/** What is wrong with a decision's fields, by field. */
export type DecisionProblems = Partial<Record<'reason' | 'recognised' | 'componentKey', 'empty' | 'not-chosen'>>;

/** `empty` for what has to be written, `not-chosen` for what has to be chosen. */
export function problemsOf(form: { componentKey: string; reason: string; recognised?: string }): DecisionProblems {
  return {
    ...(form.componentKey === '' && { componentKey: 'not-chosen' as const }),
    ...(form.reason === '' && { reason: 'empty' as const }),
    ...(form.recognised === '' && { recognised: 'empty' as const }),
  };
}
