// What this browser keeps of attempts until it has arrived: sealed entries, and what the browser calls itself in each attempt. Nothing
// in it can be read without the key, which only the page of the attempt has. The page keeps its own part beside it, for browsers that
// keep nothing, and for those whose store fails while the page is open.

const openingMs = 3000;

/**
 * Never fails; `isLasting` says whether what is put in outlives the page.
 *
 * @param person whose attempt is written down here; undefined where none is
 */
export async function openStore(person) {
  const page = inPage();
  /** What the browser did not keep, of what this page put in. */
  const astray = new Set();
  const open = () => Promise.race([inBrowser(person), later(openingMs)]).catch(() => null);
  let kept = await open();

  /** Tries again once, for phones close the store under a page; null where that does not help. */
  async function inKept(act, ...args) {
    for (const isLast of [false, true]) {
      try {
        return kept && { value: await kept[act](...args) };
      } catch {
        if (isLast) break;
        kept.close();
        kept = await open();
      }
    }
    return null;
  }

  return {
    isLasting: () => kept !== null && !page.list().some(({ sealed }) => astray.has(sealed)),
    async list() {
      const found = (await inKept('list'))?.value ?? [];
      const known = new Set(found.map(({ sealed }) => sealed));
      return [...found, ...page.list().filter(({ sealed }) => !known.has(sealed))];
    },
    /** A place for one more entry of this browser in an attempt: `{ attempt, client, sequence }`. */
    async allot(attempt) {
      const place =
        (await inKept('allot', attempt, page.last(attempt)))?.value ?? nextPlace(attempt, page.last(attempt));
      page.settle(place);
      return place;
    },
    /** The browser calls itself something else in this attempt from now on. */
    async renew(attempt) {
      page.settle({ attempt, client: newId(), sequence: 0 });
      await inKept('renew', page.last(attempt));
    },
    /** What this browser called itself in the attempts of a person, who leaves it. */
    async forget(leaving) {
      page.forget();
      await inKept('forget', leaving);
    },
    /** An entry takes the place of older ones of the same field. */
    async put(entry) {
      page.put(entry);
      if (!(await inKept('put', entry))) astray.add(entry.sealed);
    },
    /** @param ids as the server names what it took: `[client, sequence]` */
    async remove(attempt, ids) {
      page.remove(attempt, ids);
      await inKept('remove', attempt, ids);
    },
  };
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
    const [worked] = await Promise.all([work(entries, clients), done]);
    return worked;
  };

  return {
    close: () => database.close(),
    list: async () => result(database.transaction('entries').objectStore('entries').getAll()),
    allot: (attempt, own) =>
      change(async (_, clients) => {
        const place = nextPlace(attempt, newerOf(await result(clients.get(attempt)), own));
        clients.put({ ...place, person });
        return place;
      }),
    renew: (place) => change((_, clients) => clients.put({ ...place, person })),
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
  const places = new Map();
  let entries = [];
  return {
    list: () => entries,
    last: (attempt) => places.get(attempt),
    settle: (place) => places.set(place.attempt, place),
    forget: () => places.clear(),
    put: (entry) => {
      entries = [...entries.filter((one) => !isReplaced(one, entry)), entry];
    },
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

/** A store that was lost, and begun anew, may have fallen behind its page; but another tab may have begun a client anew. */
function newerOf(stored, own) {
  if (!stored || !own || stored.client !== own.client) return stored ?? own;
  return own.sequence > stored.sequence ? own : stored;
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
