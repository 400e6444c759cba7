// What may be uploaded: its own bytes say what it is.
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkAsset, checkAssets, kindOf } from '../../src/questions/assets/check-asset.ts';
import { heads, jpegOf, pngBomb, pngOf } from '../support/assets.ts';

const megabyte = 1024 * 1024;
const text = (source: string) => new TextEncoder().encode(source);
const refusalOf = async (bytes: Uint8Array) => {
  const checked = await checkAsset(bytes);
  return checked.ok ? checked.asset.mediaType : checked.refusal;
};
const longer = (head: Uint8Array, bytes: number) => {
  const all = new Uint8Array(bytes);
  all.set(head);
  return all;
};

describe('What is kept', () => {
  test.each([
    ['a PNG', pngOf(4, 3), 'image/png', 'picture', { width: 4, height: 3 }],
    ['a JPEG', jpegOf(), 'image/jpeg', 'picture', { width: 4, height: 3 }],
    ['a JPEG of a phone held upright', jpegOf(6), 'image/jpeg', 'picture', { width: 3, height: 4 }],
    ['a GIF', heads.gif, 'image/gif', 'picture', { width: 4, height: 3 }],
    ['a WebP', heads.webp, 'image/webp', 'picture', { width: 4, height: 3 }],
    ['an MP3', heads.mp3, 'audio/mpeg', 'sound', null],
    ['a WAV', heads.wav, 'audio/wav', 'sound', null],
    ['an Ogg', heads.opus, 'audio/ogg', 'sound', null],
    ['an M4A', heads.m4a, 'audio/mp4', 'sound', null],
    ['an MP4', heads.mp4, 'video/mp4', 'film', null],
    ['a WebM', heads.webm, 'video/webm', 'film', null],
    ['a PDF', heads.pdf, 'application/pdf', 'document', null],
  ])('%s', async (_, bytes, mediaType, kind, size) => {
    const checked = await checkAsset(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(checked).toEqual({ ok: true, asset: { sha256, mediaType, bytes, size } });
    expect(kindOf(mediaType)).toBe(kind);
  });

  test('a picture of exactly 10 MB and a film of exactly 20', async () => {
    expect(await refusalOf(longer(pngOf(1, 1), 10 * megabyte))).toBe('image/png');
    expect(await refusalOf(longer(heads.mp4, 20 * megabyte))).toBe('video/mp4');
  });
});

describe('What is refused', () => {
  test.each([
    ['nothing at all', new Uint8Array(), { code: 'empty' }],
    ['a web page', text('<!doctype html><script>alert(1)</script>'), { code: 'unknown' }],
    ['a script', text('alert(1)'), { code: 'unknown' }],
    ['a drawing', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), { code: 'svg' }],
    ['a drawing after a declaration', text('\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<svg>'), { code: 'svg' }],
    ['a drawing in UTF-16', new Uint8Array(Buffer.from('\uFEFF<svg>', 'utf16le')), { code: 'svg' }],
    ['a document type before a drawing', text('<!DOCTYPE svg PUBLIC "x" "y"><svg>'), { code: 'svg' }],
    ['a photograph of an iPhone', heads.heic, { code: 'kind', found: 'image/heic' }],
    ['a BMP', heads.bmp, { code: 'kind', found: 'image/bmp' }],
    ['a program', longer(text('MZ'), 200), { code: 'kind', found: 'application/x-msdownload' }],
    ['a PNG that breaks off in its head', pngOf(4, 3).slice(0, 12), { code: 'unknown' }],
    [
      'a picture of 30 000 × 30 000',
      pngBomb(30_000, 30_000),
      { code: 'too-many-pixels', width: 30_000, height: 30_000, maximum: 25 },
    ],
    ['a picture of no height', pngBomb(100, 0), { code: 'broken' }],
    [
      'a picture of 60 MB',
      longer(pngOf(1, 1), 60 * megabyte),
      { code: 'too-large', kind: 'picture', megabytes: 60, maximum: 10 },
    ],
    [
      'a picture of a byte too many',
      longer(pngOf(1, 1), 10 * megabyte + 1),
      { code: 'too-large', kind: 'picture', megabytes: 10.1, maximum: 10 },
    ],
    [
      'a sound of 21 MB',
      longer(heads.mp3, 21 * megabyte),
      { code: 'too-large', kind: 'sound', megabytes: 21, maximum: 20 },
    ],
  ])('%s', async (_, bytes, refusal) => {
    expect(await refusalOf(bytes)).toEqual(refusal);
  });

  test('of several, only those that are none', async () => {
    const [good, bad] = [pngOf(1, 1), text('<html>')].map((bytes, index) => ({
      sha256: index === 0 ? createHash('sha256').update(bytes).digest('hex') : 'b',
      mediaType: 'image/png',
      bytes,
    }));
    if (!good || !bad) throw new Error('Two were made');
    expect(await checkAssets([good, bad])).toEqual({
      kept: [{ ...good, size: { width: 1, height: 1 } }],
      refused: [{ sha256: 'b', refusal: { code: 'unknown' } }],
    });
  });
});

test('No bytes can make the check fail, whatever they begin with', async () => {
  const starts = [pngOf(4, 3), jpegOf(6), ...Object.values(heads)];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.nat(80),
      fc.uint8Array({ maxLength: 200 }),
      async (start, length, rest) => {
        const checked = await checkAsset(new Uint8Array([...start.slice(0, length), ...rest]));
        expect(typeof checked.ok).toBe('boolean');
      },
    ),
    { numRuns: 400 },
  );
});
