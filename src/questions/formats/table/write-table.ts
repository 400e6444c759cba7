// Questions as a table with one question a row, as `readTable` reads it back.
import { lossesOfEssay } from '../essay-losses.ts';
import Fraction from 'fraction.js';
import { plainText } from '../../content.ts';
import type { Content } from '../../content.ts';
import { toHtml } from '../../markup/to-html.ts';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { looksAlike, withoutPictures } from '../content-losses.ts';
import type { Said } from '../content-losses.ts';
import type { LossCode, Written } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { markedOptions } from '../right-options.ts';
import { rightPlaces } from './right-places.ts';
import { lossesOfTries } from '../tries-losses.ts';

const mostLetters = 26;

const letterAt = (place: number) => String.fromCharCode(65 + place);

type Row = { type: string; right: string; options: string[]; losses: LossCode[] };

/** The rows, names of the columns first; what cannot be said in a table is left out and named. */
export function tableOf(questions: readonly Question[]): { rows: string[][]; losses: Written<string>['losses'] } {
  const written = questions.map((question) => ({ question, row: rowOf(question) }));
  const width = Math.max(2, ...written.map(({ row }) => row?.options.length ?? 0));
  const options = [...Array(width).keys()].map(
    (place) => `Option ${place < mostLetters ? letterAt(place) : place + 1}`,
  );
  const rows = [['Type', 'Name', 'Question', ...options, 'Right', 'Points', 'Tags', 'Feedback']];
  const losses: Written<string>['losses'] = [];
  for (const [index, { question, row }] of written.entries()) {
    if (!row) {
      losses.push({ index, code: 'type' });
      continue;
    }
    const common = commonOf(question);
    const padded = [...row.options, ...Array<string>(width - row.options.length).fill('')];
    rows.push([row.type, common.name, common.text, ...padded, row.right, common.points, common.tags, common.feedback]);
    for (const code of new Set([...row.losses, ...common.losses])) losses.push({ index, code });
  }
  return { rows, losses };
}

type Common = { name: string; text: string; feedback: string; points: string; tags: string; losses: LossCode[] };

function commonOf(question: Question): Common {
  const { name, text, generalFeedback, points, tags = [], type } = question;
  const asked = cellOf(text);
  const feedback = generalFeedback ? cellOf(generalFeedback) : { said: '', losses: [] };
  const areTagsLost = tags.some((tag) => /[;,]/.test(tag)) || new Set(tags).size < tags.length;
  // A name that will be made again from the text need not be written.
  const isOwnName = name !== nameFrom({ format: 'auto', source: asked.said });
  return {
    name: isOwnName ? name : '',
    text: asked.said,
    feedback: feedback.said,
    points: type === 'description' ? '' : points,
    tags: tags.join('; '),
    losses: [
      ...asked.losses,
      ...feedback.losses,
      ...lossesOfTries(question),
      ...(areTagsLost ? (['tags'] as const) : []),
      ...(isOwnName && /\s{2}|[^\S ]/.test(name) ? (['name'] as const) : []),
    ],
  };
}

/** A content as a cell that is read as `auto`: as it stands if that shows the same, else as HTML, else as its words. */
function cellOf(content: Content): Said<string> {
  const { said, losses } = withoutPictures(content);
  const candidates = [said.source, toHtml(said), toHtml(said).replace(/\s*\n\s*/g, ' ')].map((text) => text.trim());
  const fitting = candidates.find((source) => source !== '' && looksAlike({ format: 'auto', source }, said));
  if (fitting !== undefined) return { said: fitting, losses };
  return { said: plainText(said) || '…', losses: [...losses, 'markup'] };
}

/** How a question is answered, in the cells of its row; null for a type that a table cannot hold. */
export function rowOf(question: Question): Row | null {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return choiceRow(question);
    case 'true-false': {
      const { isTrue, feedbackToTrue, feedbackToFalse } = question.details;
      const losses: LossCode[] = feedbackToTrue || feedbackToFalse ? ['feedback'] : [];
      return { type: question.type, right: isTrue ? 'true' : 'false', options: [], losses };
    }
    case 'numeric':
      return losing(
        answersRow(question.type, question.details.answers, ({ accepted }) => numberOf(accepted)),
        question.details.units ? ['units'] : [],
      );
    case 'short-text':
      return losing(
        answersRow(question.type, question.details.answers, ({ pattern }) => (pattern.includes('|') ? null : pattern)),
        question.details.isCaseSensitive || question.details.foldsLookAlikes ? ['grading'] : [],
      );
    case 'essay':
      return { type: question.type, right: '', options: [], losses: lossesOfEssay(question.details) };
    case 'description':
      return { type: question.type, right: '', options: [], losses: [] };
    default:
      return null;
  }
}

function losing(row: Row | null, losses: readonly LossCode[]): Row | null {
  return row && { ...row, losses: [...row.losses, ...losses] };
}

function choiceRow(question: Extract<Question, { type: 'single-choice' | 'multiple-choice' }>): Row | null {
  const marked = markedOptions(question);
  if (!marked) return null;
  const cells = marked.options.map(({ text }) => cellOf(text));
  const places = marked.options.flatMap(({ isRight }, place) => (isRight ? [place] : []));
  const hasLetters = marked.options.length <= mostLetters;
  const labels = places.map((place) => (hasLetters ? letterAt(place) : String(place + 1))).join(', ');
  const options = cells.map(({ said }) => said);
  // An option may itself read `B`; then the key needs its bracket.
  const found = rightPlaces(labels, options);
  const right = typeof found !== 'string' && found.join() === places.join() ? labels : `${labels})`;
  const hasOtherGrading = question.type === 'multiple-choice' && (question.details.grading ?? 'weights') !== 'weights';
  const hasFeedback = question.details.options.some(({ feedback }) => feedback !== null);
  return {
    type: question.type,
    right,
    options,
    losses: [
      ...cells.flatMap(({ losses }) => losses),
      ...(marked.isWhole ? [] : (['weights'] as const)),
      ...(hasOtherGrading ? (['grading'] as const) : []),
      ...(hasFeedback ? (['feedback'] as const) : []),
    ],
  };
}

type Weighted = { weight: string; feedback: Content | null };

/** Only what is worth everything can be said; answers worth a part are lost, and which came first. */
function answersRow<Answer extends Weighted>(
  type: string,
  answers: readonly Answer[],
  write: (answer: Answer) => string | null,
): Row | null {
  const whole = answers.filter(({ weight }) => new Fraction(weight).equals(1));
  const texts = whole.map(write).filter((text) => text !== null);
  if (texts.length === 0) return null;
  const hasFeedback = answers.some(({ feedback }) => feedback !== null);
  return {
    type,
    right: texts.join(' | '),
    options: [],
    losses: [
      ...(texts.length < answers.length ? (['grading'] as const) : []),
      ...(hasFeedback ? (['feedback'] as const) : []),
    ],
  };
}

type Accepted = Extract<Question, { type: 'numeric' }>['details']['answers'][number]['accepted'];

function numberOf(accepted: Accepted): string | null {
  switch (accepted.kind) {
    case 'near': {
      const isExact = readNumber(accepted.tolerance)?.equals(0) ?? false;
      return isExact ? accepted.value : `${accepted.value} ± ${accepted.tolerance}`;
    }
    case 'between':
      return `${accepted.from}..${accepted.to}`;
    default:
      return null;
  }
}
