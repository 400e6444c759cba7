// What a browser would send of an HTML form: the "constructing the entry list" algorithm of the HTML standard, for
// the controls that are in use.
import type { CheerioAPI } from 'cheerio';

/** Elements of a page. */
export type Selection = ReturnType<CheerioAPI>;

/** A file to be sent in a form. */
export interface FileValue {
  filename: string;
  content: string | Uint8Array<ArrayBuffer>;
  type?: string;
}

/** What a form field is filled with: a list checks several boxes or options of one name, null leaves the field out. */
export type FieldValue = string | readonly string[] | FileValue | null;

export type Entry = [name: string, value: string | FileValue];

/**
 * The entries of a form in the order of the page, with `fields` in the place of the values on the page; names the
 * form does not have are sent last, as a script or a meddler would.
 *
 * @param submitter the button that was pressed: its name and value go along
 */
export function formEntries(
  $: CheerioAPI,
  form: Selection,
  submitter: Selection | null,
  fields: Record<string, FieldValue> = {},
): Entry[] {
  const named = $('input, select, textarea, button')
    .toArray()
    .map((element) => $(element))
    .filter((control) => control.attr('name') && belongsTo(control, form) && !isDisabled(control));
  const filled = new Set<string>();
  const entries = named.flatMap((control): Entry[] => {
    const name = control.attr('name') ?? '';
    const wanted = fields[name];
    if (wanted === undefined) return valuesOf($, control, submitter).map((value) => [name, value]);
    if (filled.has(name)) return [];
    filled.add(name);
    return entriesOf(name, wanted);
  });
  const others = Object.entries(fields).filter(([name]) => !filled.has(name));
  return [...entries, ...others.flatMap(([name, value]) => entriesOf(name, value))];
}

function entriesOf(name: string, value: FieldValue): Entry[] {
  if (value === null) return [];
  if (typeof value === 'string') return [[name, value]];
  if ('filename' in value) return [[name, value]];
  return value.map((one): Entry => [name, one]);
}

function belongsTo(control: Selection, form: Selection): boolean {
  const owner = control.attr('form');
  return owner === undefined ? control.closest('form').is(form) : form.attr('id') === owner;
}

function isDisabled(control: Selection): boolean {
  return control.is('[disabled]') || control.closest('fieldset[disabled]').length > 0;
}

function valuesOf($: CheerioAPI, control: Selection, submitter: Selection | null): string[] {
  if (control.is('button, input[type=submit], input[type=image], input[type=button], input[type=reset]')) {
    return submitter?.is(control) ? [control.attr('value') ?? ''] : [];
  }
  if (control.is('input[type=file]')) return [];
  if (control.is('input[type=checkbox], input[type=radio]')) {
    return control.is('[checked]') ? [control.attr('value') ?? 'on'] : [];
  }
  if (control.is('select')) return selectedValues($, control);
  return [control.is('textarea') ? control.text() : (control.attr('value') ?? '')];
}

function selectedValues($: CheerioAPI, select: Selection): string[] {
  const options = select.find('option').toArray();
  const selected = options.filter((option) => $(option).is('[selected]'));
  const first = options.filter((option) => !$(option).is('[disabled]')).slice(0, 1);
  const chosen = selected.length > 0 || select.is('[multiple]') ? selected : first;
  return chosen.map((option) => $(option).attr('value') ?? $(option).text().trim());
}
