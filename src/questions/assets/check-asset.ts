// Whether bytes may be kept and shown, and what they are. Their own first bytes decide, never a name or what a browser said.
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import type { Asset } from '../formats/format.ts';

/** What a page does with an asset: it shows, plays or offers it. */
export type AssetKind = 'picture' | 'sound' | 'film' | 'document';

/** An asset that was checked: `mediaType` is true. Only `checkAsset` makes one. */
export type CheckedAsset = Asset & {
  /** In pixels, as it is shown; null for what is no picture. */
  size: { width: number; height: number } | null;
};

/** Why bytes are not kept. Each has its words under `refusals` in src/i18n, by the same name after `asset-`. */
export type AssetRefusal =
  | { code: 'empty' }
  /** Nobody knows what it is: HTML and script are among this. */
  | { code: 'unknown' }
  /** Known, but not what browsers show everywhere. */
  | { code: 'kind'; found: string }
  /** A drawing that may hold script. */
  | { code: 'svg' }
  | { code: 'too-large'; kind: AssetKind; megabytes: number; maximum: number }
  | { code: 'too-many-pixels'; width: number; height: number; maximum: number }
  /** Its head says what it is, and nothing more can be read. */
  | { code: 'broken' };

const megabyte = 1024 * 1024;

/**
 * A photograph of a phone has 3 to 8 MB. Sound and film have what a student's phone can load over a weak network, 20 minutes of speech
 * or 5 of film, and what a process can hold while it is uploaded.
 */
export const maximumMegabytes: Readonly<Record<AssetKind, number>> = { picture: 10, sound: 20, film: 20, document: 20 };

/** A picture takes four bytes a pixel of the phone that shows it, however small its file is. */
export const maximumMegapixels = 25;

/** What `file-type` finds → what we say it is. */
const kinds: Readonly<Record<string, { mediaType: string; kind: AssetKind }>> = {
  'image/png': { mediaType: 'image/png', kind: 'picture' },
  'image/apng': { mediaType: 'image/png', kind: 'picture' },
  'image/jpeg': { mediaType: 'image/jpeg', kind: 'picture' },
  'image/gif': { mediaType: 'image/gif', kind: 'picture' },
  'image/webp': { mediaType: 'image/webp', kind: 'picture' },
  'audio/mpeg': { mediaType: 'audio/mpeg', kind: 'sound' },
  'audio/ogg': { mediaType: 'audio/ogg', kind: 'sound' },
  'audio/ogg; codecs=opus': { mediaType: 'audio/ogg', kind: 'sound' },
  'audio/wav': { mediaType: 'audio/wav', kind: 'sound' },
  'audio/x-m4a': { mediaType: 'audio/mp4', kind: 'sound' },
  'audio/mp4': { mediaType: 'audio/mp4', kind: 'sound' },
  'video/mp4': { mediaType: 'video/mp4', kind: 'film' },
  'video/x-m4v': { mediaType: 'video/mp4', kind: 'film' },
  'video/webm': { mediaType: 'video/webm', kind: 'film' },
  'application/pdf': { mediaType: 'application/pdf', kind: 'document' },
};

/** What a page does with a media type that we keep. */
export function kindOf(mediaType: string): AssetKind {
  const known = Object.values(kinds).find((kind) => kind.mediaType === mediaType);
  if (!known) throw new Error(`No asset is of the type ${mediaType}`);
  return known.kind;
}

/** The bytes as an asset, or why they are none. Never rejects because of what the bytes hold. */
export async function checkAsset(
  bytes: Uint8Array,
): Promise<{ ok: true; asset: CheckedAsset } | { ok: false; refusal: AssetRefusal }> {
  if (bytes.length === 0) return refused({ code: 'empty' });
  if (isSvg(bytes)) return refused({ code: 'svg' });
  const found = await typeOf(bytes);
  if (found === null) return refused({ code: 'unknown' });
  const type = kinds[found];
  if (!type) return refused({ code: 'kind', found });

  const { kind, mediaType } = type;
  const maximum = maximumMegabytes[kind];
  if (bytes.length > maximum * megabyte)
    return refused({ code: 'too-large', kind, megabytes: inMegabytes(bytes.length), maximum });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const asset = { sha256, mediaType, bytes, size: null };
  if (kind !== 'picture') return { ok: true, asset };

  const size = sizeOf(bytes);
  if (!size) return refused({ code: 'broken' });
  if (size.width * size.height > maximumMegapixels * 1_000_000)
    return refused({ code: 'too-many-pixels', ...size, maximum: maximumMegapixels });
  return { ok: true, asset: { ...asset, size } };
}

/** Assets that came with questions: those that may be kept, and why the others may not. */
export async function checkAssets(
  assets: readonly Asset[],
): Promise<{ kept: CheckedAsset[]; refused: { sha256: string; refusal: AssetRefusal }[] }> {
  const kept: CheckedAsset[] = [];
  const refusedOnes: { sha256: string; refusal: AssetRefusal }[] = [];
  for (const { sha256, bytes } of assets) {
    const checked = await checkAsset(bytes);
    if (checked.ok) kept.push(checked.asset);
    else refusedOnes.push({ sha256, refusal: checked.refusal });
  }
  return { kept, refused: refusedOnes };
}

/** Megabytes as people say them: with one decimal, and never less than there is. */
export function inMegabytes(byteLength: number): number {
  return Math.ceil((byteLength / megabyte) * 10) / 10;
}

function refused(refusal: AssetRefusal): { ok: false; refusal: AssetRefusal } {
  return { ok: false, refusal };
}

/** `<svg` among the first words of a text; what stands before it may be a declaration or a comment. */
function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).replaceAll('\0', '');
  return /^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)?\s*<(?:[?!][^]*<)?(?:\w+:)?svg[\s>]/i.test(head);
}

async function typeOf(bytes: Uint8Array): Promise<string | null> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime ?? null;
  } catch {
    // A head that promises more than follows.
    return null;
  }
}

/** From the picture's head alone. A phone lays its pictures on their side and says so: these are turned when shown. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (width < 1 || height < 1) return null;
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return null;
  }
}
