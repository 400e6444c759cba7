// Hints and the price of a wrong try, which Moodle keeps with every question: `<hint>` and `<penalty>`.
import Fraction from 'fraction.js';
import type { Content } from '../../content.ts';
import type { Question } from '../../question.ts';
import { isAutomatic } from '../tries-losses.ts';
import { shareOfPercent } from '../percent.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { childOf, childrenOf, contentOf, leftOut, textOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { contentLines, gradeText } from './writing.ts';
import type { Writing } from './writing.ts';

type Tries = Pick<Question, 'hints' | 'penalty'>;

const mostHints = 20;

/** What a hint of Moodle's may do besides saying something. */
const hintOptions = ['shownumcorrect', 'clearwrong', 'options'];

/**
 * What a question says of its tries. Its penalty is its own only if it is another than Moodle puts there by itself; else what the quiz
 * says holds.
 */
export function readTries(
  element: XmlElement,
  type: Question['type'],
  reading: Reading,
  inherited: Content['format'],
): Tries {
  const all = childrenOf(element, 'hint');
  const said = all.filter((hint) => textOf(childOf(hint, 'text')) !== '');
  const hints = said.slice(0, mostHints).map((hint) => ({ text: contentOf(hint, reading, inherited) }));
  leftOut(reading, said.slice(mostHints));
  const optional = all.find((hint) => hint.children.some(({ name }) => hintOptions.includes(name)));
  if (optional) {
    const names = new Set(all.flatMap(({ children }) => children.map(({ name }) => name)));
    const what = hintOptions.filter((name) => names.has(name)).map((name) => `<${name}>`);
    reading.warnings.push({
      line: optional.line,
      code: 'left-out',
      params: { name: reading.name, what: what.join(', ') },
    });
  }
  const penalty = isAutomatic(type) ? penaltyIn(textOf(childOf(element, 'penalty'))) : null;
  return {
    ...(hints.length > 0 && { hints }),
    ...(penalty !== null && !penalty.equals(usualPenalty(type)) && { penalty: penalty.toFraction() }),
  };
}

/** The share as Moodle keeps it, to seven decimals. */
export function penaltyText({ type, penalty }: Pick<Question, 'type' | 'penalty'>, writing: Writing): string {
  const usual = usualPenalty(type);
  // A third is written as Moodle writes it.
  const written = gradeText(penalty ?? usual.toFraction());
  const back = penaltyIn(written);
  const isKept = isAutomatic(type) && back?.equals(penalty ?? usual) && !usual.equals(penalty ?? -1);
  if (penalty !== undefined && !isKept) writing.losses.push('penalty');
  return isAutomatic(type) ? written : gradeText(usual.toFraction());
}

/** The hints, two spaces before each element of theirs as everywhere in the file. */
export function hintLines({ hints = [] }: Pick<Question, 'hints'>, writing: Writing): string[] {
  if (hints.some(({ text }) => text.source.trim() === '')) writing.losses.push('hints');
  return hints
    .filter(({ text }) => text.source.trim() !== '')
    .flatMap(({ text }) => contentLines('hint', text, writing));
}

/** A statement leaves nothing to try again. */
function usualPenalty(type: Question['type']): Fraction {
  return type === 'true-false' ? new Fraction(1) : new Fraction(1, 3);
}

/** Null for what is no share: then nothing is said. */
function penaltyIn(written: string): Fraction | null {
  if (!/^[01](?:\.\d{1,12})?$/.test(written)) return null;
  const share = shareOfPercent(new Fraction(written).mul(100).toString());
  return share.lte(1) ? share : null;
}
