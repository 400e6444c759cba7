// The journal of the attempt on this page. What is written into it is sealed, kept in this browser, and sent as soon as that can be:
// whether it has arrived by then makes no difference to who writes.
const box = document.querySelector('[data-journal-key]');

/** Comes true once the page has its journal; fails where the browser cannot seal. All scripts of a page have the same one. */
export const journal = begin();

async function begin() {
  const { attempt, person, journalKey, now, isHere } = box.dataset;
  const { journalSeal, journalStore, journalSend, journalClock, journalAgain } = box.dataset;
  box.removeAttribute('data-journal-key');
  const [{ importSeal }, { openStore }, { createSender }, { createClock }] = await Promise.all(
    [journalSeal, journalStore, journalSend, journalClock].map((address) => import(address)),
  );
  return openJournal({
    attempt,
    seal: await importSeal(journalKey, attempt),
    store: await openStore(person),
    clock: createClock(Number(now)),
    createSender,
    isHere: isHere === 'true',
    isSignedOut: () =>
      import(journalAgain).then(
        async ({ check }) => ['nobody', 'other'].includes(await check()),
        () => false,
      ),
  });
}

function openJournal({ attempt, seal, store, clock, createSender, isHere, isSignedOut }) {
  const listeners = [];
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('mustaqil-journal') : null;
  const sender = createSender({ store, own: attempt, ask: async () => (await sealed('ask')).sealed, hear });
  let mayRenew = isHere;

  document.addEventListener('ask-time-left', (event) => {
    event.preventDefault();
    void sender.flush({ isAsking: true });
  });
  // Nothing needs to be sent for that to be known.
  window.addEventListener('offline', () => tell({ trouble: 'offline' }));
  // Another tab of this browser, at the same attempt.
  channel?.addEventListener('message', async ({ data }) => {
    const entry = data.attempt === attempt && (await seal.open(data.sealed));
    if (entry) tell({ entry });
  });

  function hear(outcome) {
    const { reply } = outcome;
    if (reply) clock.set(reply.now);
    if (reply?.left) document.dispatchEvent(new window.CustomEvent('time-left', { detail: reply.left }));
    const isElsewhere = reply !== undefined && reply.own < reply.current;
    const isLost = isElsewhere && mayRenew;
    tell({ ...outcome, isElsewhere: isElsewhere && !isLost });
    if (!isLost) return;
    // Where it goes on is this browser, which has lost its store: it begins anew, and says again what it has said.
    mayRenew = false;
    void restart(false).then(() => tell({ isRenewed: true }));
  }

  function tell(news) {
    for (const listener of listeners) listener(news);
  }

  async function sealed(kind, details = {}, at = clock.now()) {
    const { client, sequence } = await store.allot(attempt);
    const entry = { version: 1, client, sequence, at, kind, ...details };
    return { client, sequence, sealed: await seal.seal(entry) };
  }

  /**
   * Kept by this browser once it comes true.
   *
   * @param details what an entry of that kind says (src/attempts/journal/entry.ts)
   * @param options.field of several entries with the same only the last is worth sending
   * @param options.at when it was said, if not now
   */
  async function write(kind, details, { field = null, at } = {}) {
    const entry = await sealed(kind, details, at);
    await store.put({ attempt, field, keptAt: clock.now(), ...entry });
    channel?.postMessage({ attempt, sealed: entry.sealed });
    document.dispatchEvent(new window.Event('journal-written'));
  }

  /** This page calls itself something else from now on, as a device that nobody has heard of. */
  async function restart(isTakeOver) {
    await store.renew(attempt);
    await write('here', { isTakeOver }, { field: 'here' });
    return sender.flush();
  }

  /**
   * @param guess how many points the learner expects, as they wrote it
   * @param at when they pressed the button
   */
  async function handIn(guess, at) {
    const { client } = await store.allot(attempt);
    const own = (await unsent()).filter((one) => one.client === client && one.entry?.kind === 'answer');
    const basis = Object.fromEntries(own.map(({ entry: { field, sequence } }) => [field, sequence]));
    await write('hand-in', { basis, ...(guess && { guess }) }, { field: 'hand-in', at });
  }

  /** What has not arrived, `{ client, sealed, entry }`; `entry` is null where the key of this page does not open it. */
  async function unsent() {
    const own = (await store.list()).filter((one) => one.attempt === attempt);
    return Promise.all(own.map(async (one) => ({ ...one, entry: await seal.open(one.sealed) })));
  }

  return {
    attempt,
    clock,
    write,
    flush: sender.flush,
    /** A place for something that goes another way, as a form does, `{ client, sequence }`: it is newer than all that is written so far. */
    place: () => store.allot(attempt),
    takeOver: () => restart(true),
    handIn,
    /** Whether nobody, or somebody other than whose attempt it is, is signed in here by now. */
    isSignedOut,
    timeOf,
    isLasting: store.isLasting,
    unsent,
    /** @param listener is told what came of each sending (journal-send.js) with `isElsewhere`, each `entry` of another tab, and `isRenewed` */
    listen: (listener) => listeners.push(listener),
  };
}

/** As a clock at this device would show it, if it were right. */
function timeOf(moment) {
  const date = new Date(moment);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
