// A question's form as it stands: everything typed, to the letter, whether or not it makes a question. What teachers type is kept
// before it is understood, so this is what is stored, shown again and read.
import { z } from 'zod';

/** The most rows of one list that are kept; no type takes more. */
const mostRows = 200;

const text = z.string().max(500_000);
const row = z.record(z.string().max(60), text);

/** `values` are single fields by name; `rows` are lists of the same few fields, such as the options. JSON all through. */
export const typedFormSchema = z.strictObject({
  values: z.record(z.string().max(60), text),
  rows: z.record(z.string().max(60), z.array(row).max(mostRows)),
});

export type TypedForm = z.infer<typeof typedFormSchema>;
export type TypedRow = z.infer<typeof row>;

/** Fields of the page that belong to no question. */
const ofThePage = new Set(['_csrf', 'revision', 'step', 'done']);

/**
 * The fields of a form body: `points` is a value, `options.2.text` a field of the third row of `options`. A box that is not
 * ticked is not sent and so is not there. Never throws; rows above the most that are kept are left out.
 */
export function readTypedForm(fields: ReadonlyMap<string, readonly string[]>): TypedForm {
  const form: TypedForm = { values: {}, rows: {} };
  const sparse = new Map<string, Map<number, TypedRow>>();
  for (const [name, [first = '']] of fields) {
    if (ofThePage.has(name)) continue;
    const typed = storable(first);
    const [, list, place, field] = /^([a-z]+)\.(\d{1,3})\.([A-Za-z]+)$/.exec(name) ?? [];
    if (list === undefined || field === undefined) {
      if (/^[A-Za-z]{1,60}$/.test(name)) form.values[name] = typed;
      continue;
    }
    const rows = sparse.get(list) ?? new Map<number, TypedRow>();
    rows.set(Number(place), { ...rows.get(Number(place)), [field]: typed });
    sparse.set(list, rows);
  }
  for (const [list, rows] of sparse) {
    const inOrder = [...rows].sort(([one], [other]) => one - other).map(([, typed]) => typed);
    form.rows[list] = inOrder.slice(0, mostRows);
  }
  return form;
}

/** One kind of line end, and nothing that a database cannot hold. */
function storable(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .slice(0, 500_000);
}

/** What a button inside a form does to its lists. */
export type FormStep = { act: 'add' | 'remove' | 'up' | 'down'; list: string; place: number };

/** The value of such a button: `add options`, `remove options 2`, `up options 2`. Null for anything else. */
export function readFormStep(value: string | undefined): FormStep | null {
  const [, act, list, place] = /^(add|remove|up|down) ([a-z]+)(?: (\d{1,3}))?$/.exec(value ?? '') ?? [];
  if (list === undefined) return null;
  if (act === 'add') return { act, list, place: 0 };
  return act === 'remove' || act === 'up' || act === 'down' ? { act, list, place: Number(place ?? 0) } : null;
}

/**
 * The form after a step, and where the person goes on: the name of a field of the row they worked on, or of the nearest.
 *
 * @param blank a new row of that list
 */
export function stepForm(form: TypedForm, step: FormStep, blank: TypedRow): { form: TypedForm; focus: string | null } {
  const rows = [...(form.rows[step.list] ?? [])];
  let place = step.place;
  if (step.act === 'add') place = rows.push({ ...blank }) - 1;
  else if (step.act === 'remove') {
    rows.splice(place, 1);
    place = Math.min(place, rows.length - 1);
  } else {
    const target = place + (step.act === 'up' ? -1 : 1);
    const [moved] = rows[target] ? rows.splice(place, 1) : [];
    if (moved) {
      rows.splice(target, 0, moved);
      place = target;
    }
  }
  const [field] = Object.keys(rows[place] ?? {}).filter((name) => !name.endsWith('Format'));
  return {
    form: { values: form.values, rows: { ...form.rows, [step.list]: rows.slice(0, mostRows) } },
    focus: field === undefined ? null : `${step.list}.${place}.${field}`,
  };
}

/** The form with at least so many rows in a list: those left empty are not kept with a finished question. */
export function padRows(form: TypedForm, list: string, count: number, blank: TypedRow): TypedForm {
  const rows = form.rows[list] ?? [];
  const more = Array.from({ length: Math.max(0, Math.min(count, mostRows) - rows.length) }, () => ({ ...blank }));
  return { ...form, rows: { ...form.rows, [list]: [...rows, ...more] } };
}
