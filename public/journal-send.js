// Sends what lies in this browser's store, of whichever attempt, and forgets exactly what was taken. It needs neither to read it nor
// anybody to be signed in.

const firstRetryMs = 3000;
const longestRetryMs = 60_000;
const timeoutMs = 10_000;
/** What of other attempts is refused for so long is thrown away. */
const longestMs = 30 * 24 * 60 * 60 * 1000;
/** What we say where nothing would change by another try. */
const final = [400, 413, 422];
/** What goes into one request. */
const most = { entries: 100, length: 1_000_000 };
/** The most that browsers send on after the page has gone. */
const keepaliveLength = 60_000;

/**
 * Sends once now, and whenever there may be a way again.
 *
 * @param store from journal-store.js
 * @param own the attempt on this page; undefined where none is
 * @param ask makes a question for the server, sealed, which is sent where an answer is wanted and there is nothing else
 * @param hear is told what came of each try: `{ reply }`, or `{ trouble }`: 'offline', 'server' (it does not answer), 'refused'; and nothing
 *   where nothing was to be sent
 */
export function createSender({ store, own, ask, hear }) {
  /** Entries that the server cannot open, or does not take: sending them again from this page would not help. */
  const setAside = new Set();
  let flight = null;
  let isWanted = false;
  let wantsAnswer = false;
  let passing = null;
  /** How often in a row the attempt on this page has failed, and any other. */
  let [failures, otherFailures] = [0, 0];
  let timer;

  window.addEventListener('online', () => {
    // The first request after that often fails still: the next one follows soon.
    [failures, otherFailures] = [0, 0];
    void flush();
  });
  window.addEventListener('pageshow', () => void flush());
  document.addEventListener('visibilitychange', () => void flush());

  /** Comes true with what came of the last try; a save under way is waited for. */
  function flush({ isAsking = false } = {}) {
    isWanted = true;
    wantsAnswer ||= isAsking;
    clearTimeout(timer);
    flight ??= run().finally(() => {
      flight = null;
      if (isWanted) void flush();
    });
    return flight;
  }

  async function run() {
    let outcome = {};
    while (isWanted) {
      isWanted = false;
      outcome = await sendOf(own, await listWaiting());
      hear?.(outcome);
      failures = mayRetry(outcome) ? failures + 1 : 0;
      if (failures === 0) continue;
      isWanted = false;
      retry(failures);
    }
    if (outcome.trouble === 'offline') return outcome;
    passing ??= passOn().finally(() => (passing = null));
    // Where there is nothing else to be sent, that is what is waited for.
    if (own === undefined) await passing;
    return outcome;
  }

  /** What was written in other attempts, perhaps by others. */
  async function passOn() {
    const waiting = (await listWaiting()).filter(({ attempt }) => attempt !== own);
    let isRetried = false;
    for (const attempt of new Set(waiting.map((entry) => entry.attempt))) {
      const outcome = await sendOf(attempt, waiting);
      if (outcome.isOurs) await setAsideOf(attempt, waiting);
      else isRetried ||= mayRetry(outcome);
    }
    otherFailures = isRetried ? otherFailures + 1 : 0;
    if (isRetried && failures === 0) retry(otherFailures);
  }

  /** Each try counts against the address of everybody here. Thrown away is only what the server has refused. */
  async function setAsideOf(attempt, waiting) {
    const entries = waiting.filter((entry) => entry.attempt === attempt);
    for (const { sealed } of entries) setAside.add(sealed);
    const tooOld = entries.filter(({ keptAt }) => Date.now() - keptAt > longestMs);
    if (tooOld.length > 0)
      await store.remove(
        attempt,
        tooOld.map(({ client, sequence }) => [client, sequence]),
      );
  }

  function retry(times) {
    clearTimeout(timer);
    timer = setTimeout(flush, Math.min(firstRetryMs * 2 ** (times - 1), longestRetryMs) * jitter());
  }

  async function listWaiting() {
    return (await store.list()).filter(({ sealed }) => !setAside.has(sealed));
  }

  async function sendOf(attempt, waiting) {
    const entries = waiting.filter((entry) => entry.attempt === attempt);
    // The server answers for whoever wrote the last entry, and that must be this page.
    const isMixed = new Set(entries.map(({ client }) => client)).size > 1;
    const question = attempt === own && (wantsAnswer || isMixed) ? [{ sealed: await ask(), isQuestion: true }] : [];
    let outcome = {};
    for (const batch of batchesOf([...entries, ...question])) {
      const sent = await post(attempt, batch);
      if (!sent.reply) return sent;
      const { taken, late, unopened, missing } = sent.reply;
      if (batch.some(({ isQuestion }) => isQuestion)) wantsAnswer = false;
      for (const place of unopened) setAside.add(batch[place].sealed);
      await store.remove(attempt, [...taken, ...late]);
      outcome = { ...sent, late: [...(outcome.late ?? []), ...late], isWaiting: Object.keys(missing).length > 0 };
    }
    return outcome;
  }

  return { flush };
}

/** What we refuse is refused the next time, too; what a proxy or a hotel's sign-in page refuses, or what is paused, may go later. */
function mayRetry({ trouble, isWaiting = false }) {
  return isWaiting || (trouble !== undefined && trouble !== 'refused');
}

function batchesOf(entries) {
  const batches = [];
  let length = Infinity;
  for (const entry of entries) {
    length += entry.sealed.length;
    if (length > most.length || batches[batches.length - 1].length >= most.entries) {
      batches.push([]);
      length = entry.sealed.length;
    }
    batches[batches.length - 1].push(entry);
  }
  return batches;
}

async function post(attempt, batch) {
  const hanging = new AbortController();
  const deadline = setTimeout(() => hanging.abort(), timeoutMs);
  const body = new URLSearchParams(batch.map(({ sealed }) => ['sealed', sealed])).toString();
  try {
    const answer = await fetch(`/attempts/${attempt}/journal`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body,
      keepalive: body.length < keepaliveLength,
      signal: hanging.signal,
    });
    if (answer.ok) return { reply: await answer.json() };
    const isOurs = answer.status < 500 && answer.status !== 429 && typeof (await answer.json()).code === 'string';
    return { trouble: isOurs && final.includes(answer.status) ? 'refused' : 'server', isOurs };
  } catch {
    return { trouble: navigator.onLine ? 'server' : 'offline' };
  } finally {
    clearTimeout(deadline);
  }
}

/** No two devices try again at the same moment. */
function jitter() {
  return 1 - Math.random() / 3;
}
