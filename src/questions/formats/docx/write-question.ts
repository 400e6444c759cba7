// One question as paragraphs of a Word document: numbered by Word, options lettered by Word, the right ones in bold and named on a
// line of their own, and what else there is to say on lines as `detail-line.ts` reads them.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { mostLetters, letterAt } from '../aiken/labels.ts';
import type { LossCode } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { markedOptions } from '../right-options.ts';
import { pointsOf, tagsOf } from '../table/read-table.ts';
import { rowOf } from '../table/write-table.ts';
import { lossesOfTries } from '../tries-losses.ts';
import { isWorth, saysSomething } from '../write-each.ts';
import { blocksToHtml } from './blocks-html.ts';
import { blocksXml, paragraphXml } from './body-xml.ts';
import { blocksOf, withoutFormulasApart } from './content-blocks.ts';
import type { ContentBlocks, Draw } from './content-blocks.ts';
import { guard, guardedBlocks, guardedLine, guardedOption, lineOf, withoutGuards, withoutSeparators } from './guard.ts';
import { isKeyHeading } from './key-line.ts';
import { allLook, charactersOf, plainLook, spansToHtml, trimSpans } from './span.ts';
import type { Look, Span } from './span.ts';

/** The XML of a question; null if the format has no words for it. */
export type WordQuestion = { xml: string | null; losses: LossCode[] };

type Part = { xml: string; losses: LossCode[] };

/** Writes one question. */
export function writeQuestion(question: Question, draw: Draw): WordQuestion {
  const answer = answerOf(question, draw);
  if (!answer) return { xml: null, losses: ['type'] };
  const asked = textOf(question.text, draw, '', 'Question');
  const feedback = question.generalFeedback ? textOf(question.generalFeedback, draw, 'Feedback: ', 'Detail') : null;
  const details = detailsOf(question, asked.html);
  const parts = [asked, answer, details, ...(feedback ? [feedback] : [])];
  return {
    xml: parts.map(({ xml }) => xml).join(''),
    losses: [...parts.flatMap(({ losses }) => losses), ...lossesOfTries(question)],
  };
}

/** A text after a number or a word. */
function textOf(content: Content, draw: Draw, word: string, style: 'Question' | 'Detail'): Part & { html: string } {
  const { blocks, losses, isKept } = blocksOf(content, draw);
  const html = blocksToHtml(blocks);
  const [first, ...others] = guardedBlocks(blocks);
  if (first?.kind !== 'line') throw new Error('A text begins with a line');
  const begun = { ...first, spans: [...(word === '' ? [] : [{ text: word, look: plainLook }]), ...first.spans] };
  const rest = style === 'Question' ? 'QuestionText' : 'Detail';
  return {
    html,
    xml: blocksXml([begun, ...others], style === 'Question' ? { style, level: 0 } : { style }, { style: rest }),
    losses: [...losses, ...(isKept(html) ? [] : (['markup'] as const))],
  };
}

function detailsOf({ name, text, points, tags = [], type }: Question, html: string): Part {
  // The first words of a text are no name that anybody gave.
  const isOwnName = ![text, { format: 'html' as const, source: html }].map(nameFrom).includes(name);
  const written = {
    Name: isOwnName ? name : '',
    Points: type === 'description' || isWorth(points, 1) ? '' : points,
    Tags: tags.join('; '),
  };
  const isTold = {
    name: !isOwnName || said(name).replace(/\s+/g, ' ') === name,
    points: written.Points === '' || pointsOf(points) === points,
    tags: JSON.stringify(tagsOf(said(written.Tags))) === JSON.stringify(tags),
  };
  return {
    xml: Object.entries(written)
      .map(([word, text]) => (text === '' ? '' : detail(word, text)))
      .join(''),
    losses: (['name', 'points', 'tags'] as const).filter((code) => !isTold[code]),
  };
}

/** A text as it is found again on a line. */
function said(text: string): string {
  return withoutGuards(text).replaceAll('\uFFFC', '').trim();
}

