// The files of an answer as pages list them.
import { filesOf } from '../../questions/hand-marking.ts';
import type { Question } from '../../questions/question.ts';
import type { FileRule } from '../../questions/rubric.ts';
import { kindOf } from '../../questions/assets/check-asset.ts';
import { fieldName } from '../field-name.ts';
import type { AnswerFile } from './answer-file.store.ts';

/** One file in a list. */
export interface ListedFile {
  sha256: string;
  name: string;
  address: string;
  kilobytes: number;
  /** Null for what is no picture. */
  size: { width: number; height: number } | null;
}

/** What an answer holds, and what it may hold. `rule` is null where the question takes no files. */
export interface ListedFiles {
  rule: FileRule | null;
  /** For a browser's file dialogue, and whether a phone is asked for its camera's pictures. */
  accept: string;
  files: ListedFile[];
}

const accepted = {
  // Named one by one: a phone then hands over what it photographed as one of these.
  picture: 'image/jpeg,image/png,image/webp,image/gif',
  pdf: 'application/pdf',
  any: 'image/jpeg,image/png,image/webp,image/gif,application/pdf,audio/*,video/mp4,video/webm',
} as const;

/** The files of one question of an attempt. @param files of the whole attempt */
export function listedFiles(question: Question, position: number, files: readonly AnswerFile[]): ListedFiles {
  const rule = filesOf(question);
  return {
    rule,
    accept: rule?.kinds.map((kind) => accepted[kind]).join(',') ?? '',
    files: files.filter((file) => file.position === position).map(listedFile),
  };
}

export function listedFile(file: AnswerFile): ListedFile {
  const { attemptId, position, sha256, name, mediaType, width, height, byteLength } = file;
  const isPicture = kindOf(mediaType) === 'picture' && width !== null && height !== null;
  return {
    ...{ sha256, name },
    address: `/attempts/${attemptId}/files/${fieldName(position)}/${sha256}`,
    kilobytes: Math.max(1, Math.round(byteLength / 1024)),
    size: isPicture ? { width, height } : null,
  };
}
