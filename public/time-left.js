// Shows what is left of an attempt, by the server's clock. When that is over, and the server says so too, sends the page as it is.
const clock = document.querySelector('[data-time-left]');
const said = document.querySelector('[data-time-said]');
const form = document.getElementById(clock.dataset.form);

const minuteMs = 60_000;
const retryMs = 3000;
const timeoutMs = 10_000;

/** By this device's clock, which may be wrong but goes as fast as any. */
let endsAt;
let timer;
let isAsking = false;
/** Once is enough: what came a second time would come too late. */
let isSent = false;

form.addEventListener('submit', () => {
  isSent = true;
});
document.addEventListener('time-left', ({ detail }) => set(detail));
// A device that slept may have missed more time being given.
document.addEventListener('visibilitychange', async () => {
  if (document.hidden || isAsking) return;
  const left = await ask();
  if (left) set(left);
});
set({ secondsLeft: Number(clock.dataset.seconds), until: clock.dataset.until });

/** @param left as the server says it: `secondsLeft`, and `until` when that is in words */
function set({ secondsLeft, until }) {
  endsAt = Date.now() + secondsLeft * 1000;
  if (until) clock.dataset.until = until;
  show();
}

function show() {
  clearTimeout(timer);
  const leftMs = endsAt - Date.now();
  if (leftMs <= 0) {
    void end();
    return;
  }
  const minutes = Math.ceil(leftMs / minuteMs);
  const words = minutes < 60 ? clock.dataset.minutesLeft : clock.dataset.hoursLeft;
  clock.textContent = words
    .replace('{until}', clock.dataset.until)
    .replace('{hours}', Math.floor(minutes / 60))
    .replace('{minutes}', minutes % 60);
  timer = setTimeout(show, leftMs % minuteMs || minuteMs);
  // Only when it changes: what is set again may be read out again.
  const saying = clock.dataset[`say-${minutes}`] ?? '';
  if (said.textContent !== saying) said.textContent = saying;
}

async function end() {
  if (isAsking || isSent) return;
  isAsking = true;
  clock.textContent = clock.dataset.over;
  const left = await ask();
  isAsking = false;
  if (isSent) return;
  if (!left) timer = setTimeout(end, retryMs);
  else if (left.secondsLeft > 0) set(left);
  else form.requestSubmit();
}

/** What is left, as an answer to no question says it; null if the server cannot be asked just now. What it refuses is over. */
async function ask() {
  const hanging = new AbortController();
  const deadline = setTimeout(() => hanging.abort(), timeoutMs);
  try {
    const answer = await fetch(clock.dataset.timeLeft, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-CSRF-Token': form.elements._csrf.value },
      signal: hanging.signal,
    });
    if (answer.status >= 500) return null;
    return answer.ok ? await answer.json() : { secondsLeft: 0 };
  } catch {
    return null;
  } finally {
    clearTimeout(deadline);
  }
}
