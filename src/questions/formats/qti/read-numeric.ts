// Numbers that a QTI item accepts: by its rules for marking where they compare with numbers, else by what it calls right.
import Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { childOf, descendantsOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { sharesOf } from './item-parts.ts';
import type { Declaration } from './item-parts.ts';
import { valueOf } from './shares.ts';

type Details = Extract<Question, { type: 'numeric' }>['details'];
type Answer = Details['answers'][number];

/** The answers; null if none of them earns everything. */
export function readNumeric(item: XmlElement, declaration: Declaration): Details | null {
  const ruled = byRules(item, declaration);
  const answers = ruled.length > 0 ? ruled : byKeys(declaration);
  return answers.some(({ weight }) => new Fraction(weight).equals(1)) ? { answers } : null;
}

function byKeys(declaration: Declaration): Answer[] {
  const { mapping, correct } = declaration;
  const keys = mapping ? mapping.entries.map(({ key }) => key) : correct;
  const shares = sharesOf(declaration, keys, true) ?? [];
  return keys.flatMap((key, place) =>
    readNumber(key)
      ? [
          {
            accepted: { kind: 'near' as const, value: key, tolerance: '0' },
            weight: within(shares[place]),
            feedback: null,
          },
        ]
      : [],
  );
}

/** Each branch that compares the response with numbers and then gives a score. */
function byRules(item: XmlElement, declaration: Declaration): Answer[] {
  const branches = elementsOf(childOf(item, 'responseProcessing'), 'responseCondition').flatMap((condition) =>
    elementsOf(condition).filter(({ name }) => name === 'responseIf' || name === 'responseElseIf'),
  );
  const found = branches.flatMap((branch) => {
    const accepted = acceptedIn(branch, declaration);
    const score = scoreIn(branch);
    return accepted && score ? [{ accepted, score }] : [];
  });
  const most = found.reduce((all, { score }) => (score.gt(all) ? score : all), new Fraction(0));
  if (most.lte(0)) return [];
  return found.map(({ accepted, score }) => ({ accepted, weight: within(score.div(most)), feedback: null }));
}

function acceptedIn(branch: XmlElement, { correct }: Declaration): Answer['accepted'] | null {
  const equal = descendantsOf(branch, 'equal')[0];
  if (equal) {
    const value = numberIn(equal) ?? correct[0] ?? '';
    const tolerance = (equal.attributes['tolerance'] ?? '0').trim().split(/\s+/)[0] ?? '0';
    const isExact = (equal.attributes['toleranceMode'] ?? 'exact') === 'exact';
    const isRelative = equal.attributes['toleranceMode'] === 'relative';
    const read = readNumber(value);
    const allowed = readNumber(isExact ? '0' : tolerance);
    if (!read || !allowed) return null;
    const absolute = isRelative ? read.abs().mul(allowed).div(100) : allowed;
    return { kind: 'near', value, tolerance: absolute.toString(12) };
  }
  const from = numberIn(descendantsOf(branch, 'gte')[0]);
  const to = numberIn(descendantsOf(branch, 'lte')[0]);
  return from !== null && to !== null && readNumber(from) && readNumber(to) ? { kind: 'between', from, to } : null;
}

function numberIn(parent: XmlElement | undefined): string | null {
  const value = childOf(parent, 'baseValue');
  return value ? textOf(value).trim() : null;
}

function scoreIn(branch: XmlElement): Fraction | null {
  const score = elementsOf(branch, 'setOutcomeValue').find(({ attributes }) => attributes['identifier'] === 'SCORE');
  const value = descendantsOf(score, 'baseValue')[0];
  if (value) return valueOf(textOf(value));
  return score && descendantsOf(score, 'variable').length > 0 ? new Fraction(1) : null;
}

function within(share: Fraction | undefined): string {
  const value = share ?? new Fraction(0);
  return (value.lt(-1) ? new Fraction(-1) : value).toFraction();
}
