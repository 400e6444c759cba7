// Keeps a draft while it is typed and shows what comes of it: a question as students will see it, the sums of a plan. The page works
// without: its buttons save and show.
const form = document.querySelector('form[data-typing]');
const said = form.querySelector('[data-save-state]');
const pane = document.querySelector('[data-pane]');
/** What could not be sent is kept under the page's address, until it can. */
const keptAs = `draft:${location.pathname}`;

const typingMs = 700;
const retryMs = 15_000;

let timer;
/** How often what comes of it was drawn. */
let drawn = 0;
/** Whether something was typed that is not saved yet. */
let isChanged = false;
let isLeaving = false;
/** The save under way. */
let flight = null;

for (const button of form.querySelectorAll('[data-without-script]')) button.hidden = true;
form.querySelector('[autofocus]')?.focus();
form.addEventListener('input', () => note(typingMs));
form.addEventListener('change', () => note(0));
window.addEventListener('online', save);
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
window.addEventListener('beforeunload', (event) => {
  if (isChanged && !isLeaving && !kept()) event.preventDefault();
});
form.addEventListener('submit', (event) => {
  if (isLeaving) return;
  clearTimeout(timer);
  if (!flight && event.submitter?.name !== 'step') {
    isLeaving = true;
    return;
  }
  event.preventDefault();
  void submit(event.submitter);
});
void sendKept();
runScript();

function note(delayMs) {
  isChanged = true;
  clearTimeout(timer);
  timer = setTimeout(save, delayMs);
}

async function submit(button) {
  // The save under way must arrive first, or the form would be taken for another's.
  await flight;
  if (button?.name === 'step') {
    await takeStep(button);
    return;
  }
  isLeaving = true;
  form.requestSubmit(button);
}

/** Saves what stands in the form; at most one save at a time. */
function save() {
  flight ??= send().finally(() => {
    flight = null;
  });
  return flight;
}

async function send() {
  if (!isChanged || isLeaving) return;
  isChanged = false;
  const body = bodyOf();
  say(form.dataset.typing);
  const answer = await post(body);
  if (answer === null) {
    isChanged = true;
    keep(body);
    say(form.dataset.offline);
    clearTimeout(timer);
    timer = setTimeout(save, retryMs);
    return;
  }
  if (!answer.ok) {
    // Refused: the form says why when it is sent as a whole, and everything stays in it.
    isChanged = true;
    say(answer.said ?? form.dataset.stale);
    return;
  }
  forget();
  form.elements.revision.value = answer.revision;
  redraw(answer.pane);
  say(answer.said);
  if (isChanged) note(typingMs);
}

/** Shows what comes of it anew, and has its script, if it has one, work on it: a module runs once, so each time it gets an address of its own. */
function redraw(html) {
  pane.innerHTML = html;
  runScript();
}

function runScript() {
  const { script } = pane.querySelector('[data-script]')?.dataset ?? {};
  drawn += 1;
  if (script) import(`${script}&drawn=${drawn}`);
}

/** The server's answer; null if there is no connection. */
async function post(body) {
  try {
    const response = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
    const answer = await response.json().catch(() => ({}));
    return { ok: response.ok, said: answer.message, ...answer };
  } catch {
    return null;
  }
}

/** One row more, less or moved: the server makes the fields anew, and the person goes on in the row they worked on. */
async function takeStep(button) {
  const body = bodyOf();
  body.set('step', button.value);
  try {
    const response = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fields = page.querySelector('[data-fields]');
    if (!response.ok || !fields) throw new Error('refused');
    form.querySelector('[data-fields]').replaceWith(fields);
    form.elements.revision.value = page.querySelector('[name=revision]').value;
    redraw(page.querySelector('[data-pane]').innerHTML);
    isChanged = false;
    (fields.querySelector('[autofocus]') ?? fields.querySelector(`[id="${button.value.split(' ')[1]}"]`))?.focus();
  } catch {
    // The whole page says what is the matter.
    isLeaving = true;
    form.requestSubmit(button);
  }
}

/** What was kept here without a connection is sent as the form that it was; if it came too late, the page shows both. */
async function sendKept() {
  const body = kept();
  if (!body) return;
  const answer = await post(new URLSearchParams(body));
  if (answer === null) return;
  forget();
  if (answer.ok) {
    location.reload();
    return;
  }
  const again = document.createElement('form');
  again.method = 'post';
  again.action = form.action;
  for (const [name, value] of new URLSearchParams(body)) {
    const field = document.createElement('textarea');
    field.name = name;
    field.value = name === '_csrf' ? form.elements._csrf.value : value;
    again.append(field);
  }
  again.hidden = true;
  document.body.append(again);
  again.submit();
}

function bodyOf() {
  return new URLSearchParams(new FormData(form));
}

function keep(body) {
  try {
    localStorage.setItem(keptAs, body.toString());
  } catch {
    // Without storage the page itself keeps it, and warns before it is left.
  }
}

function kept() {
  try {
    return localStorage.getItem(keptAs);
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(keptAs);
  } catch {
    // Nothing was kept.
  }
}

function say(words) {
  said.textContent = words;
}
