// The grid of marks by keyboard: keys move between cells, a block from a spreadsheet is pasted, and what was done can be undone.
// The page works without; marks-saving.js saves what changes here.
const form = document.querySelector('#marks');
const [undoButton, redoButton] = [form.querySelector('[data-undo]'), form.querySelector('[data-redo]')];
const leftOver = form.querySelector('[data-left-over]');
const details = form.querySelector('[data-details]');
/** Cells by row, only those that can be typed in. */
const rows = [...form.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td input')]);

/** What was done, and what was undone: each the cells that changed at once. */
const done = [];
const undone = [];
/** What is being typed in the cell that has the focus. */
let typing = null;

for (const hidden of form.querySelectorAll('[data-with-script]')) hidden.hidden = false;

form.addEventListener('focusin', ({ target }) => {
  if (!isCell(target)) return;
  typing = { cell: target, before: target.value };
  target.select();
  const { row, column } = placeOf(target);
  const head = form.querySelectorAll('thead th[data-key]')[column];
  details.hidden = !head;
  const sitting = head && head.dataset.sitting !== '1' ? `?sitting=${head.dataset.sitting}` : '';
  if (head) {
    const person = form.querySelectorAll('tbody tr')[row].dataset.person;
    details.href = `${form.dataset.address}/${head.dataset.key}/${person}${sitting}`;
  }
});
form.addEventListener('focusout', ({ target }) => {
  if (isCell(target)) keepTyping();
});

form.addEventListener('keydown', (event) => {
  const { key, target, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event;
  if (!isCell(target) || isComposing || altKey) return;
  if (ctrlKey || metaKey) {
    const letter = key.toLowerCase();
    if (letter !== 'z' && letter !== 'y') return;
    event.preventDefault();
    keepTyping();
    if (letter === 'y' || shiftKey) redo();
    else undo();
    return;
  }
  const step = stepFor(key, target, shiftKey);
  if (!step) return;
  event.preventDefault();
  const { row, column } = placeOf(target);
  rows[row + step.row]?.[column + step.column]?.focus();
});

form.addEventListener('paste', (event) => {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!isCell(event.target) || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ''))) return;
  event.preventDefault();
  keepTyping();
  const { row, column } = placeOf(event.target);
  const changes = [];
  const outside = [];
  blockIn(text).forEach((line, down) =>
    line.forEach((value, right) => {
      // An empty cell of a spreadsheet takes nobody's mark back.
      if (value.trim() === '') return;
      const cell = rows[row + down]?.[column + right];
      if (cell) changes.push({ cell, before: cell.value, after: value.trim() });
      else outside.push(value.trim());
    }),
  );
  leftOver.hidden = outside.length === 0;
  leftOver.textContent = `${form.dataset.leftOver} ${outside.join(', ')}`;
  apply(changes, 'after');
  note(changes);
  typing = { cell: event.target, before: event.target.value };
});

undoButton.addEventListener('click', undo);
redoButton.addEventListener('click', redo);

function isCell(target) {
  return target.matches?.('td input');
}

function placeOf(cell) {
  const row = rows.findIndex((cells) => cells.includes(cell));
  return { row, column: rows[row].indexOf(cell) };
}

/** Sideways only from the end of what is typed, or where all of it is chosen. */
function stepFor(key, { selectionStart, selectionEnd, value }, isBack) {
  const isAll = selectionStart === 0 && selectionEnd === value.length;
  switch (key) {
    case 'ArrowDown':
      return { row: 1, column: 0 };
    case 'ArrowUp':
      return { row: -1, column: 0 };
    case 'Enter':
      return { row: isBack ? -1 : 1, column: 0 };
    case 'ArrowRight':
      return !isBack && (isAll || selectionStart === value.length) ? { row: 0, column: 1 } : null;
    case 'ArrowLeft':
      return !isBack && (isAll || selectionEnd === 0) ? { row: 0, column: -1 } : null;
    default:
      return null;
  }
}

/** Lines of cells, as spreadsheets copy them: a cell with a tab, a line or a quotation mark in it stands in quotation marks. */
function blockIn(text) {
  const lines = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/g,
  )) {
    lines.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== '\t') lines.push([]);
  }
  return lines;
}

/** What was typed in the cell so far becomes one thing to be undone. */
function keepTyping() {
  if (!typing) return;
  const { cell, before } = typing;
  if (cell.value !== before) note([{ cell, before, after: cell.value }]);
  typing = { cell, before: cell.value };
}

function note(changes) {
  const real = changes.filter(({ before, after }) => before !== after);
  if (real.length === 0) return;
  done.push(real);
  undone.length = 0;
  showButtons();
}

function undo() {
  move(done, undone, 'before');
}

function redo() {
  move(undone, done, 'after');
}

function move(from, to, which) {
  const changes = from.pop();
  if (!changes) return;
  to.push(changes);
  apply(changes, which);
  changes[0].cell.focus();
  typing = { cell: changes[0].cell, before: changes[0].cell.value };
  showButtons();
}

function apply(changes, which) {
  for (const { cell, [which]: value } of changes) {
    cell.value = value;
    cell.dispatchEvent(new window.Event('input', { bubbles: true }));
    cell.dispatchEvent(new window.Event('change', { bubbles: true }));
  }
}

function showButtons() {
  undoButton.disabled = done.length === 0;
  redoButton.disabled = undone.length === 0;
}
