// QTI of 1EdTech (https://www.1edtech.org/standards/qti): the packages in which many assessment systems exchange questions. Versions 2.0
// to 3.0 are read; 3.0 and 2.1 are written.
import { mentions } from './archive/read-zip.ts';
import type { FileFormat } from './format.ts';
import { manifestName, readPackage } from './qti/read-package.ts';
import { writePackage } from './qti/write-package.ts';

export const qti = {
  name: 'qti',
  kind: 'file',
  label: 'QTI 3.0',
  extension: '.zip',
  mediaType: 'application/zip',
  looksLike: (bytes: Uint8Array) => mentions(bytes, manifestName),
  read: readPackage,
  write: (questions, assets) => writePackage(questions, assets, '3.0'),
} as const satisfies FileFormat;

export const qti21 = {
  name: 'qti-2.1',
  kind: 'file',
  label: 'QTI 2.1',
  extension: '.zip',
  mediaType: 'application/zip',
  // Nothing outside tells the versions apart: `qti` reads both.
  looksLike: () => false,
  read: readPackage,
  write: (questions, assets) => writePackage(questions, assets, '2.1'),
} as const satisfies FileFormat;
