// The rules of a course in their form: the same rules come out, and what makes no rules is told at its field.
import { describe, expect, test } from '@jest/globals';
import { policyToForm, readPolicy } from '../../src/credits/plan-editor/typed-policy.ts';
import { policyPresets } from '../../src/credits/policy.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import type { TypedForm } from '../../src/questions/forms/typed-form.ts';

test.each(policyPresets.map((preset) => [preset]))(
  'the rules of %s, shown in their form and read again, are the same',
  (preset) => {
    expect(readPolicy(policyToForm(presetPolicies[preset]))).toEqual({ rules: presetPolicies[preset], faults: [] });
  },
);

const form = policyToForm(presetPolicies.uz);

describe('a teacher is told', () => {
  test.each<[string, Partial<TypedForm['values']>, [string, string][]]>([
    ['of rules without a name', { name: ' ' }, [['name', 'empty']]],
    ['of a share above all', { passPercent: '160' }, [['passPercent', 'not-percent']]],
    ['of hours out of order', { hoursUsual: '35' }, [['hoursUsual', 'hours-out-of-order']]],
    ['of shares out of order', { contactLeast: '50', contactMost: '40' }, [['contactMost', 'contact-out-of-order']]],
    ['of controls that are not all points', { totalPoints: '90' }, [['controls', 'controls-total']]],
    ['of more sittings than there are sheets', { sittings: '6' }, [['sittings', 'not-whole']]],
  ])('%s', (_, values, expected) => {
    const { rules, faults } = readPolicy({ ...form, values: { ...form.values, ...values } as TypedForm['values'] });
    expect(rules).toBeNull();
    expect(faults.map(({ field, code }) => [field, code])).toEqual(expected);
  });

  test.each<[string, [string, string][]]>([
    [
      'a gap below the last grade',
      [
        ['5', '90'],
        ['2', '10'],
      ],
    ],
    [
      'grades out of order',
      [
        ['3', '60'],
        ['5', '90'],
        ['2', '0'],
      ],
    ],
    [
      'two grades from one bound',
      [
        ['5', '60'],
        ['4', '60'],
        ['2', '0'],
      ],
    ],
  ])('of %s', (_, bands) => {
    const rows = bands.map(([grade, fromPercent]) => ({ grade, fromPercent, gradePoints: '' }));
    const { rules, faults } = readPolicy({ ...form, rows: { ...form.rows, bands: rows } });
    expect(rules).toBeNull();
    expect(faults.map(({ field, code }) => [field, code])).toEqual([['bands', 'bands-out-of-order']]);
  });
});

test('an empty field means that there is no such rule', () => {
  const values = {
    ...form.values,
    admissionPercent: '',
    absencePercent: '',
    threshold: '',
    contactLeast: '',
    contactMost: '',
  };
  const { rules } = readPolicy({ ...form, values });
  expect(rules).toMatchObject({
    admissionPercent: null,
    absencePercent: null,
    contactPercent: null,
    gpa: { threshold: null },
  });
});