function detail(word: string, text: string): string {
  const line = `${word}: ${withoutSeparators(text.replace(/\s+/g, ' '))}`;
  return paragraphXml({ style: 'Detail' }, [[{ text: isKeyHeading(line) ? line + guard : line, look: plainLook }]]);
}

function answerOf(question: Question, draw: Draw): Part | null {
  if (question.type === 'single-choice' || question.type === 'multiple-choice') return choiceOf(question, draw);
  const row = rowOf(question);
  if (!row) return null;
  const right = row.right === '' ? '' : detail('Answer', row.right);
  const isTold = said(row.right).replace(/\s+/g, ' ') === row.right;
  return { xml: detail('Type', row.type) + right, losses: [...row.losses, ...(isTold ? [] : (['grading'] as const))] };
}

type Option = { isRight: boolean; spans: Span[]; content: ContentBlocks };

function choiceOf(question: Extract<Question, { type: 'single-choice' | 'multiple-choice' }>, draw: Draw): Part | null {
  const marked = markedOptions(question);
  if (!marked || marked.options.length > mostLetters) return null;
  const options = withoutMarks(
    marked.options.map(({ text, isRight }) => {
      const content = blocksOf(text, draw);
      return { isRight, content, spans: onOneParagraph(content) };
    }),
  );
  // Where an option has bold words of its own, bold does not tell which one is right; the key does.
  const isBold = !options.some(({ isRight, spans }) => isRight && spans.some(({ look }) => look.bold));
  const letters = options.flatMap(({ isRight }, place) => (isRight ? [letterAt(place)] : []));
  const hasOtherGrading = question.type === 'multiple-choice' && (question.details.grading ?? 'weights') !== 'weights';
  return {
    xml:
      options
        .map(({ isRight, spans }) =>
          paragraphXml({ style: isRight && isBold ? 'RightOption' : 'Option', level: 1 }, linesOf(spans)),
        )
        .join('') + detail('Answer', letters.join(', ')),
    losses: [
      ...options.flatMap(({ content, spans }) => [
        ...content.losses,
        ...(content.isKept(withoutGuards(spansToHtml(spans))) ? [] : (['markup'] as const)),
      ]),
      ...(marked.isWhole ? [] : (['weights'] as const)),
      ...(hasOtherGrading ? (['grading'] as const) : []),
      ...(saysSomething(question.details.options) ? (['feedback'] as const) : []),
    ],
  };
}

const lineBreak: Span = { text: '\n', look: plainLook };

/** An option is one paragraph, whatever it holds. */
function onOneParagraph({ blocks }: ContentBlocks): Span[] {
  const lines = blocks.flatMap((block) => (block.kind === 'line' ? [block] : block.rows.flat(2)));
  return withoutFormulasApart(lines.flatMap(({ spans }, place) => (place === 0 ? spans : [lineBreak, ...spans])));
}

const marks: readonly (keyof Look & ('bold' | 'underline' | 'italic'))[] = ['bold', 'underline', 'italic'];

/** Options of which none has a look by which it would seem to be marked. */
function withoutMarks(options: readonly Option[]): Option[] {
  return marks.reduce<Option[]>(
    (all, mark) => {
      const alike = all.filter(({ spans }) => allLook(spans, (look) => look[mark]));
      const isMark = mark !== 'italic' || alike.length === 1;
      return !isMark ? all : all.map((option) => (alike.includes(option) ? without(option, mark) : option));
    },
    [...options],
  );
}

function without(option: Option, mark: keyof Look): Option {
  const spans = option.spans.map((span) => ({ ...span, look: { ...span.look, [mark]: plainLook[mark] } }));
  return { ...option, spans };
}

/** The lines of an option; those after the first have no letter before them. */
function linesOf(spans: readonly Span[]): Span[][] {
  const lines: Span[][] = [[]];
  for (const span of spans) {
    if (span.text === '\n') lines.push([]);
    else lines.at(-1)?.push(span);
  }
  return lines.map((line, place) => {
    const trimmed = trimSpans(line);
    const isFirst = place === 0 && charactersOf(trimmed) !== '';
    return isFirst ? guardedOption(trimmed) : guardedLine(lineOf(1, trimmed));
  });
}
