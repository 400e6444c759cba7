// What is said of a grade, whatever state its cell is in.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gradeStatus, type CellState } from '../../src/grades/grade-status.ts';

const triedAt = new Date('2026-11-21T09:00:00Z');

/** Every state that deliveries can leave a cell in. */
const cells = fc
  .record({
    revision: fc.integer({ min: 1, max: 9 }),
    behind: fc.nat(3),
    lastOutcome: fc.constantFrom(null, 'delivered', 'superseded', 'overridden', 'unavailable', 'refused'),
  })
  .map(({ revision, behind, lastOutcome }): CellState => {
    const deliveredRevision = Math.max(0, revision - behind);
    return cell({ revision, deliveredRevision, lastOutcome, lastTriedAt: lastOutcome && triedAt });
  });

test('Nothing is called delivered while the gradebook does not have the newest score', () => {
  fc.assert(
    fc.property(cells, fc.boolean(), (cell, hasColumn) => {
      const isOwed = cell.deliveredRevision < cell.revision;
      const { state } = gradeStatus(cell, hasColumn);
      if (isOwed) expect(['no-column', 'on-its-way', 'waiting']).toContain(state);
      else expect(['delivered', 'superseded', 'overridden', 'refused']).toContain(state);
    }),
  );
});

test.each([
  ['not-gradable', null, true],
  ['not-gradable', null, false],
  ['on-its-way', cell({ deliveredRevision: 0 }), true],
  ['on-its-way', cell({ deliveredRevision: 1, revision: 2, lastOutcome: 'delivered', lastTriedAt: triedAt }), true],
  ['waiting', cell({ deliveredRevision: 0, lastOutcome: 'unavailable', lastTriedAt: triedAt }), true],
  ['no-column', cell({ deliveredRevision: 0, lastOutcome: 'unavailable', lastTriedAt: triedAt }), false],
  ['refused', cell({ lastOutcome: 'refused', lastTriedAt: triedAt }), true],
  ['superseded', cell({ lastOutcome: 'superseded', lastTriedAt: triedAt }), true],
  ['delivered', cell({ lastOutcome: 'delivered', lastTriedAt: triedAt }), true],
  ['delivered', cell({ lastOutcome: 'delivered', lastTriedAt: triedAt }), false],
] as const)('%s: %j, with a column: %s', (state, given, hasColumn) => {
  expect(gradeStatus(given, hasColumn)).toMatchObject(state === 'delivered' ? { state, at: triedAt } : { state });
});

function cell(changes: Partial<CellState>): CellState {
  return {
    ...{ basis: 'attempts', revision: 1, deliveredRevision: 1, owedSince: null },
    ...{ wanted: null, confirmed: null, there: null, thereReadAt: null },
    ...{ lastOutcome: null, lastCause: null, lastTriedAt: null },
    ...changes,
  };
}
