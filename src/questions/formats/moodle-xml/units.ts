// Units of a `numerical` question. Moodle's multiplier turns a number in the first unit into one in this; our factor turns it back.
import Fraction from 'fraction.js';
import type { Question } from '../../question.ts';
import { readNumber } from '../../read-number.ts';
import { unitsSchema } from '../../unit.ts';
import { xmlText } from '../xml/write-xml.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { childOf, childrenOf, leftOut, textOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { valueLine } from './writing.ts';
import type { Writing } from './writing.ts';

type Details = Extract<Question, { type: 'numeric' }>['details'];
type Units = Pick<Details, 'units' | 'unitRule' | 'unitPenalty'>;

/** Moodle's `unitgradingtype`: a unit may be left out, or is marked as a share of the answer (or of the question). */
const graded = ['1', '2'];

/** Reads units and what a wrong one costs. Units of which the first is not the one of the answers are left out aloud. */
export function unitsOf(question: XmlElement, reading: Reading): Units {
  const elements = childrenOf(question, 'units').flatMap((units) => childrenOf(units, 'unit'));
  if (elements.length === 0) return {};
  const written = elements.map((element) => ({
    unit: textOf(childOf(element, 'unit_name')),
    factor: factorOf(textOf(childOf(element, 'multiplier'))),
  }));
  const first = written.filter(({ factor }) => factor === '1').slice(0, 1);
  const { success, data } = unitsSchema.safeParse([...first, ...written.filter((unit) => !first.includes(unit))]);
  if (!success) {
    leftOut(
      reading,
      elements.flatMap((element) => childrenOf(element, 'unit_name')),
    );
    return {};
  }
  if (!graded.includes(textOf(childOf(question, 'unitgradingtype')))) return { units: data };
  const penalty = textOf(childOf(question, 'unitpenalty'));
  const isShare = /^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/.test(penalty);
  return { units: data, unitRule: 'required', unitPenalty: isShare ? new Fraction(penalty).toString() : '1' };
}

/** Writes them, and how they are marked. */
export function unitLines({ units, unitRule = 'optional', unitPenalty = '1' }: Units, writing: Writing): string[] {
  const multipliers = units?.map(({ factor }) => new Fraction(plainFactor(factor)).inverse().toString()) ?? [];
  const isWhole = multipliers.every((multiplier) => multiplier.length <= 15 && !multiplier.includes('('));
  const isRequired = units !== undefined && unitRule === 'required';
  const penalty = Number(new Fraction(unitPenalty).valueOf().toFixed(7));
  if (units && (!isWhole || (!isRequired && penalty !== 1) || !new Fraction(penalty).equals(unitPenalty))) {
    writing.losses.push('units');
  }
  const said = units && isWhole ? units : [];
  return [
    ...(said.length > 0 ? ['    <units>'] : []),
    ...said.flatMap(({ unit }, index) => [
      '      <unit>',
      `        <multiplier>${multipliers[index] ?? '1'}</multiplier>`,
      `        <unit_name>${xmlText(unit)}</unit_name>`,
      '      </unit>',
    ]),
    ...(said.length > 0 ? ['    </units>'] : []),
    valueLine('unitgradingtype', isRequired && isWhole ? '1' : '0'),
    valueLine('unitpenalty', isRequired && isWhole ? penalty.toFixed(7) : '1.0000000'),
    // 3 is no unit at all, 0 one that is typed.
    valueLine('showunits', said.length > 0 ? '0' : '3'),
    valueLine('unitsleft', '0'),
  ];
}

function factorOf(multiplier: string): string {
  const isNumber = /^\d{1,12}(?:\.\d{1,15})?(?:E[+-]?\d{1,2})?$/i.test(multiplier);
  const value = new Fraction(isNumber ? plainFactor(multiplier) : 0);
  return value.equals(0) ? '' : value.inverse().toFraction();
}

/** A factor as `fraction.js` reads it. */
function plainFactor(text: string): Fraction {
  return text.includes('/') ? new Fraction(text) : (readNumber(text) ?? new Fraction(0));
}
