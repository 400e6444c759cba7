// Sends what somebody uploaded, under headers that let nothing in it run.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { kindOf } from './check-asset.ts';

export interface SentFile {
  sha256: string;
  /** As `checkAsset` found it. */
  mediaType: string;
  byteLength: number;
  /** Under which a browser keeps it. */
  name: string;
  cacheControl: string;
}

/** Sends all of it, or the part that is asked for. @param read the bytes from `start` to `end`, both included */
export async function sendBytes(
  req: Request,
  res: Response,
  { sha256, mediaType, byteLength, name, cacheControl }: SentFile,
  read: (start: number, end: number) => AsyncIterable<Uint8Array>,
): Promise<void> {
  const isDocument = kindOf(mediaType) === 'document';
  res.set({
    'Content-Type': mediaType,
    'X-Content-Type-Options': 'nosniff',
    // Opened by itself, it is in a box without an origin; the browser's own viewers need their styles.
    'Content-Security-Policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Disposition': `${isDocument ? 'attachment' : 'inline'}; ${filename(name)}`,
    'Cache-Control': cacheControl,
    ETag: `"${sha256}"`,
    'Accept-Ranges': 'bytes',
  });
  if (req.fresh) {
    res.status(304).end();
    return;
  }
  const part = partOf(req, byteLength);
  if (part === null) {
    res.status(416).set('Content-Range', `bytes */${byteLength}`).end();
    return;
  }
  const { start, end } = part;
  if (part.isPart) res.status(206).set('Content-Range', `bytes ${start}-${end}/${byteLength}`);
  res.set('Content-Length', String(end - start + 1));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  try {
    await pipeline(Readable.from(read(start, end), { objectMode: false }), res);
  } catch (error) {
    // A player that jumps elsewhere goes away in the middle, which is nobody's fault.
    if (!isGoneAway(error)) throw error;
  }
}

/** One part, or all of it: several parts in one answer no player of ours asks for. Null for a part that there is not. */
function partOf(req: Request, byteLength: number): { isPart: boolean; start: number; end: number } | null {
  const ranges = req.range(byteLength);
  if (ranges === -1) return null;
  const [range] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : [];
  return range ? { isPart: true, ...range } : { isPart: false, start: 0, end: byteLength - 1 };
}

function isGoneAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** A name in any script (RFC 6266). */
function filename(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return plain === name ? `filename="${name}"` : `filename="${plain}"; filename*=UTF-8''${encoded}`;
}
