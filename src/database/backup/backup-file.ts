// A backup as a file: its lines, compressed. Whoever has the file has everybody's answers, so it is readable to its owner alone.
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { RefusedBackup, withEnd, withoutEnd, type RowCounts } from './backup-lines.ts';

/** So much is compressed at once, in characters. */
const chunkCharacters = 64 * 1024;

/**
 * Writes a new file; what was written of one that fails is removed.
 *
 * @returns what is in it
 * @throws as `open` does, with EEXIST where there is such a file already
 */
export async function writeBackup(file: string, lines: AsyncIterable<string>): Promise<RowCounts> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const rows: RowCounts = {};
    const write = createWriteStream('', { fd: handle, autoClose: false });
    await pipeline(Readable.from(inChunks(withEnd(lines, rows))), createGzip({ level: 4 }), write);
    await handle.sync();
    return rows;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * The lines of a file, as `takeBackup` gave them.
 *
 * @throws {RefusedBackup} where it is cut off, was changed or is no backup: at the latest behind the last line
 */
export function readBackup(file: string): AsyncGenerator<string> {
  return withoutEnd(linesOf(file));
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const handle = await open(file);
  const text = createReadStream('', { fd: handle }).pipe(createGunzip()).setEncoding('utf8');
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
  } finally {
    text.destroy();
    await handle.close().catch(() => {});
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
