// Opens a zip archive that somebody sent: a Word document, a workbook, a question package. What could be dangerous is refused
// before anything is unpacked.
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { Problem } from '../format.ts';

/** The most files in one archive. */
const mostEntries = 20_000;
/** The most bytes of one file, and of all files together, once unpacked. */
const mostEntryBytes = 128 * 1024 * 1024;
const mostBytes = 256 * 1024 * 1024;
/** From this size on, what unpacks to more than so many times its packed size was made to overrun somebody. */
const suspectBytes = 32 * 1024 * 1024;
const mostRatio = 250;

const signature = [0x50, 0x4b, 0x03, 0x04];

/** The files of an archive; nothing is unpacked before it is asked for. */
export type Archive = {
  names: readonly string[];
  /** The file's size once unpacked, as the archive says; null if it has no such file. */
  sizeOf(name: string): number | null;
  /** The bytes of a file; null if there is none of that name. @throws ArchiveError if it is damaged */
  read(name: string): Promise<Uint8Array | null>;
};

/** What is wrong with an archive, thrown by its reading so that nothing of it is taken by halves. */
export class ArchiveError extends Error {
  readonly problem: Problem;
  constructor(code: Problem['code'], params: Problem['params'] = {}) {
    super(code);
    this.problem = { line: 1, code, params };
  }
}

/** Whether bytes begin like a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Whether an archive seems to hold a file of that name; names stand in it as they are, even if it is cut off. */
export function mentions(bytes: Uint8Array, name: string): boolean {
  return isZip(bytes) && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name);
}

/**
 * Opens an archive. Refused: one that is cut off or damaged, more than 20,000 files, more than 256 MB unpacked, a ratio of
 * a bomb, names that lead out of it or occur twice, files behind a password.
 *
 * @throws ArchiveError
 */
export async function openZip(bytes: Uint8Array): Promise<Archive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await guarded(() =>
    fromBufferPromise(buffer, { lazyEntries: true, autoClose: false, strictFileNames: true }),
  );
  if (zip.entryCount > mostEntries) throw new ArchiveError('zip-too-many-files', { maximum: mostEntries });
  const entries = await guarded(() => entriesOf(zip));
  return {
    names: [...entries.keys()],
    sizeOf: (name) => entries.get(name)?.uncompressedSize ?? null,
    read: async (name) => {
      const entry = entries.get(name);
      return entry ? guarded(() => unpacked(zip, entry)) : null;
    },
  };
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) throw new ArchiveError('zip-encrypted');
    if (entries.has(name)) throw new ArchiveError('zip-name-twice', { name });
    total += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (entry.uncompressedSize > mostEntryBytes || total > mostBytes) {
      throw new ArchiveError('zip-too-large', { megabytes: mostBytes / 1024 / 1024 });
    }
    entries.set(name, entry);
  }
  if (total > suspectBytes && total > packed * mostRatio) {
    throw new ArchiveError('zip-too-large', { megabytes: suspectBytes / 1024 / 1024 });
  }
  return entries;
}

async function unpacked(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  // The library ends the stream with an error as soon as more comes than the entry said.
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw new ArchiveError('zip-broken');
  return bytes;
}

/** The library's errors are about what the bytes hold; which of them it was is told apart by what people can do about it. */
async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const message = error instanceof Error ? error.message : '';
    const unsafe = /^(?:absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(message);
    if (unsafe) throw new ArchiveError('zip-unsafe-name', { name: (unsafe[1] ?? '').slice(0, 100) });
    throw new ArchiveError('zip-broken');
  }
}
