// A picture that came in an archive, as an asset. What it is shows in its bytes, never in its name.
import { createHash } from 'node:crypto';
import type { Asset } from '../format.ts';
import { pictureType } from '../media-type.ts';
import { ArchiveError } from './read-zip.ts';
import type { Archive } from './read-zip.ts';

/** The most bytes of one picture: a page of 45 kB has no place for more than a photograph as a telephone takes it. */
const mostBytes = 10 * 1024 * 1024;

/**
 * A picture of the archive: PNG, JPEG, GIF or WebP of at most 10 MB.
 *
 * @throws ArchiveError if there is none of that name, or it is too large or something else
 */
export async function readPicture(archive: Archive, name: string): Promise<Asset> {
  const size = archive.sizeOf(name);
  if (size === null) throw new ArchiveError('archive-picture-missing', { name });
  if (size > mostBytes) {
    const megabytes = Math.ceil(size / 1024 / 1024);
    throw new ArchiveError('archive-picture-too-large', { name, megabytes, maximum: mostBytes / 1024 / 1024 });
  }
  const bytes = (await archive.read(name)) ?? new Uint8Array();
  const mediaType = pictureType(bytes);
  if (mediaType === null) throw new ArchiveError('archive-picture-unknown', { name });
  return { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes };
}
