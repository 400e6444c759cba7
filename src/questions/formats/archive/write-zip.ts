// Packs files into a zip archive.
import { ZipFile } from 'yazl';

/** One file of an archive. */
export type ArchiveFile = { name: string; bytes: Uint8Array };

// The same content always makes the same bytes.
const mtime = new Date('2000-01-01T00:00:00Z');

/** The archive of these files, in this order. Pictures are stored as they are: they are packed already. */
export async function writeZip(files: readonly ArchiveFile[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const { name, bytes } of files) {
    const compress = !/\.(?:png|jpe?g|gif|webp|mp3|mp4|ogg|webm)$/.test(name);
    zip.addBuffer(Buffer.from(bytes), name, { mtime, compress, forceDosTimestamp: true });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}
