// What is said of a gradebook column, whatever state it is in.
import { expect, test } from '@jest/globals';
import { columnStatus, ownRefusals, type ColumnFacts } from '../../src/grades/column-status.ts';
import { lineItemScope } from '../../src/lti/line-items.ts';

const url = 'https://lms.example/lineitems';
const offered = { lineItemUrl: null, lineItemsUrl: url, gradebookScopes: [lineItemScope], column: null };
const asked = { isWanted: true, revision: 1, settledRevision: 0, lastOutcome: null, lastDetail: null };

function column(changes: Partial<NonNullable<ColumnFacts['column']>>): ColumnFacts {
  return { ...offered, column: { ...asked, ...changes } };
}

const refused = { settledRevision: 1, lastOutcome: 'refused', lastDetail: '403 No' } as const;

test.each<[string, ColumnFacts]>([
  ['possible', offered],
  ['not-offered', { ...offered, lineItemsUrl: null }],
  ['not-offered', { ...offered, gradebookScopes: [] }],
  ['present', { ...offered, lineItemUrl: `${url}/1` }],
  ['being-made', column({})],
  ['being-made', column({ revision: 2, settledRevision: 1, lastOutcome: 'refused', lastDetail: '403 No' })],
  ['waiting', column({ lastOutcome: 'unavailable' })],
  ['refused', column(refused)],
  ['not-offered', { ...column(refused), gradebookScopes: [] }],
  ['possible', column({ isWanted: false, settledRevision: 1, lastOutcome: 'settled' })],
  ['outdated', { ...column({ ...refused, isWanted: false }), lineItemUrl: `${url}/1` }],
  ['present', { ...column({ ...refused, revision: 2 }), lineItemUrl: `${url}/1` }],
])('%s: %j', (state, facts) => {
  const said = ['refused', 'outdated'].includes(state) ? { said: '403 No' } : {};
  expect(columnStatus(facts, true)).toEqual({ state, ...said });
});

test('A quiz without points has nothing to make a column for', () => {
  expect(columnStatus(offered, false)).toEqual({ state: 'nothing-to-grade' });
});

test.each(ownRefusals)('That we did not even ask (%s) is never put into the mouth of the LMS', (code) => {
  const facts = column({ ...refused, lastDetail: code });
  expect(columnStatus(facts, true)).toEqual({ state: 'possible' });
  expect(columnStatus({ ...facts, lineItemUrl: url }, true)).toEqual({ state: 'present' });
});
