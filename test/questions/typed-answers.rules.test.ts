// Answers that are typed: tables of answers and the exact share of the points that each earns.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Fraction from 'fraction.js';
import { latinLookAlikes, foldText } from '../../src/questions/fold-text.ts';
import { readNumber } from '../../src/questions/read-number.ts';
import { roundToFigures } from '../../src/questions/round-to-figures.ts';
import { numeric, numericDetails } from '../../src/questions/types/numeric.ts';
import { shortText } from '../../src/questions/types/short-text.ts';
import { readQuantity } from '../../src/questions/unit.ts';

const share = (details: unknown, text: string) =>
  numeric.mark(numericDetails.parse(details), { text }).fraction.toFraction();
const answers = (accepted: object, weight = '1') => [{ accepted, weight, feedback: null }];

describe('A number to so many significant figures', () => {
  // Counted as STACK's NumSigFigs does (Authoring/Answer_tests_numerical), in its form for at least so many.
  test.each([
    ['9.80665', 3, '9.81', '1'],
    ['9.80665', 3, '9,81', '1'],
    ['9.80665', 3, '9.8', '0'],
    ['9.80665', 3, '9.806', '1'],
    ['9.80665', 3, '9.8149', '1'],
    ['9.80665', 3, '9.815', '0'],
    ['9.80665', 3, '0.00981e3', '1'],
    ['1500', 3, '1500', '1'],
    ['1500', 3, '1.5e3', '0'],
    ['1500', 3, '1.50·10³', '1'],
    ['0.9996', 3, '1.00', '1'],
    ['0.9996', 3, '1', '0'],
    ['0.9996', 3, '0.9996', '1'],
    ['-0.0250', 2, '−0,025', '1'],
    ['-0.0250', 2, '0.025', '0'],
    ['100', 1, '0', '0'],
  ])('%s to %d figures, answered with %s, earns %s', (value, figures, text, earned) => {
    expect(share({ answers: answers({ kind: 'significant', value, figures }) }, text)).toBe(earned);
  });

  test('is never zero, which has none', () => {
    const of = (value: string) => ({ answers: answers({ kind: 'significant', value, figures: 2 }) });
    expect(numericDetails.safeParse(of('0,00')).success).toBe(false);
    expect(numericDetails.safeParse(of('0,01')).success).toBe(true);
  });

  test('is moved by half of its last figure at most when it is rounded, and not again', () => {
    const number = fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 12 }), ([digits, power], figures) => {
        const value = readNumber(`${digits}e${power}`) ?? new Fraction(0);
        const rounded = roundToFigures(value, figures);
        expect(roundToFigures(rounded, figures).equals(rounded)).toBe(true);
        expect(roundToFigures(value.neg(), figures).equals(rounded.neg())).toBe(true);
        // The last figure that stays is worth so much at most.
        expect(
          rounded
            .sub(value)
            .abs()
            .mul(2)
            .lte(value.mul(new Fraction(10).pow(1 - figures) ?? 0)),
        ).toBe(true);
      }),
    );
  });
});

