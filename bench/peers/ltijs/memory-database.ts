// What ltijs wants of a database, kept in memory: the quickest that it can have. Each collection is found by the fields that its own
// queries name, as its MongoDB has indexes for them; whatever else is asked for is looked for among all.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

type Fields = Record<string, unknown>;

/** By which fields ltijs asks for the documents of a collection. */
const keys: Record<string, readonly string[]> = {
  platform: ['platformUrl', 'clientId'],
  platformStatus: ['id'],
  idtoken: ['iss', 'clientId', 'deploymentId', 'user'],
  contexttoken: ['contextId', 'user'],
  nonce: ['nonce'],
  state: ['state'],
};

/** How long it remembers nonces, as its own schema says. */
const nonceLifetimeMs = 10_000;

export class MemoryDatabase {
  readonly #collections = new Map<string, Map<string, Fields>>();

  setup(): Promise<boolean> {
    return Promise.resolve(true);
  }

  Close(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** False where nothing is found, as its own database answers. */
  Get(encryptionKey: string | false, collection: string, query: Fields = {}): Promise<Fields[] | false> {
    const found = this.#find(collection, query).map(([, document]) => open(document, encryptionKey));
    return Promise.resolve(found.length > 0 && found);
  }

  Insert(encryptionKey: string | false, collection: string, item: Fields, index: Fields = {}): Promise<boolean> {
    const documents = this.#documents(collection);
    const document = close(item, encryptionKey, index);
    const key = keyOf(collection, document) ?? randomBytes(12).toString('hex');
    documents.set(key, document);
    if (collection === 'nonce') setTimeout(() => documents.delete(key), nonceLifetimeMs).unref();
    return Promise.resolve(true);
  }

  Replace(
    encryptionKey: string | false,
    collection: string,
    query: Fields,
    item: Fields,
    index: Fields = {},
  ): Promise<boolean> {
    for (const [key] of this.#find(collection, query)) this.#documents(collection).delete(key);
    return this.Insert(encryptionKey, collection, item, index);
  }

  /** Nothing that is closed is ever modified while this bench runs. */
  Modify(_encryptionKey: string | false, collection: string, query: Fields, changed: Fields): Promise<boolean> {
    for (const [, document] of this.#find(collection, query)) Object.assign(document, changed);
    return Promise.resolve(true);
  }

  Delete(collection: string, query: Fields): Promise<boolean> {
    for (const [key] of this.#find(collection, query)) this.#documents(collection).delete(key);
    return Promise.resolve(true);
  }

  #find(collection: string, query: Fields): [string, Fields][] {
    const documents = this.#documents(collection);
    const key = keyOf(collection, query);
    if (key !== null) {
      const document = documents.get(key);
      return document ? [[key, document]] : [];
    }
    return [...documents].filter(([, document]) => Object.keys(query).every((name) => document[name] === query[name]));
  }

  #documents(collection: string): Map<string, Fields> {
    const documents = this.#collections.get(collection) ?? new Map<string, Fields>();
    this.#collections.set(collection, documents);
    return documents;
  }
}

function keyOf(collection: string, fields: Fields): string | null {
  const names = keys[collection];
  return names?.every((name) => fields[name] !== undefined) ? JSON.stringify(names.map((name) => fields[name])) : null;
}

function close(item: Fields, encryptionKey: string | false, index: Fields): Fields {
  if (encryptionKey === false) return item;
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', digest(encryptionKey), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(item)), cipher.final()]);
  return { ...index, iv: iv.toString('hex'), data: data.toString('hex') };
}

function open(document: Fields, encryptionKey: string | false): Fields {
  if (encryptionKey === false) return document;
  const decipher = createDecipheriv('aes-256-cbc', digest(encryptionKey), Buffer.from(String(document.iv), 'hex'));
  const text = Buffer.concat([decipher.update(Buffer.from(String(document.data), 'hex')), decipher.final()]);
  return JSON.parse(text.toString()) as Fields;
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
