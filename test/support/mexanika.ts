// The sample quiz, with a question of every type, and answers to it as people would give them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Given } from './sheet.ts';

/** As its teacher pastes it: 12 items, of which one asks nothing and one is an essay; 10 points. */
export const mexanika = readFileSync(join(import.meta.dirname, '../../src/practice/sample/mexanika.gift'), 'utf8');

/** Earns all there is. */
export const rightAnswers = {
  'Jismga ta’sir': 'Tinch turadi yoki to‘g‘ri chiziqli tekis harakat qiladi',
  'Massasi 2 kg': '5',
  'Kuchning xalqaro': 'nyuton',
  'vektor kattalik': ['Tezlik', 'Kuch', 'Impuls'],
  'Ta’sir va aks': 'False',
  'birligi bilan moslang': { Kuch: 'N', Bosim: 'Pa', Energiya: 'J', Quvvat: 'W' },
  'erkin tushish': '9,8',
  'kinetik energiyasi': 'mv22',
  'Yopiq konservativ': 'o‘zgarmaydi',
  'o‘zaro tik': 'nolga',
  'Kundalik hayotdan': 'Belanchak.\n\nMayatnik.',
} as const satisfies Record<string, Given>;

/** Earns nothing, although everything is answered. */
export const wrongAnswers = {
  'Jismga ta’sir': 'Albatta to‘xtaydi',
  'Massasi 2 kg': '20',
  'Kuchning xalqaro': 'joul',
  'vektor kattalik': ['Massa', 'Energiya'],
  'Ta’sir va aks': 'True',
  'birligi bilan moslang': { Kuch: 'kg', Bosim: 'N', Energiya: 'W', Quvvat: 'J' },
  'erkin tushish': '10',
  'kinetik energiyasi': 'mgh',
  'Yopiq konservativ': 'ortadi',
  'o‘zaro tik': 'birga',
  'Kundalik hayotdan': 'Bilmayman.',
} as const satisfies Record<string, Given>;
