// Saves each answer as it is given. The page works without: its form saves everything when it is sent.
const form = document.querySelector('#attempt');
const state = document.querySelector('[data-save-state]');
const answered = document.querySelector('[data-answered]');
const progress = form.querySelector('.bar progress');

const retryMs = 3000;
const typingMs = 800;
const timeoutMs = 10_000;
/** The most that browsers send on after the page has gone. */
const keepaliveLength = 60_000;

/** Names of questions that changed since they were last saved. */
const changed = new Set();
/** Names of questions that are on their way. */
let saving = [];
/** The save under way. */
let flight = Promise.resolve();
let isLeaving = false;
let timer;

say('ready');
form.addEventListener('change', (event) => note(event.target, 0));
form.addEventListener('input', (event) => note(event.target, typingMs));
form.addEventListener('files-changed', countAnswered);
window.addEventListener('online', save);

window.addEventListener('beforeunload', (event) => {
  if (!isLeaving && isUnsaved()) event.preventDefault();
});
form.addEventListener('submit', async (event) => {
  if (saving.length > 0) {
    // A save that arrives after the form would bring back an older answer.
    event.preventDefault();
    isLeaving = true;
    await flight;
    form.requestSubmit(event.submitter);
    return;
  }
  isLeaving = true;
  clearTimeout(timer);
  // The form says for each question what the page first showed, so that it changes only what was changed on it. What is not
  // yet saved was, even if it is by now as it was at first.
  for (const question of [...changed, ...saving]) form.elements[`${question}.shown`]?.remove();
});

window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

function isUnsaved() {
  return changed.size > 0 || saving.length > 0;
}

function note(input, delayMs) {
  // A file is kept by itself (answer-files.js).
  if (input.type === 'file') return;
  const question = input.name?.split('.')[0];
  if (!question?.startsWith('q')) return;
  changed.add(question);
  say('saving');
  countAnswered();
  clearTimeout(timer);
  timer = setTimeout(save, delayMs);
}

async function save() {
  // One request at a time: answers arrive in the order they were given.
  if (saving.length > 0 || changed.size === 0 || isLeaving) return;
  saving = [...changed];
  changed.clear();
  say('saving');
  const sending = send(saving);
  flight = sending;
  const outcome = await sending;
  if (outcome !== 'saved') saving.forEach((question) => changed.add(question));
  saving = [];
  if (outcome === 'over') {
    // Handed in elsewhere meanwhile: the address of this page, without its place on the page, shows the result now.
    isLeaving = true;
    location.replace(location.pathname);
  } else if (outcome === 'saved' && changed.size > 0) {
    await save();
  } else {
    say(outcome);
    clearTimeout(timer);
    if (outcome !== 'saved') timer = setTimeout(save, retryMs);
  }
}

async function send(questions) {
  const hanging = new AbortController();
  const deadline = setTimeout(() => hanging.abort(), timeoutMs);
  const body = new URLSearchParams();
  for (const question of questions) body.append('question', question);
  for (const [name, value] of new FormData(form)) {
    if (questions.includes(name.split('.')[0]) && !name.endsWith('.shown') && typeof value === 'string')
      body.append(name, value);
  }
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-CSRF-Token': form.elements._csrf.value },
      body,
      keepalive: body.toString().length < keepaliveLength,
      signal: hanging.signal,
    });
    if (answer.ok) {
      const left = await answer.json();
      if ('secondsLeft' in left) document.dispatchEvent(new window.CustomEvent('time-left', { detail: left }));
      return 'saved';
    }
    if ([401, 403, 404].includes(answer.status)) return 'signedOut';
    return answer.status === 409 ? 'over' : 'failed';
  } catch {
    return 'failed';
  } finally {
    clearTimeout(deadline);
  }
}

function say(what) {
  state.textContent = form.dataset[what];
  state.dataset.state = what;
}

function countAnswered() {
  const given = new Set();
  for (const [name, value] of new FormData(form)) {
    if (/^q\d+(\.\d+)?$/.test(name) && String(value).trim() !== '') given.add(name.split('.')[0]);
  }
  for (const box of form.querySelectorAll('[data-files]')) {
    if (box.querySelector('[data-list] > li')) given.add(box.dataset.files);
  }
  // What was checked and closed has no fields any more.
  const count = given.size + Number(progress.dataset.closed);
  progress.value = count;
  answered.textContent = answered.dataset.answered.replace('{answered}', count);
}
