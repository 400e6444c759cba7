// What an essay asks for besides its question, and by what it is marked.
import Fraction from 'fraction.js';
import type { z } from 'zod';
import type { Content } from '../content.ts';
import { readNumber } from '../read-number.ts';
import { essay } from '../types/essay.ts';
import { contentFields, optionalContent, requiredContent, shareText, typedShare } from './fields.ts';
import { filledRows, questionForm, type Report } from './question-form.ts';
import type { TypedForm, TypedRow } from './typed-form.ts';

type Details = z.infer<typeof essay.details>;
type Rubric = NonNullable<Details['rubric']>;

/** What can be chosen for files: the kinds of each choice. */
const fileChoices = { picture: ['picture'], pdf: ['pdf'], both: ['picture', 'pdf'], any: ['any'] } as const;

const mostWords = 10_000;
const longestPlain = 1000;

const blankLevel: TypedRow = { ...contentFields('criterion', null), ...contentFields('level', null), share: '' };

export const essayForm = questionForm({
  type: essay,
  blank: { takesText: 'on', least: '', most: '', files: '0', kinds: 'both', ...contentFields('guidance', null) },
  lists: { rubric: { least: 0, most: 200, first: 0, blank: blankLevel } },

  toForm({ expectedWords, takesText = true, files, rubric = [], guidance = null }) {
    return {
      values: {
        ...(takesText && { takesText: 'on' }),
        least: String(expectedWords?.least ?? ''),
        most: String(expectedWords?.most ?? ''),
        files: String(files?.most ?? 0),
        kinds: choiceOf(files?.kinds ?? fileChoices.both),
        ...contentFields('guidance', guidance),
      },
      rows: {
        rubric: rubric.flatMap(({ criterion, levels }) =>
          levels.map(({ text, share }, index) => ({
            ...contentFields('criterion', index === 0 ? asContent(criterion) : null),
            ...contentFields('level', asContent(text)),
            share: shareText(share),
          })),
        ),
      },
    };
  },

  fromForm(form, report) {
    const { files = '0', kinds } = form.values;
    const count = /^[1-5]$/.test(files) ? Number(files) : 0;
    const chosen = Object.entries(fileChoices).find(([name]) => name === kinds)?.[1] ?? fileChoices.both;
    const takesText = form.values.takesText !== undefined;
    if (!takesText && count === 0) report('files', 'empty');
    const rubric = rubricIn(form, report);
    const guidance = optionalContent(form.values, 'guidance');
    return {
      ...wordsIn(form, report),
      ...(!takesText && count > 0 && { takesText }),
      ...(count > 0 && { files: { most: count, kinds: [...chosen] } }),
      ...(rubric.length > 0 && { rubric }),
      ...(guidance && { guidance }),
    };
  },
});

function wordsIn(form: TypedForm, report: Report): Pick<Details, 'expectedWords'> {
  const count = (name: 'least' | 'most') => {
    const typed = form.values[name]?.trim() ?? '';
    if (typed === '') return null;
    const read = readNumber(typed)?.valueOf() ?? 0;
    if (Number.isInteger(read) && read >= 1 && read <= mostWords) return read;
    report(name, 'not-a-number', { value: typed });
    return null;
  };
  const [least, most] = [count('least'), count('most')];
  if (least === null && most === null) return {};
  if (least !== null && most !== null && least > most) {
    report('most', 'range-reversed', { from: least, to: most });
    return {};
  }
  return { expectedWords: { least, most } };
}

/** A row with a criterion begins it; those below without one are its other levels. */
function rubricIn(form: TypedForm, report: Report): Rubric {
  const rubric: Rubric = [];
  const rows = filledRows(form, 'rubric');
  for (const { row, at } of rows) {
    const criterion = optionalContent(row, 'criterion');
    const text = words(requiredContent(row, 'level', `${at}.level`, report));
    const share = row.share?.trim() ? typedShare(row.share, `${at}.share`, report) : '0';
    if (share.startsWith('-')) report(`${at}.share`, 'not-a-share');
    if (criterion) rubric.push({ criterion: words(criterion), levels: [] });
    else if (rubric.length === 0) report(`${at}.criterion`, 'empty');
    rubric.at(-1)?.levels.push({ text, share });
  }
  const fewest = Math.min(...rubric.map(({ levels }) => levels.length));
  if (rows.length > 0 && fewest < 2) report('rubric', 'too-few-rows', { count: fewest, least: 2 });
  const best = rubric.reduce((sum, { levels }) => sum.add(bestOf(levels)), new Fraction(0));
  if (rows.length > 0 && !best.equals(1)) report('rubric', 'best-levels', { sum: shareText(best.toFraction()) });
  return rubric;
}

function bestOf(levels: Rubric[number]['levels']): Fraction {
  const shares = levels.map(({ share }) => new Fraction(share));
  return shares.reduce((best, next) => (next.compare(best) > 0 ? next : best), new Fraction(0));
}

/** The choice that means these kinds; any other list of kinds lets in the most that one of ours does. */
function choiceOf(kinds: readonly string[]): keyof typeof fileChoices {
  if (kinds.includes('any')) return 'any';
  if (kinds.includes('picture')) return kinds.includes('pdf') ? 'both' : 'picture';
  return 'pdf';
}

function asContent(stored: Content | string): Content {
  return typeof stored === 'string' ? { format: 'plain', source: stored } : stored;
}

/** A short plain text is kept as such. */
function words({ format, source }: Content): Content | string {
  const text = source.trim();
  return format === 'plain' && text !== '' && text.length <= longestPlain ? text : { format, source };
}
