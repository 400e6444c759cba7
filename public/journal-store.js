// What this browser keeps of attempts until it has arrived: sealed entries, and what the browser calls itself in each attempt. Nothing
// in it can be read without the key, which only the page of the attempt has. Where a browser keeps nothing, this page does.

const openingMs = 3000;
/** What nobody took for so long is thrown away. */
const longestMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Never fails; `isLasting` says whether what is put in outlives the page.
 *
 * @param person whose attempt is written down here; undefined where none is
 */
export async function openStore(person) {
  const page = inPage();
  let kept = await Promise.race([inBrowser(person), later(openingMs)]).catch(() => null);
  const acts = Object.keys(page).map((act) => [
    act,
    async (...args) => {
      try {
        if (kept) return await kept[act](...args);
      } catch {
        kept = null;
      }
      return page[act](...args);
    },
  ]);
  return { ...Object.fromEntries(acts), isLasting: () => kept !== null };
}

async function inBrowser(person) {
  const opening = indexedDB.open('mustaqil', 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('entries', { keyPath: ['attempt', 'client', 'sequence'] });
    opening.result.createObjectStore('clients', { keyPath: 'attempt' });
  };
  const database = await result(opening);
  database.onversionchange = () => database.close();
  const change = async (work) => {
    const transaction = database.transaction(['entries', 'clients'], 'readwrite', { durability: 'strict' });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const [entries, clients] = ['entries', 'clients'].map((name) => transaction.objectStore(name));
    const worked = await work(entries, clients);
    await done;
    return worked;
  };
  const list = async () => result(database.transaction('entries').objectStore('entries').getAll());
  const tooOld = (await list()).filter(({ keptAt }) => Date.now() - keptAt > longestMs);
  for (const { attempt, client, sequence } of tooOld)
    await change((entries) => entries.delete([attempt, client, sequence]));

  return {
    list,
    allot: (attempt) =>
      change(async (_, clients) => {
        const place = nextPlace(attempt, await result(clients.get(attempt)));
        clients.put({ ...place, person });
        return place;
      }),
    renew: (attempt) => change((_, clients) => clients.delete(attempt)),
    forget: (leaving) =>
      change(async (_, clients) => {
        const theirs = (await result(clients.getAll())).filter((one) => one.person === leaving);
        for (const { attempt } of theirs) clients.delete(attempt);
      }),
    put: (entry) =>
      change(async (entries) => {
        entries.put(entry);
        for (const older of (await result(entries.getAll())).filter((one) => isReplaced(one, entry)))
          entries.delete([older.attempt, older.client, older.sequence]);
      }),
    remove: (attempt, ids) =>
      change((entries) => {
        for (const [client, sequence] of ids) entries.delete([attempt, client, sequence]);
      }),
  };
}

/** What stands in the store: `{ attempt, client, sequence, field, sealed, keptAt }`, by that order. */
function inPage() {
  const clients = new Map();
  let entries = [];
  return {
    list: () => entries,
    /** A place for one more entry of this browser in an attempt: `{ attempt, client, sequence }`. */
    allot: (attempt) => {
      const place = nextPlace(attempt, clients.get(attempt));
      clients.set(attempt, place);
      return place;
    },
    /** The browser calls itself something else in this attempt from now on. */
    renew: (attempt) => clients.delete(attempt),
    /** What this browser called itself in the attempts of a person, who leaves it. */
    forget: () => clients.clear(),
    /** An entry takes the place of older ones of the same field. */
    put: (entry) => {
      entries = [...entries.filter((one) => !isReplaced(one, entry)), entry];
    },
    /** @param ids as the server names what it took: `[client, sequence]` */
    remove: (attempt, ids) => {
      const isGone = (one) =>
        one.attempt === attempt && ids.some(([client, sequence]) => one.client === client && one.sequence === sequence);
      entries = entries.filter((one) => !isGone(one));
    },
  };
}

function nextPlace(attempt, last) {
  return { attempt, client: last?.client ?? newId(), sequence: (last?.sequence ?? 0) + 1 };
}

/** `crypto.randomUUID` is younger than some phones. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function isReplaced(one, { attempt, client, sequence, field }) {
  const isSame = one.attempt === attempt && one.client === client && one.field === field;
  return isSame && field !== null && one.sequence < sequence;
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

function later(ms) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('The browser does not open its store')), ms);
  });
}