describe('A number with a unit', () => {
  const units = [
    { unit: 'm/s', factor: '1' },
    { unit: 'km/h', factor: '5/18' },
    { unit: 'м/с', factor: '1' },
  ];
  const speed = { answers: answers({ kind: 'near', value: '10', tolerance: '0' }), units };
  const rows: [object, string, string][] = [
    [{}, '10', '1'],
    [{}, '10 m/s', '1'],
    [{}, '10м/с', '1'],
    [{}, '36 km/h', '1'],
    [{}, '36', '0'],
    [{}, '10 km/h', '0'],
    [{}, '10 M/s', '0'],
    [{}, '10 kg', '0'],
    [{ unitRule: 'required' }, '10', '0'],
    // Moodle's rule, with its penalty of a tenth.
    [{ unitRule: 'required', unitPenalty: '0.1' }, '10', '9/10'],
    [{ unitRule: 'required', unitPenalty: '0.1' }, '10 kg', '9/10'],
    [{ unitRule: 'required', unitPenalty: '0.1' }, '10 km/h', '9/10'],
    [{ unitRule: 'required', unitPenalty: '0.1' }, '36 km/h', '1'],
    [{ unitRule: 'required', unitPenalty: '0.1' }, '36', '0'],
    [{ unitRule: 'required', unitPenalty: '1' }, '10', '0'],
    [{ unitPenalty: '1/3' }, '10 kg', '2/3'],
    [{ unitPenalty: '1/3' }, '10', '1'],
  ];
  test.each(rows)('under the rule %j, answered with %s, earns %s', (rule, text, earned) => {
    expect(share({ ...speed, ...rule }, text)).toBe(earned);
  });

  test.each([
    ['9,81 m/s²', 'm/s^2'],
    ['9.81m/s2', 'm/s²'],
    ['5 µm', 'μm'],
    ['3·10^8 м', 'm'],
    ['12 N·m', 'N*m'],
    ['20 °C', '°C'],
    ['$5', '$'],
    ['1 000 km', 'km'],
  ])('%s is in %s', (text, unit) => {
    expect(readQuantity(text, [{ unit, factor: '1' }])?.factor?.toFraction()).toBe('1');
  });

  test('is the same number whatever the unit that it is converted from', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 999 }), (value, factor) => {
        const metres = [
          { unit: 'm', factor: '1' },
          { unit: 'q', factor: `${factor}/7` },
        ];
        const details = {
          answers: answers({ kind: 'near', value: `${value * factor}`, tolerance: '0' }),
          units: metres,
        };
        expect(share(details, `${value * 7} q`)).toBe('1');
        expect(share(details, `${value * factor} m`)).toBe('1');
      }),
    );
  });

  test.each([
    ['a first unit that is not 1', { units: [{ unit: 'm', factor: '2' }] }],
    ['a factor of nothing', { units: [units[0], { unit: 'q', factor: '0' }] }],
    [
      'a unit twice, once in Cyrillic',
      {
        units: [
          { unit: 'km', factor: '1' },
          { unit: 'км', factor: '2' },
        ],
      },
    ],
    ['a penalty above everything', { units, unitPenalty: '2' }],
    ['a rule and no units', { units: undefined, unitRule: 'required' }],
  ])('is refused with %s', (_, change) => {
    expect(numericDetails.safeParse({ ...speed, ...change }).success).toBe(false);
  });
});

describe('A short text', () => {
  const word = (pattern: string, folding: object) => ({
    answers: [{ pattern, weight: '1', feedback: null }],
    ...folding,
  });
  const rows: [string, string, object, string][] = [
    ['Newton', 'newton', {}, '1'],
    ['Newton', 'newton', { isCaseSensitive: true }, '0'],
    ['Newton', 'Newton', { isCaseSensitive: true }, '1'],
    ['Oʻzbekiston', "O'zbekiston", { isCaseSensitive: true }, '1'],
    // Latin and Cyrillic letters that look alike.
    ['CO', 'СО', {}, '0'],
    ['CO', 'СО', { foldsLookAlikes: true }, '1'],
    ['H2O', 'Н2О', { foldsLookAlikes: true }, '1'],
    ['вода', 'Boдa', { foldsLookAlikes: true }, '1'],
    ['вода', 'Boдa', {}, '0'],
    ['Cu', 'СU', { foldsLookAlikes: true, isCaseSensitive: true }, '0'],
    ['рН', 'pH', { foldsLookAlikes: true, isCaseSensitive: true }, '1'],
    // What a Russian keyboard has in place of a Kyrgyz or an Uzbek letter.
    ['өзгөрүлмө', 'озгорулмо', { foldsLookAlikes: true }, '1'],
    ['өзгөрүлмө', 'озгорулмо', {}, '0'],
    ['теңдеме', 'тендеме', { foldsLookAlikes: true }, '1'],
    ['Тошкент шаҳри', 'тошкент шахри', { foldsLookAlikes: true }, '1'],
    ['қуёш ғор', 'куёш гор', { foldsLookAlikes: true }, '1'],
    ['қуёш', 'куеш', { foldsLookAlikes: true }, '0'],
  ];
  test.each(rows)('%s answered with %s, compared as %j, earns %s', (pattern, text, folding, earned) => {
    const details = shortText.details.parse(word(pattern, folding));
    expect(shortText.mark(details, { text }).fraction.toFraction()).toBe(earned);
  });

  test('folds a letter once and for all, and keeps its case', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'аеорсухікмтвнңөүқғҳўabcехАВ Н’') });
    fc.assert(
      fc.property(letters, fc.boolean(), (text, isCaseSensitive) => {
        const folding = { isCaseSensitive, foldsLookAlikes: true };
        expect(foldText(foldText(text, folding), folding)).toBe(foldText(text, folding));
        expect(latinLookAlikes(text).toLowerCase()).toBe(latinLookAlikes(text.toLowerCase()));
        expect([...latinLookAlikes(text)].length).toBe([...text].length);
      }),
    );
  });
});
