// Which words came and which went between two texts: the longest common sequence, first of lines, then of words within lines.

/** Words that stayed, came or went. */
export interface Span {
  change: 'same' | 'added' | 'removed';
  text: string;
}

/** The longest texts that are compared word by word; beyond, what is between the common beginning and end is replaced as a whole. */
const mostCells = 250_000;

/** Lines of spans that lead from one list of lines to another. */
export function differenceOf(before: readonly string[], after: readonly string[]): Span[][] {
  const steps = shortest(before, after);
  const lines: Span[][] = [];
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (step?.change === 'same') {
      lines.push([{ change: 'same', text: step.item }]);
      index += 1;
      continue;
    }
    const end = steps.findIndex((other, place) => place > index && other.change === 'same');
    const changed = steps.slice(index, end < 0 ? undefined : end);
    const gone = changed.filter(({ change }) => change === 'removed').map(({ item }) => item);
    const come = changed.filter(({ change }) => change === 'added').map(({ item }) => item);
    for (let place = 0; place < Math.max(gone.length, come.length); place += 1) {
      lines.push(wordDifference(gone[place] ?? '', come[place] ?? ''));
    }
    index += changed.length;
  }
  return lines;
}

/** The words of both texts, in one row; spaces belong to the word before them. */
export function wordDifference(before: string, after: string): Span[] {
  const spans: Span[] = [];
  for (const { change, item } of shortest(wordsOf(before), wordsOf(after))) {
    const last = spans.at(-1);
    if (last?.change === change) last.text += item;
    else spans.push({ change, text: item });
  }
  return spans;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}ʻʼ'’‘]+\s*|[^\p{L}\p{N}\p{M}\s]\s*|\s+/gu) ?? [];
}

interface Step {
  change: Span['change'];
  item: string;
}

/** The shortest way from one list to another; what goes stands before what comes. */
function shortest(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const isLeft = () => before.length - end > start && after.length - end > start;
  while (isLeft() && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const same = (items: readonly string[]) => items.map((item): Step => ({ change: 'same', item }));
  const middle = between(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [...same(before.slice(0, start)), ...inGroups(middle), ...same(before.slice(before.length - end))];
}

function between(before: readonly string[], after: readonly string[]): Step[] {
  const replaced = [
    ...before.map((item): Step => ({ change: 'removed', item })),
    ...after.map((item): Step => ({ change: 'added', item })),
  ];
  const width = after.length + 1;
  if (before.length * after.length === 0 || (before.length + 1) * width > mostCells) return replaced;
  // lengths[i * width + j]: of the longest common sequence of what is left from i and from j on.
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const isSame = before[row] === after[column];
      lengths[row * width + column] = isSame
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const steps: Step[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, now] = [before[row], after[column]];
    if (old !== undefined && old === now) {
      steps.push({ change: 'same', item: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (now === undefined || at(row + 1, column) >= at(row, column + 1))) {
      steps.push({ change: 'removed', item: old });
      row += 1;
    } else if (now !== undefined) {
      steps.push({ change: 'added', item: now });
      column += 1;
    }
  }
  return steps;
}

/** Between two that stayed, first all that went and then all that came, so that they read as one replacement. */
function inGroups(steps: readonly Step[]): Step[] {
  const sorted: Step[] = [];
  let come: Step[] = [];
  for (const step of steps) {
    if (step.change === 'added') come.push(step);
    else if (step.change === 'removed') sorted.push(step);
    else {
      sorted.push(...come, step);
      come = [];
    }
  }
  return [...sorted, ...come];
}
