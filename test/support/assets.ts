// Pictures, sounds and films as small as their formats allow, and how an author uploads one.
import { crc32, deflateSync } from 'node:zlib';
import type { Robot, RobotPage } from '../../src/practice/robot.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A PNG from black to white, which any browser shows; `word` stands in it as a comment. */
export function pngOf(width: number, height: number, word = ''): Bytes {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  // Each row begins with a 0: it is filtered by nothing.
  const row = Buffer.from([0, ...Array.from({ length: width }, (_, x) => (x * 255) / width)]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return bytesOf(
    [0x89],
    'PNG\r\n\x1A\n',
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from(`Comment\0${word}`)),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  );
}

/** A PNG that says it is so large and holds nothing. */
export function pngBomb(width: number, height: number): Bytes {
  const png = Buffer.from(pngOf(1, 1));
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return bytesOf(png);
}

/** A JPEG of 4 × 3 pixels up to its head; `orientation` as EXIF has it, for a camera held upright. */
export function jpegOf(orientation?: number): Bytes {
  const exif = orientation === undefined ? [] : [[0xff, 0xe1, 0, 34], 'Exif\0\0', 'MM\0*', [0, 0, 0, 8], [0, 1]];
  const entry =
    orientation === undefined
      ? []
      : [
          [1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
          [0, 0, 0, 0],
        ];
  return bytesOf(
    [0xff, 0xd8],
    ...(orientation === undefined ? [[0xff, 0xe0, 0, 16], 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]] : []),
    ...exif,
    ...entry,
    [0xff, 0xc0, 0, 17, 8, 0, 3, 0, 4, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
    [0xff, 0xd9],
  );
}

/** The first bytes of other files, which say what they are. */
export const heads = {
  gif: bytesOf('GIF89a', [4, 0, 3, 0, 0, 0, 0]),
  webp: bytesOf('RIFF', [26, 0, 0, 0], 'WEBPVP8L', [13, 0, 0, 0, 0x2f, 3, 0x80, 0, 0, 0], Buffer.alloc(8)),
  mp3: bytesOf([0xff, 0xfb, 0x90, 0], Buffer.alloc(600)),
  wav: bytesOf('RIFF', [36, 0, 0, 0], 'WAVEfmt ', [16, 0, 0, 0], Buffer.alloc(24)),
  opus: bytesOf('OggS', Buffer.alloc(24), 'OpusHead', Buffer.alloc(20)),
  m4a: bytesOf([0, 0, 0, 24], 'ftypM4A ', Buffer.alloc(12)),
  mp4: bytesOf([0, 0, 0, 24], 'ftypisom', Buffer.alloc(12)),
  webm: bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm', Buffer.alloc(20)),
  pdf: bytesOf('%PDF-1.7\n', Buffer.alloc(60)),
  heic: bytesOf([0, 0, 0, 24], 'ftypheic', Buffer.alloc(12)),
  bmp: bytesOf('BM', Buffer.alloc(60)),
};

/** An author uploads a file on the page for it, and sees the next page. */
export async function upload(
  author: Robot,
  content: Bytes | string,
  { filename = 'rasm.png', alt = '' }: { filename?: string; alt?: string } = {},
): Promise<RobotPage> {
  const courseId = /\/courses\/(\d+)/.exec(author.page.html)?.[1];
  await author.open(`/courses/${courseId}/assets`);
  return author.submit('form.upload', { file: { filename, content, type: 'image/png' }, alt });
}

/** The key of what was uploaded, on the page that follows. */
export function keyOn(page: RobotPage): string {
  return new URL(page.url).searchParams.get('asset') ?? '';
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function bytesOf(...parts: (string | number[] | Uint8Array)[]): Bytes {
  return new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  );
}
