// What a file is, by its first bytes: its name may say anything.

const kinds: readonly { mediaType: string; extension: string; at: number; bytes: readonly number[] }[] = [
  { mediaType: 'image/png', extension: '.png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', extension: '.jpg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/gif', extension: '.gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { mediaType: 'image/webp', extension: '.webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
];

/** A picture's media type; null for anything that browsers may do more with than show it, or that is no picture. */
export function pictureType(bytes: Uint8Array): string | null {
  return (
    kinds.find(({ at, bytes: first }) => first.every((byte, index) => bytes[at + index] === byte))?.mediaType ?? null
  );
}

/** The end of the name of a file of a media type; `''` for one that is not known. */
export function extensionOf(mediaType: string): string {
  return kinds.find((kind) => kind.mediaType === mediaType)?.extension ?? '';
}

/** The media type that the end of a picture's name says; `''` for a name that says none. */
export function pictureTypeOf(name: string): string {
  return kinds.find(({ extension }) => name.endsWith(extension))?.mediaType ?? '';
}
