// Hands the device over: what this browser has not sent goes first, and what cannot go stays behind sealed. Without this script the form
// signs out all the same. And wherever somebody else signs in, a page
// of a learner's attempts closes, and any other says so, for something may have been typed there; where somebody signs out, all close.
const form = document.querySelector('form[data-hand-over]');
const button = form.querySelector('button');
const content = document.querySelector('main');
const said = form.querySelector('[role=status]');
const { person, store, send, who } = form.dataset;

const sendingMs = 10_000;
/** A first request after a connection has come back often fails still. */
const againMs = 5000;
/** An attempt, and what comes of it, or the list of one's own. */
const isOfLearner = /^\/attempts\/|\/attempts$/;
const note = Object.assign(document.createElement('p'), { className: 'notice', textContent: form.dataset.other });
note.setAttribute('role', 'status');
let isWarned = false;
let isClosed = false;
/** Whether what could not be sent outlives this page. */
let isKept = true;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void handOver();
});
window.addEventListener('online', () => isClosed && void handOver());
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && navigator.onLine) location.reload();
});

if ('BroadcastChannel' in window) {
  const channel = new BroadcastChannel('mustaqil-session');
  channel.addEventListener('message', ({ data }) => {
    // An open attempt says itself whose it is (sign-in-again.js).
    if (document.querySelector('#sign-in-again')) return;
    if (data.person === person) note.remove();
    else if (data.person === null || isOfLearner.test(location.pathname)) location.replace('/session');
    else content.prepend(note);
  });
  channel.postMessage({ person });
}

async function handOver() {
  button.disabled = true;
  content.hidden = !isClosed;
  say('sending');
  try {
    const [{ openStore }, { createSender }, { whoIsHere }] = await Promise.all(
      [store, send, who].map((one) => import(one)),
    );
    const kept = await openStore();
    if (await isSent(() => createSender({ store: kept }).flush())) await signOut(kept, await whoIsHere());
  } catch {
    // Not even our own scripts arrive.
    close();
  }
  button.disabled = false;
}

/** Whether everything has been sent, or whoever leaves knows what has not. @param sendAll for pages without a journal of their own */
async function isSent(sendAll) {
  const journals = [];
  document.dispatchEvent(new window.CustomEvent('hand-over', { detail: { journals } }));
  isKept &&= journals.every(({ isLasting }) => isLasting());
  await Promise.all(journals.map(({ write }) => write()));
  await Promise.race([
    Promise.all(journals.length > 0 ? journals.map(({ flush }) => flush()) : [sendAll()]),
    later(sendingMs),
  ]);
  for (const { countUnsent, isLasting } of isWarned ? [] : journals) {
    const number = await countUnsent();
    if (number === 0) continue;
    isWarned = true;
    content.hidden = false;
    for (const { stay } of journals) stay();
    say(isLasting() ? 'kept' : 'lost', number);
    document.dispatchEvent(new window.CustomEvent('offer-rescue'));
    return false;
  }
  return true;
}

async function signOut(kept, here) {
  if (here === undefined) {
    close();
    return;
  }
  // Whoever signed in meanwhile stays signed in.
  if (here !== null && String(here.person) !== person) {
    location.replace('/session');
    return;
  }
  await kept.forget(person);
  try {
    window.sessionStorage.clear();
  } catch {
    // A browser that lends no storage has kept nothing in it.
  }
  if (here !== null) form.elements._csrf.value = here.csrfToken;
  form.submit();
}

/** To sign out is beyond a page without a connection, but it can show nothing any more. */
function close() {
  isClosed = true;
  const title = Object.assign(document.createElement('h1'), { textContent: button.textContent });
  document.title = button.textContent;
  content.replaceChildren(title, form);
  content.hidden = false;
  document.querySelector('.you').textContent = '';
  say(isKept ? 'closed' : 'closedUnkept');
  if (navigator.onLine) void later(againMs).then(handOver);
}

function say(what, number) {
  said.textContent = form.dataset[what].replace('{number}', number);
}

function later(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
