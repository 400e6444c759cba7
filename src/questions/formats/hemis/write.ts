// A question in HEMIS's text: options that are right or wrong, nothing said to any of them.
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { asHtml, looksAlike, withoutPictures } from '../content-losses.ts';
import type { Said } from '../content-losses.ts';
import { markedOptions } from '../right-options.ts';
import { lossesOfBareText, notWritten, saysSomething } from '../write-each.ts';
import type { WrittenQuestion } from '../write-each.ts';

/** Writes one question. Only one or several right options can be said. */
export function hemisQuestion(question: Question): WrittenQuestion {
  if (question.type !== 'single-choice' && question.type !== 'multiple-choice') return notWritten;
  const marked = markedOptions(question);
  if (!marked) return notWritten;

  const asked = hemisText(question.text);
  const options = marked.options.map(({ text }) => hemisText(text));
  if ([asked, ...options].some(({ said }) => said === '')) return notWritten;
  const lines = options.map(({ said }, index) => (marked.options[index]?.isRight ? `#${said}` : withoutKeySign(said)));
  return {
    text: [asked.said, ...lines].join('\n====\n'),
    losses: [
      ...lossesOfBareText(question),
      ...(question.type === 'multiple-choice' && (question.details.grading ?? 'weights') !== 'weights'
        ? (['grading'] as const)
        : []),
      ...(marked.isWhole ? [] : (['weights'] as const)),
      ...(saysSomething(question.details.options) ? (['feedback'] as const) : []),
      ...[asked, ...options].flatMap(({ losses }) => losses),
    ],
  };
}

/** A wrong option that begins with the sign of a right one. */
function withoutKeySign(text: string): string {
  return text.replace(/^#/, '&#35;');
}

/** HEMIS shows HTML; of what separates its own parts, the first sign is written as HTML. */
function hemisText(content: Content): Said<string> {
  const { said: bare, losses } = withoutPictures(content);
  const said = simplest(bare)
    .replace(/={4,}|\+{4,}|\[{3,}/g, (signs) => `&#${signs.charCodeAt(0)};`.repeat(signs.length))
    .trim();
  return { said, losses: looksAlike({ format: 'auto', source: said }, bare) ? losses : [...losses, 'markup'] };
}

function simplest(content: Content): string {
  if (looksAlike({ ...content, format: 'auto' }, content)) return content.source;
  return asHtml(content).said.replace(/\s+/g, ' ');
}
