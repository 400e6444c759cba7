// Every format that is a file and no text. They stand apart from the text formats because they hand texts to them.
import { docx } from './docx.ts';
import type { FileFormat } from './format.ts';
import { qti, qti21 } from './qti.ts';
import { xlsx } from './xlsx.ts';

export const fileFormats = [docx, xlsx, qti, qti21] as const satisfies readonly FileFormat[];
