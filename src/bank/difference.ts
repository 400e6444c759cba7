// What changed between two versions of a question, as people read changes: field by field, with the words that came and went.
import { contentSchema, plainText, type Content } from '../questions/content.ts';
import type { Question } from '../questions/question.ts';
import { differenceOf, type Span } from './word-difference.ts';

/** The parts of a question that a difference names; each has a word under `bank.fields` in src/i18n. */
export const differenceFields = [
  'type',
  'name',
  'text',
  'points',
  'options',
  'rows',
  'columns',
  'items',
  'categories',
  'pairs',
  'distractors',
  'answers',
  'gaps',
  'variables',
  'regions',
  'grading',
  'rules',
  'feedback',
  'hints',
  'penalty',
  'tags',
] as const;
export type DifferenceField = (typeof differenceFields)[number];

/** One field that is not what it was: its lines, unchanged ones among them. */
export interface FieldDifference {
  field: DifferenceField;
  lines: Span[][];
}

/** What members of a question's details are called; a word for each that stands alone is under `bank.members` in src/i18n. */
export const memberNames = [
  ...[
    'isTrue',
    'isCaseSensitive',
    'foldsLookAlikes',
    'unitRule',
    'unitPenalty',
    'tolerance',
    'choose',
    'picture',
    'units',
  ],
  ...['weight', 'kind', 'layout', 'right', 'category', 'from', 'to', 'factor', 'figures', 'isRight', 'shape', 'points'],
] as const;
export type MemberName = (typeof memberNames)[number];

/** How a difference is told. */
interface Told {
  /** Whether a difference in points alone is one: a quiz may give a question points of its own. */
  pointsCount?: boolean;
  /** The words for a member in the reader's language. */
  nameOf?: (member: MemberName) => string;
}

/**
 * The fields in which two versions differ, in the order of a question's page; empty for two that say the same. Where only markup
 * differs, texts stand as they are written.
 */
export function questionDifference(
  before: Question,
  after: Question,
  { pointsCount = true, nameOf = (member) => member }: Told = {},
): FieldDifference[] {
  const compare = (say: Say) => {
    const [old, now] = [fieldsOf(before, say), fieldsOf(after, say)];
    return differenceFields
      .filter((field) => pointsCount || field !== 'points')
      .flatMap((field) => {
        const [was, is] = [old.get(field) ?? [], now.get(field) ?? []];
        if (was.length === is.length && was.every((line, index) => line === is[index])) return [];
        return [{ field, lines: differenceOf(was, is) }];
      });
  };
  const nameMember = (member: string) => {
    const known = memberNames.find((name) => name === member);
    return known ? nameOf(known) : member;
  };
  const inWords = compare({ nameMember, content: readable });
  return inWords.length > 0
    ? inWords
    : compare({ nameMember, content: ({ format, source }) => `${source} (${format})` });
}

/** How members and contents are said. */
interface Say {
  nameMember: (member: string) => string;
  content: (content: Content) => string;
}

/** The words alone; a picture has none, so it stays as it was written. */
function readable(content: Content): string {
  return /asset:|<img/.test(content.source) ? content.source : plainText(content);
}

/** A question as lines of text, by field. */
function fieldsOf(question: Question, say: Say): Map<DifferenceField, string[]> {
  const { type, name, text, points, generalFeedback, tags, hints, penalty, variables } = question;
  const fields = new Map<DifferenceField, string[]>([
    ['type', [type]],
    ['name', [name]],
    ['text', linesOf(say.content(text))],
    ['points', [points]],
    ['feedback', generalFeedback ? linesOf(say.content(generalFeedback)) : []],
    ['hints', (hints ?? []).map((hint) => lineOf(hint, say))],
    ['penalty', penalty === undefined ? [] : [penalty]],
    ['tags', tags ?? []],
    [
      'variables',
      Object.entries(variables ?? {}).map(([member, value]: [string, unknown]) => `${member}: ${lineOf(value, say)}`),
    ],
  ]);
  for (const [member, value] of Object.entries(question.details)) {
    const field = fieldOf(member);
    fields.set(field, [...(fields.get(field) ?? []), ...detailLines(member, value, say)]);
  }
  return fields;
}

/** Members of details under which the same name stands in the list of fields; all that is single is a rule. */
function fieldOf(member: string): DifferenceField {
  if (member.startsWith('feedbackTo')) return 'feedback';
  return differenceFields.find((field) => field === member) ?? 'rules';
}

function detailLines(member: string, value: unknown, say: Say): string[] {
  if (value === null || value === undefined) return [];
  const isRule = fieldOf(member) === 'rules';
  if (Array.isArray(value) && !isRule) return value.map((row) => lineOf(row, say));
  const line = lineOf(value, say);
  return isRule ? [`${say.nameMember(member)}: ${line}`] : [line];
}

function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Anything on one line. What it is called is said where the value alone would say nothing. */
function lineOf(value: unknown, say: Say): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  const content = contentSchema.safeParse(value);
  if (content.success) return say.content(content.data);
  if (Array.isArray(value)) return value.map((inner) => lineOf(inner, say)).join('; ');
  return Object.entries(value)
    .map(([member, inner]: [string, unknown]) => ({
      member,
      line: lineOf(inner, say),
      isNamed: isNamed(member, inner),
    }))
    .filter(({ line }) => line !== '')
    .map(({ member, line, isNamed: named }) => (named ? `${say.nameMember(member)} ${line}` : line))
    .join(' · ');
}

/** Not what an author wrote as text, nor what names its own members. */
function isNamed(member: string, value: unknown): boolean {
  if (typeof value === 'object') return false;
  return (
    typeof value !== 'string' || !['pattern', 'right', 'label', 'expression', 'value', 'unit', 'alt'].includes(member)
  );
}
