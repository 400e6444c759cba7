// A backup as a file: its lines, compressed. Whoever has the file has everybody's answers, so it is readable to its owner alone.
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline as joined, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { RefusedBackup, withEnd, withoutEnd, type RowCounts } from './backup-lines.ts';

/** So much is compressed at once, in characters. */
const chunkCharacters = 64 * 1024;

/**
 * Writes a new file, on the disk when this is settled; what was written of one that fails is removed.
 *
 * @returns what is in it
 * @throws as `open` does, with EEXIST where there is such a file already
 */
export async function writeBackup(file: string, lines: AsyncIterable<string>): Promise<RowCounts> {
  // The stream closes the handle, whatever comes.
  const handle = await open(file, 'wx', 0o600);
  const rows: RowCounts = {};
  try {
    const text = Readable.from(inChunks(withEnd(lines, rows)));
    await pipeline(text, createGzip({ level: 4 }), handle.createWriteStream({ flush: true }));
    return rows;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * The lines of a file, as `takeBackup` gave them. It is read to its end once before the first line is given: what is cut off or was
 * changed shows only there.
 *
 * @throws {RefusedBackup} before the first line, where the file is no whole backup
 */
export async function* readBackup(file: string): AsyncGenerator<string> {
  const all = withoutEnd(linesOf(file));
  while (!(await all.next()).done);
  yield* withoutEnd(linesOf(file));
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const text = joined(createReadStream(file), createGunzip(), () => {}).setEncoding('utf8');
  let begun: string[] = [];
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      // By hand: readline would also end lines at signs that may stand in what people wrote.
      const [first = '', ...others] = chunk.split('\n');
      begun.push(first);
      for (const next of others) {
        yield begun.join('');
        begun = [next];
      }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z_') ? new RefusedBackup('damaged') : error;
  }
  if (begun.join('') !== '') throw new RefusedBackup('damaged');
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk: string[] = [];
  let characters = 0;
  for await (const line of lines) {
    chunk.push(line, '\n');
    characters += line.length;
    if (characters < chunkCharacters) continue;
    yield chunk.join('');
    chunk = [];
    characters = 0;
  }
  yield chunk.join('');
}
