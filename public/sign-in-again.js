// Whether whoever this attempt belongs to is still signed in here: if nobody is, the page shows the way back, and if somebody else is, it
// says whose it is and shows nothing of it. Saving needs nobody, and goes on.
const part = document.querySelector('#sign-in-again');
const content = document.querySelector('main');
const { person, who } = part.dataset;
const [nobody, other] = ['nobody', 'other'].map((one) => part.querySelector(`[data-${one}]`));

let last = 'same';
/** It comes with the page: later there may be no network. */
const asking = import(who).then(
  (module) => module.whoIsHere,
  () => () => undefined,
);

document.addEventListener('visibilitychange', () => document.hidden || void check());
window.addEventListener('online', () => void check());
document.addEventListener('signed-in-here', () => void check());
if ('BroadcastChannel' in window) {
  new BroadcastChannel('mustaqil-session').addEventListener('message', ({ data }) => {
    if (data.person !== person || last !== 'same') void check();
  });
}

/** Who is signed in, as far as this page goes: `same`, `other`, `nobody`; `unknown` where the server does not say. */
export async function check() {
  const whoIsHere = await asking;
  const here = await whoIsHere();
  if (here === undefined) return 'unknown';
  const now = here === null ? 'nobody' : String(here.person) === person ? 'same' : 'other';
  show(now, here);
  return now;
}

function show(now, here) {
  if (now === 'same') {
    for (const field of document.querySelectorAll('input[name=_csrf]')) field.value = here.csrfToken;
  }
  if (now === 'other') {
    for (const place of other.querySelectorAll('[data-text]'))
      place.textContent = place.dataset.text.replace('{name}', here.name ?? part.dataset.nameless);
  }
  content.classList.toggle('is-covered', now === 'other');
  nobody.hidden = now !== 'nobody';
  other.hidden = now !== 'other';
  if (now === last) return;
  last = now;
  document.dispatchEvent(new window.CustomEvent(now === 'same' ? 'signed-in' : 'signed-out'));
}
