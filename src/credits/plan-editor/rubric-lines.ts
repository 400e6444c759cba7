// A rubric as lines that people type: one criterion a line, `Evidence: complete 60; in part 30; none 0`, in percent of the points.
import { rubricSchema, type Rubric } from '../../questions/rubric.ts';
import { shareText, typedShare } from '../../questions/forms/fields.ts';
import type { z } from 'zod';

/** `shape`: a line that is no criterion with levels; `best`: the best levels of all criteria do not make 100 %. */
export type RubricFault = 'rubric-shape' | 'rubric-best';

/** @returns the rubric, null for no lines at all; or what is wrong with them */
export function rubricFromLines(
  typed: string,
): { rubric: z.output<typeof rubricSchema> | null } | { fault: RubricFault } {
  const lines = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return { rubric: null };
  const criteria = lines.map(criterionIn);
  const read = criteria.flatMap((criterion) => criterion ?? []);
  if (read.length < criteria.length) return { fault: 'rubric-shape' };
  const parsed = rubricSchema.safeParse(read);
  if (parsed.success) return { rubric: parsed.data };
  const isShape = parsed.error.issues.some(({ path }) => path.length > 0);
  return { fault: isShape ? 'rubric-shape' : 'rubric-best' };
}

/** A rubric as such lines. */
export function rubricToLines(rubric: Rubric): string {
  return rubric
    .map(({ criterion, levels }) => {
      const said = levels.map(({ text, share }) => `${plain(text)} ${shareText(share)}`);
      return `${plain(criterion)}: ${said.join('; ')}`;
    })
    .join('\n');
}

function criterionIn(line: string): { criterion: string; levels: { text: string; share: string }[] } | null {
  const [, criterion, rest] = /^([^:]+):(.+)$/.exec(line) ?? [];
  if (criterion === undefined || rest === undefined) return null;
  const levels = rest.split(';').map((level) => /^\s*(.*\S)\s+([^\s%]+)\s*%?\s*$/.exec(level));
  const read = levels.flatMap((found) => {
    let isShare = true;
    const share = typedShare(found?.[2] ?? '', '', () => (isShare = false));
    return found?.[1] && isShare ? [{ text: found[1], share }] : [];
  });
  return read.length === levels.length ? { criterion: criterion.trim(), levels: read } : null;
}

function plain(text: Rubric[number]['criterion']): string {
  return (typeof text === 'string' ? text : text.source).replace(/\s+/g, ' ').trim();
}
