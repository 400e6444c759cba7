// Saves each answer as it is given. The page works without: its form saves everything when it is sent.
const form = document.querySelector('#attempt');
const state = document.querySelector('[data-save-state]');
const answered = document.querySelector('[data-answered]');
const progress = form.querySelector('progress');

const retryMs = 3000;
const typingMs = 800;

/** Names of questions that changed since they were last saved. */
const changed = new Set();
let isSaving = false;
let timer;

say('ready');
form.addEventListener('change', (event) => note(event.target, 0));
form.addEventListener('input', (event) => note(event.target, typingMs));

window.addEventListener('beforeunload', (event) => {
  if (changed.size > 0 && !form.dataset.isLeaving) event.preventDefault();
});
form.addEventListener('submit', () => {
  clearTimeout(timer);
  form.dataset.isLeaving = 'yes';
});

function note(input, delayMs) {
  const question = input.name?.split('.')[0];
  if (!question?.startsWith('q')) return;
  changed.add(question);
  countAnswered();
  clearTimeout(timer);
  timer = setTimeout(save, delayMs);
}

async function save() {
  // One request at a time: answers arrive in the order they were given.
  if (isSaving || changed.size === 0) return;
  isSaving = true;
  const saving = [...changed];
  changed.clear();
  say('saving');
  const outcome = await send(saving);
  isSaving = false;
  if (outcome === 'saved') {
    if (changed.size > 0) await save();
    else say('saved');
    return;
  }
  saving.forEach((question) => changed.add(question));
  say(outcome);
  clearTimeout(timer);
  timer = setTimeout(save, retryMs);
}

async function send(questions) {
  const body = new URLSearchParams();
  for (const question of questions) body.append('question', question);
  for (const [name, value] of new FormData(form)) {
    if (questions.includes(name.split('.')[0])) body.append(name, value);
  }
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-CSRF-Token': form.elements._csrf.value },
      body,
    });
    if (answer.ok) return 'saved';
    if (answer.status === 401 || answer.status === 403) return 'signedOut';
    // Handed in elsewhere meanwhile: this page shows the result now.
    if (answer.status === 409) location.replace(location.href);
    return 'failed';
  } catch {
    return 'failed';
  }
}

function say(what) {
  state.textContent = form.dataset[what];
  state.dataset.state = what;
}

function countAnswered() {
  const data = new FormData(form);
  const given = new Set();
  for (const [name, value] of data) {
    if (/^q\d/.test(name) && String(value).trim() !== '') given.add(name.split('.')[0]);
  }
  progress.value = given.size;
  answered.textContent = answered.dataset.answered.replace('{answered}', given.size);
}
