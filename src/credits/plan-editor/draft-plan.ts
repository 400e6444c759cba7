// The plan that teachers of a course work on, as it stands in its form: everything typed, to the letter, whether or not it makes a plan.
import { z } from 'zod';
import {
  stepForm,
  typedFormSchema,
  type FormStep,
  type TypedForm,
  type TypedRow,
} from '../../questions/forms/typed-form.ts';
import { mostActivities, mostModules, planSchema } from '../plan.ts';

/** The lists of a plan's form, with the most rows of each. */
const mostRows = { controls: 12, modules: mostModules, activities: mostActivities } as const;

export type DraftList = keyof typeof mostRows;
export const draftLists: readonly DraftList[] = ['controls', 'modules', 'activities'];

/** Single fields of the form. */
const valueNames = [
  ...(['units', 'hoursPerCredit', 'contactHours', 'independentHours'] as const),
  ...(['educationYear', 'semester', 'subjectCode', 'gradebookColumn'] as const),
] as const;

/** All fields of the form, also those of rows; each has a label under `credits.plan.fields`. */
export const draftFields = [
  ...valueNames,
  ...(['title', 'kind', 'points', 'minimumPercent', 'sheetColumn'] as const),
  ...(['outcomes', 'opensOn', 'dueOn', 'ownUnits'] as const),
  ...(['form', 'module', 'control', 'placement', 'workload', 'required', 'leastPercent', 'rubric'] as const),
] as const;

/** Fields with numbers, in the form of a plan and in that of its rules: kept with a point, shown as the reader writes them. */
const decimalFields: ReadonlySet<string> = new Set([
  ...['units', 'ownUnits', 'contactHours', 'independentHours', 'points', 'minimumPercent', 'workload', 'leastPercent'],
  ...['contactLeast', 'contactMost', 'totalPoints', 'passPercent', 'admissionPercent', 'absencePercent'],
  ...['fromPercent', 'gradePoints', 'threshold'],
]);

/** So many removed rows can be put back. */
const mostRemoved = 20;

const removedRow = z.object({
  list: z.enum(['controls', 'modules', 'activities']),
  place: z.number().int().min(0),
  row: z.record(z.string(), z.string()),
});

export const draftPlanSchema = z.object({
  ...typedFormSchema.shape,
  /** The last one first. */
  removed: z.array(removedRow).max(mostRemoved),
  /** What stood here before a preset or a copy took its place; null if nothing did. */
  before: typedFormSchema.nullable(),
});

export type DraftPlan = z.output<typeof draftPlanSchema>;

/** Makes a key that no row has had before. */
export type NewKey = () => string;

/** A draft in which a form stands. */
export function draftOf(form: TypedForm, before: TypedForm | null = null): DraftPlan {
  return { ...form, removed: [], before };
}

/**
 * The fields of a form that are a plan's. Rows without a key, or with another's, get one of their own.
 *
 * @param form what was sent
 */
export function typedPlan(form: TypedForm, newKey: NewKey): TypedForm {
  const values = Object.fromEntries(
    valueNames.map((name) => [name, withPoint(name, form.values[name] ?? '')] as const),
  );
  const rows = Object.fromEntries(
    draftLists.map((list) => {
      const typed = (form.rows[list] ?? []).slice(0, mostRows[list]).map(withPoints);
      return [list, withKeys(typed, newKey)] as const;
    }),
  );
  return { values, rows };
}

/**
 * The draft after a button of a list was pressed, and the field where one goes on. A removed row can be put back.
 */
export function stepDraft(
  draft: DraftPlan,
  step: FormStep,
  newKey: NewKey,
): { draft: DraftPlan; focus: string | null } {
  const list = draftLists.find((name) => name === step.list);
  const rows = list ? (draft.rows[list] ?? []) : [];
  if (!list || (step.act === 'add' && rows.length >= mostRows[list])) return { draft, focus: null };
  const stepped = stepForm(draft, step, blankRow(draft, list, newKey));
  const gone = step.act === 'remove' ? rows[step.place] : undefined;
  const removed = gone
    ? [{ list, place: step.place, row: gone }, ...draft.removed].slice(0, mostRemoved)
    : draft.removed;
  return {
    draft: { ...draft, ...stepped.form, removed },
    focus: stepped.focus?.replace(/\w+$/, 'title') ?? null,
  };
}

/** The draft with a removed row back where it stood, and the field where one goes on. @param index in `removed` */
export function restoreRow(draft: DraftPlan, index: number): { draft: DraftPlan; focus: string | null } {
  const found = draft.removed[index];
  if (!found) return { draft, focus: null };
  const rows = draft.rows[found.list] ?? [];
  if (rows.length >= mostRows[found.list]) return { draft, focus: null };
  const place = Math.min(found.place, rows.length);
  return {
    draft: {
      ...draft,
      rows: { ...draft.rows, [found.list]: rows.toSpliced(place, 0, found.row) },
      removed: draft.removed.toSpliced(index, 1),
    },
    focus: `${found.list}.${place}.title`,
  };
}

/** A new row; an activity begins in the module and the control of the one before it. */
function blankRow({ rows }: TypedForm, list: DraftList, newKey: NewKey): TypedRow {
  const row = { title: '', key: newKey() };
  if (list !== 'activities') return row;
  const before = rows.activities?.at(-1);
  return {
    ...row,
    form: 'written',
    module: before?.module ?? rows.modules?.[0]?.key ?? '',
    control: before?.control ?? '',
  };
}

const key = planSchema.shape.modules.element.shape.key;

/** Every row with a key that no row before it has. */
export function withKeys(rows: readonly TypedRow[], newKey: NewKey): TypedRow[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const own = key.safeParse(row.key).data;
    const kept = own === undefined || seen.has(own) ? newKey() : own;
    seen.add(kept);
    return { ...row, key: kept };
  });
}

function withPoints(row: TypedRow): TypedRow {
  return Object.fromEntries(Object.entries(row).map(([name, typed]) => [name, withPoint(name, typed)]));
}

function withPoint(name: string, typed: string): string {
  return decimalFields.has(name) && /^\s*\d+,\d+\s*$/.test(typed) ? typed.replace(',', '.') : typed;
}

/** A form as its reader writes numbers. @param decimal what stands before the decimals */
export function shownForm({ values, rows }: TypedForm, decimal: string): TypedForm {
  const shown = (row: TypedRow): TypedRow =>
    Object.fromEntries(
      Object.entries(row).map(([name, typed]) => [
        name,
        decimalFields.has(name) && /^\s*\d+\.\d+\s*$/.test(typed) ? typed.replace('.', decimal) : typed,
      ]),
    );
  return {
    values: shown(values),
    rows: Object.fromEntries(Object.entries(rows).map(([list, typed]) => [list, typed.map(shown)])),
  };
}
