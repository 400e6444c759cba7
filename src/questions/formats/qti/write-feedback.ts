// What is said to an answer of a QTI item: shown if an outcome has its name.
import type { Content } from '../../content.ts';
import type { Parts, Pen } from './write-response.ts';
import { responseOf } from './write-response.ts';

/** What is said where the outcome named has the value `identifier`; `said` is XHTML. */
export function modal({ el, version }: Pen, outcomeIdentifier: string, identifier: string, said: string): string {
  const inner = version === '3.0' ? el('contentBody', {}, said) : said;
  return el('modalFeedback', { outcomeIdentifier, identifier, showHide: 'show' }, inner);
}

/** The outcome that tells to which of the interaction's answers something is said. */
export function feedbackOutcome({ el, slot }: Pen, cardinality: 'single' | 'multiple'): string {
  return el('outcomeDeclaration', { identifier: slot.feedback, cardinality, baseType: 'identifier' });
}

/** Says something where the interaction's answer is the one named. */
export function tellAnswer({ el, slot }: Pen, answer: string): string {
  return el('setOutcomeValue', { identifier: slot.feedback }, el('baseValue', { baseType: 'identifier' }, answer));
}

/** The parts with what is said to choices: the response names the choices, and so what is said to them. */
export function withFeedback(
  pen: Pen,
  parts: Parts,
  choices: readonly { identifier: string; feedback: string | null }[],
  cardinality: 'single' | 'multiple' = 'single',
): Parts {
  const told = choices.flatMap(({ identifier, feedback }) =>
    feedback === null ? [] : [modal(pen, pen.slot.feedback, identifier, feedback)],
  );
  if (told.length === 0) return parts;
  const { el, slot } = pen;
  return {
    ...parts,
    outcomes: feedbackOutcome(pen, cardinality),
    processing: parts.processing + el('setOutcomeValue', { identifier: slot.feedback }, responseOf(pen)),
    feedback: told.join(''),
  };
}

/** A content as XHTML, where there is one. */
export function sayIfAny({ say }: Pen, content: Content | null): string | null {
  return content && say(content);
}
