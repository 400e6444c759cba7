// Saves the marks of the grid as their cells are left, some at a time, and keeps what is not saved yet across a reload. Without it
// the form saves everything when it is sent.
const form = document.querySelector('#marks');
const state = form.querySelector('[data-save-state]');

const retryMs = 3000;
const timeoutMs = 15_000;
const mostAtOnce = 400;
/** The most that browsers send on after the page has gone. */
const keepaliveLength = 60_000;
/** Of this person on this page of this course; for as long as the window is open. */
const drawer = `marks ${form.dataset.person} ${form.action}`;

/** Cells to be saved. */
const changed = new Set();
/** Cells whose text was refused: they wait for another one. */
const refused = new Set(form.querySelectorAll('td input[aria-invalid]'));
/** Cells that are on their way, with what is sent of them. */
let sent = new Map();
let timer;
let trouble = null;

takeFromDrawer();
say();

form.addEventListener('input', ({ target }) => {
  if (!isCell(target)) return;
  target.dataset.typed = '';
  refused.delete(target);
  putIntoDrawer();
});
form.addEventListener('change', ({ target }) => {
  if (isCell(target)) queue(target);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  for (const cell of form.querySelectorAll('td input[data-typed]')) changed.add(cell);
  void save();
});
window.addEventListener('online', () => void save());
window.addEventListener('pagehide', () => {
  takeTyped();
  void save();
});
window.addEventListener('beforeunload', (event) => {
  takeTyped();
  if (changed.size + sent.size > 0) event.preventDefault();
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

/** Also what is being typed in a cell that nobody has left yet; what was refused waits for another text. */
function takeTyped() {
  for (const cell of form.querySelectorAll('td input[data-typed]')) if (!refused.has(cell)) changed.add(cell);
}

function isCell(target) {
  return target.matches('td input');
}

function queue(cell) {
  cell.dataset.typed = '';
  changed.add(cell);
  refused.delete(cell);
  say();
  putIntoDrawer();
  clearTimeout(timer);
  // What is pasted changes many cells one after the other.
  timer = setTimeout(() => void save(), 50);
}

async function save() {
  // One request at a time: of two for one cell the later would not know of the earlier.
  if (sent.size > 0 || changed.size === 0) return;
  clearTimeout(timer);
  const cells = [...changed].slice(0, mostAtOnce);
  sent = new Map(cells.map((cell) => [cell.name, { cell, text: cell.value }]));
  for (const cell of cells) changed.delete(cell);
  say();
  const answer = await send();
  if (answer) show(answer);
  else for (const { cell } of sent.values()) changed.add(cell);
  sent = new Map();
  say();
  putIntoDrawer();
  if (changed.size > 0) timer = setTimeout(() => void save(), answer ? 0 : retryMs);
}

/** Resolves to what became of the cells; null if nobody knows. */
async function send() {
  const hanging = new AbortController();
  const deadline = setTimeout(() => hanging.abort(), timeoutMs);
  const body = new URLSearchParams([...sent].map(([name, { text }]) => [name, text])).toString();
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-CSRF-Token': form.elements._csrf.value,
      },
      body,
      keepalive: body.length < keepaliveLength,
      signal: hanging.signal,
    });
    trouble = answer.ok ? null : [401, 403, 404].includes(answer.status) ? 'signedOut' : 'failed';
    return answer.ok ? await answer.json() : null;
  } catch {
    trouble = 'failed';
    return null;
  } finally {
    clearTimeout(deadline);
  }
}

function show({ cells, sums }) {
  for (const { name, now, message } of cells) {
    const was = sent.get(name);
    if (!was) continue;
    const { cell, text } = was;
    // What was typed since then is another text, on top of what is saved now.
    const isNewer = cell.value !== text;
    if (now) {
      cell.name = nameWith(name, now.seen);
      if (!isNewer) settle(cell, now.text);
      else changed.add(cell);
    } else if (!isNewer) refuse(cell, message);
  }
  for (const { personId, sum } of sums) {
    const place = form.querySelector(`tr[data-person="${personId}"] [data-sum]`);
    if (place) place.textContent = sum;
  }
}

/** The cell shows what is saved. */
function settle(cell, text) {
  cell.value = text;
  delete cell.dataset.typed;
  refused.delete(cell);
  cell.removeAttribute('aria-invalid');
  cell.removeAttribute('aria-describedby');
  cell.parentElement.querySelector('.cell-said')?.remove();
}

/** The cell keeps what was typed, and says what is wrong with it. */
function refuse(cell, { text, theirs }) {
  settle(cell, cell.value);
  cell.dataset.typed = '';
  refused.add(cell);
  const said = document.createElement('span');
  said.className = 'cell-said';
  said.id = `said-${cell.name}`;
  said.textContent = text;
  if (theirs) {
    const { take, keep } = form.dataset;
    said.append(
      button(take, () => {
        cell.name = nameWith(cell.name, theirs.seen);
        settle(cell, theirs.text);
      }),
      button(keep, () => {
        cell.name = nameWith(cell.name, theirs.seen);
        queue(cell);
      }),
    );
  }
  cell.parentElement.append(said);
  cell.setAttribute('aria-invalid', 'true');
  cell.setAttribute('aria-describedby', said.id);
}

function button(words, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = words;
  made.addEventListener('click', (event) => {
    const cell = event.target.closest('td').querySelector('input');
    act();
    cell.focus();
    say();
    putIntoDrawer();
  });
  return made;
}

/** The name of a cell says how much of it was seen: `m.person.sitting.seen.activity`. */
function nameWith(name, seen) {
  const parts = name.split('.');
  parts[3] = String(seen);
  return parts.join('.');
}

function placeIn(name) {
  return nameWith(name, 0);
}

/** What is typed and not saved, for a page that is loaded again. */
function putIntoDrawer() {
  const typed = [...form.querySelectorAll('td input[data-typed]')].map(({ name, value }) => [name, value]);
  try {
    if (typed.length > 0) window.sessionStorage.setItem(drawer, JSON.stringify(typed));
    else window.sessionStorage.removeItem(drawer);
  } catch {
    // A browser that keeps nothing: leaving the page asks first.
  }
}

function inDrawer() {
  try {
    return JSON.parse(window.sessionStorage.getItem(drawer) ?? '[]');
  } catch {
    return [];
  }
}

function takeFromDrawer() {
  const typed = inDrawer();
  const cells = new Map([...form.querySelectorAll('td input')].map((cell) => [placeIn(cell.name), cell]));
  for (const [name, value] of typed) {
    const cell = cells.get(placeIn(name));
    if (!cell || cell.value === value) continue;
    cell.value = value;
    // What was seen when it was typed, so that somebody else's mark is not overwritten unseen.
    cell.name = name;
    queue(cell);
  }
  putIntoDrawer();
}

function say() {
  const what =
    trouble ??
    (changed.size + sent.size > 0 ? 'saving' : refused.size > 0 ? 'refused' : state.dataset.state ? 'saved' : 'ready');
  state.textContent = form.dataset[what];
  state.dataset.state = what === 'ready' ? '' : what;
}
