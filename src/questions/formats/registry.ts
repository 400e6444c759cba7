// Every question format there is. When nobody says which one a text is in, the first that finds it familiar reads it, so
// the stricter stands before the looser.
import type { TextFormat } from './format.ts';
import { aiken } from './aiken.ts';
import { csv } from './csv.ts';
import { gift } from './gift.ts';
import { hemis } from './hemis.ts';
import { moodleXml } from './moodle-xml.ts';

export const formats = [moodleXml, hemis, csv, aiken, gift] as const satisfies readonly TextFormat[];
