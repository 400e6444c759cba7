// A whole quiz written as text, and the list of questions it is to become. Questions that the text leaves as they were keep their
// keys, and whatever the text has no words for.
import type { Format, TextFormat } from '../questions/formats/format.ts';
import { formats } from '../questions/formats/registry.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import type { DraftQuestion, QuestionContent } from './draft-question.ts';

/** A question of the list to be: one of the draft by its key, or a new one. */
export type MergedQuestion = { key: string | null } & QuestionContent;

/** The format in which a list is written as text; null while none can write. */
export function textWriter(): (TextFormat & { write: NonNullable<TextFormat['write']> }) | null {
  const all: readonly Format[] = formats;
  for (const format of all) if (format.kind === 'text' && format.write) return { ...format, write: format.write };
  return null;
}

/** The draft as a text, and what stays in the list without standing in it: unfinished forms, and types the format does not have. */
export function writeDraft(draft: readonly DraftQuestion[]): { source: string; outside: DraftQuestion[] } | null {
  const writer = textWriter();
  if (!writer) return null;
  const finished = draft.filter(isFinished);
  const { body, losses } = writer.write(
    finished.map(({ question }) => question),
    [],
  );
  const unwritten = new Set(losses.filter(({ code }) => code === 'type').map(({ index }) => finished[index]?.key));
  return { source: body, outside: draft.filter((one) => !isFinished(one) || unwritten.has(one.key)) };
}

/**
 * The list that a text makes of a draft.
 *
 * @param read what was understood of the text, in its order
 * @param outside keys of questions that cannot stand in the text: they stay, at the end
 */
export function mergeText(
  draft: readonly DraftQuestion[],
  read: readonly Question[],
  outside: ReadonlySet<string>,
): MergedQuestion[] {
  const rows = draft.filter(isFinished).filter(({ key }) => !outside.has(key));
  const unused = new Set(rows);
  const byText = new Map<string, (typeof rows)[number][]>();
  for (const row of rows) {
    for (const text of new Set([asText(row.question), asText(rewritten(row.question))])) {
      byText.set(text, [...(byText.get(text) ?? []), row]);
    }
  }
  const take = (row: (typeof rows)[number] | undefined) => (row && unused.delete(row) ? row : null);
  // First what is unchanged, so that no changed question takes its key.
  const same = read.map((question) => take(byText.get(asText(question))?.find((row) => unused.has(row))));
  const merged = read.map((question, index): MergedQuestion => {
    const unchanged = same[index];
    if (unchanged) return { key: unchanged.key, question: unchanged.question, typed: null };
    const namesake = take([...unused].find((row) => isNamesake(row.question, question)));
    return { key: namesake?.key ?? null, question, typed: null };
  });
  return [...merged, ...draft.filter((one) => !isFinished(one) || outside.has(one.key))];
}

function isFinished(one: DraftQuestion): one is DraftQuestion & { question: Question } {
  return one.question !== null;
}

function isNamesake(one: Question, other: Question): boolean {
  return one.type === other.type && one.name === other.name;
}

/** The question as it comes back from the text. */
function rewritten(question: Question): Question {
  const writer = textWriter();
  const back = writer?.read(writer.write([question], []).body).questions ?? [];
  const parsed = questionSchema.safeParse(back[0]?.question);
  return back.length === 1 && parsed.success ? parsed.data : question;
}

/** The schema has put its members in one order. */
function asText(question: Question): string {
  return JSON.stringify(questionSchema.parse(question));
}
