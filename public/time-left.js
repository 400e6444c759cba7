// Shows what is left of an attempt, by the server's clock. When that is over, and the server says so too, the page hands in.
const clock = document.querySelector('[data-time-left]');
const said = document.querySelector('[data-time-said]');
const toggle = document.querySelector('[data-hide-clock]');
const form = document.getElementById(clock.dataset.form);

const minuteMs = 60_000;
/** Where nothing counts that is not handed in on time, a page whose question is not answered for so long hands in all the same. */
const silenceMs = 3000;
const hidingKey = 'mustaqil-clock-hidden';

void import(clock.dataset.clock).then(({ createClock }) => {
  // Reckoned from zero: only how much time passes matters here.
  let passed = createClock(0);
  let leftMs = 0;
  let timer;
  /** Once is enough: what came a second time would come too late. */
  let isSent = false;
  let isOver = false;

  form.addEventListener('submit', (event) => {
    setTimeout(() => {
      isSent ||= !event.defaultPrevented;
    });
  });
  document.addEventListener('time-left', ({ detail }) => set(detail));
  // A device that slept may have missed more time being given.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) ask();
  });
  showHiding();
  toggle.hidden = false;
  toggle.addEventListener('click', () => {
    remember(!isHidden());
    showHiding();
  });
  set({ secondsLeft: Number(clock.dataset.seconds), until: clock.dataset.until, isReckoned: true });

  /** @param left as the server says it: `secondsLeft`, and `until` when that is in words; `isReckoned` where it did so a while ago */
  function set({ secondsLeft, until, isReckoned = false }) {
    passed = createClock(0);
    leftMs = secondsLeft * 1000;
    clock.dataset.until = until;
    isOver = false;
    if (secondsLeft > 0 || isReckoned) show();
    else end();
  }

  function show() {
    clearTimeout(timer);
    const nowMs = leftMs - passed.now();
    if (nowMs <= 0) {
      reach();
      return;
    }
    const minutes = Math.ceil(nowMs / minuteMs);
    const words = minutes < 60 ? clock.dataset.minutesLeft : clock.dataset.hoursLeft;
    clock.textContent = words
      .replace('{until}', clock.dataset.until)
      .replace('{hours}', Math.floor(minutes / 60))
      .replace('{minutes}', minutes % 60);
    timer = setTimeout(show, nowMs % minuteMs || minuteMs);
    // Only when it changes: what is set again may be read out again.
    const saying = clock.dataset[`say-${minutes}`] ?? '';
    if (said.textContent !== saying) said.textContent = saying;
  }

  /** Over, as it is reckoned here; that more was given, only the server knows. */
  function reach() {
    if (isOver) return;
    isOver = true;
    clock.textContent = clock.dataset.over;
    form.dispatchEvent(new window.Event('time-up'));
    // Where the journal did not arrive, the form itself asks.
    if (!ask()) end();
    else if (clock.dataset.overdue === 'refuse') timer = setTimeout(end, silenceMs);
  }

  function end() {
    clearTimeout(timer);
    clock.textContent = clock.dataset.over;
    if (isSent) return;
    isSent = true;
    const isForForm = form.dispatchEvent(new window.Event('time-over', { cancelable: true }));
    if (isForForm) form.querySelector('button:not([type=button])').click();
  }
});

/** The journal asks, as soon as it can, and says `time-left` then. @returns whether there is one */
function ask() {
  return !document.dispatchEvent(new window.Event('ask-time-left', { cancelable: true }));
}

function showHiding() {
  clock.classList.toggle('unseen', isHidden());
  toggle.textContent = isHidden() ? toggle.dataset.show : toggle.dataset.hide;
}

function isHidden() {
  try {
    return window.sessionStorage.getItem(hidingKey) !== null;
  } catch {
    return clock.classList.contains('unseen');
  }
}

function remember(isToHide) {
  try {
    if (isToHide) window.sessionStorage.setItem(hidingKey, '');
    else window.sessionStorage.removeItem(hidingKey);
  } catch {
    clock.classList.toggle('unseen', isToHide);
  }
}
