// Every format that is a file and no text. They stand apart from the text formats because they hand texts to them.
import { docx } from './docx.ts';
import type { FileFormat } from './format.ts';
import { xlsx } from './xlsx.ts';

export const fileFormats = [docx, xlsx] as const satisfies readonly FileFormat[];
