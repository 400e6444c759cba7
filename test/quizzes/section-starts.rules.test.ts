// Sections mean the same questions whatever a teacher does with the list.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anchored, counted, following, withKeysOf, type ListedQuestion } from '../../src/quizzes/section-starts.ts';
import { withoutUnready, type QuizStructure } from '../../src/quizzes/structure.ts';

interface Draft {
  structure: QuizStructure;
  list: ListedQuestion[];
}

/** A draft as a line: `B:` before the first question of a section, `-` before a deleted question. */
function draftOf(line: string): Draft {
  const words = line.split(' ');
  const list = words.filter((word) => !word.endsWith(':')).map((word) => questionOf(word));
  const sections = words.flatMap((word, index) => {
    if (!word.endsWith(':')) return [];
    const from = words.slice(0, index).filter((other) => !other.endsWith(':') && !other.startsWith('-')).length + 1;
    return [{ title: word.slice(0, -1), from, isShuffled: true }];
  });
  return { list, structure: anchored({ sections, draws: [] }, list) };
}

const questionOf = (word: string): ListedQuestion => ({ key: word.replace('-', ''), isDeleted: word.startsWith('-') });

/** The same line, without what is deleted. */
function lineOf({ structure, list }: Draft): string {
  const there = list.filter(({ isDeleted }) => !isDeleted);
  const at = (place: number) => structure.sections.filter(({ from }) => from === place).map(({ title }) => `${title}:`);
  const late = structure.sections.filter(({ from }) => from > there.length).map(({ title }) => `${title}:`);
  return [...there.flatMap(({ key }, index) => [...at(index + 1), key]), ...late].join(' ');
}

function changed({ structure }: Draft, list: ListedQuestion[]): Draft {
  return { list, structure: counted(structure, list) };
}

const deleting = (draft: Draft, key: string, isDeleted = true) =>
  changed(
    draft,
    draft.list.map((one) => (one.key === key ? { ...one, isDeleted } : one)),
  );

function moving(draft: Draft, key: string, to: number, isTold = true): Draft {
  const there = draft.list.filter((one) => one.key !== key);
  const list = [...there.slice(0, to), ...draft.list.filter((one) => one.key === key), ...there.slice(to)];
  return { list, structure: following(draft.structure, { before: draft.list, after: list }, isTold ? key : null) };
}

describe('Of a list with two sections', () => {
  test.each([
    ['the second of B goes up', '1 2 B: 3 4', '4', 2, '1 2 B: 4 3'],
    ['the first of B goes up, into the section before', '1 2 B: 3 4', '3', 1, '1 3 2 B: 4'],
    ['the last before B goes down, into B', '1 2 B: 3 4', '2', 2, '1 B: 3 2 4'],
    ['the last of all goes to the front', '1 2 B: 3 4', '4', 0, '4 1 2 B: 3'],
    ['the first of all goes to the end', 'A: 1 2 B: 3 4', '1', 3, 'A: 2 B: 3 4 1'],
    ['sections of one question change places', 'A: 1 B: 2 C: 3', '2', 2, 'A: 1 C: 3 B: 2'],
    ['the first of A goes down in A', 'A: 1 2 B: 3', '1', 1, 'A: 2 1 B: 3'],
  ])('%s', (_what, before, key, to, after) => {
    expect(lineOf(moving(draftOf(before), key, to))).toBe(after);
  });

  test('a deleted question takes its section back when it returns, also if it was the only one', () => {
    const draft = draftOf('A: 1 2 B: 3 4 C: 5');
    const without = deleting(draft, '3');
    expect(lineOf(without)).toBe('A: 1 2 B: 4 C: 5');
    expect(lineOf(deleting(without, '3', false))).toBe(lineOf(draft));
    const all = ['3', '4', '5'].reduce((rest, key) => deleting(rest, key), draft);
    expect(lineOf(all)).toBe('A: 1 2 B: C:');
    expect(lineOf(['5', '4', '3'].reduce((rest, key) => deleting(rest, key, false), all))).toBe(lineOf(draft));
    // While it is gone, others move.
    expect(lineOf(deleting(moving(without, '4', 1), '3', false))).toBe('A: 1 4 2 B: 3 C: 5');
  });

  test('an inserted question is in the section of the one before it', () => {
    const draft = draftOf('A: 1 2 B: 3');
    const { list } = draftOf('1 2 new 3 last');
    expect(lineOf(changed(draft, list))).toBe('A: 1 2 new B: 3 last');
    expect(lineOf({ list, structure: following(draft.structure, { before: draft.list, after: list }) })).toBe(
      'A: 1 2 new B: 3 last',
    );
  });

  test('a text that turns everything round leaves most questions where they were', () => {
    const draft = draftOf('A: 1 2 3 B: 4 5 6');
    const { list } = draftOf('3 2 4 1 6 7 5');
    expect(lineOf({ list, structure: following(draft.structure, { before: draft.list, after: list }) })).toBe(
      'A: 3 2 4 1 B: 6 7 5',
    );
  });
});

test('Whatever is deleted, put back and moved within its section, every question stays in its section', () => {
  const step = fc.record({ kind: fc.constantFrom('delete', 'restore', 'move'), at: fc.nat(7), to: fc.nat(7) });
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }), fc.array(step), (starts, steps) => {
      const list = Array.from({ length: 8 }, (_, index) => questionOf(String(index)));
      const sections = starts
        .sort((one, other) => one - other)
        .map((start) => ({ title: `from ${start}`, from: start + 1, isShuffled: true }));
      const first: Draft = { list, structure: anchored({ sections, draws: [] }, list) };
      const own = (key: string) => starts.findLast((start) => start <= Number(key));
      const last = steps.reduce((draft, { kind, at, to }) => {
        const key = String(at);
        if (kind !== 'move') return deleting(draft, key, kind === 'delete');
        const target = draft.list[to]?.key ?? key;
        const isThere = [key, target].every((one) => draft.list.some((each) => each.key === one && !each.isDeleted));
        return isThere && own(key) === own(target) ? moving(draft, key, to) : draft;
      }, first);
      const there = last.list.filter(({ isDeleted }) => !isDeleted);
      const { sections: shown } = withoutUnready(
        last.structure,
        there.map(() => true),
      );
      there.forEach(({ key }, index) => {
        const section = shown.findLast(({ from }) => from <= index + 1)?.title;
        expect(section).toBe(own(key) === undefined ? undefined : `from ${own(key)}`);
      });
      expect(JSON.stringify(shown)).not.toContain('key');
    }),
  );
});

test('A draft from before counts to the question that it begins with, and so does a copy with other keys', () => {
  const { list } = draftOf('x y z');
  const structure = draftOf('1 B: 2').structure;
  expect(anchored(structure, list).sections.map(({ key }) => key)).toEqual(['y']);
  const late = { draws: [], sections: [{ title: 'Late', from: 4, isShuffled: true }] };
  expect(anchored(late, list)).toEqual(late);
});

test('Settings that are saved as they were shown leave a section the deleted question that it begins with', () => {
  const { structure } = deleting(draftOf('1 B: 2 3'), '2');
  const typed = {
    draws: [],
    sections: structure.sections.map(({ title, from }) => ({ title, from, isShuffled: false })),
  };
  expect(withKeysOf(typed, structure).sections).toEqual([{ title: 'B', from: 2, isShuffled: false, key: '2' }]);
});
