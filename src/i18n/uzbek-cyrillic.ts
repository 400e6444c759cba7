// Uzbek in Cyrillic letters, from Uzbek in Latin ones: the same words, so nobody has to write every message twice. What other people
// call something (a product, a button of an LMS, a format, a line of code) keeps its letters.
// Letters: the CLDR transform uz_Cyrl-uz_Latn, backwards; words from Russian have the sign that Latin letters leave out.

/** Never a word of Uzbek: what is filled in, addresses, files, tags and lines of code. */
const code =
  /\{\{\w+\}\}|https?:\/\/\S*|<[!/\w[][^>\s]*>?|&\w+;|\[tag:\w+\]|\b\w+\.(?:docx|xlsx|xml|json|csv)\b|\.\w{3,4}\b|\/[a-z]+\b|\b[A-Z]+_[A-Z_]+\b/;
const words = new RegExp(`(${code.source})|[A-Za-zʻʼ]+`, 'g');

/** Names, which take Uzbek endings: `Moodleda`. */
const names =
  /^(Activate|Aiken|Blackboard|Brightspace|Canvas|Classroom|Excel|Google|Markdown|Moodle|Ogg|Open Badges|Sakai|WebM|WebP|Word)([a-z]*)$/;
/** Letters that stand for English words do too: `LMSda`. */
const capitals = /^([A-Z]{2,})([a-zʻʼ]*)$/;
/** Letters that stand for Uzbek words. */
const abbreviations: Record<string, string> = { JN: 'ЖН', ON: 'ОН', YN: 'ЯН', JAVOB: 'ЖАВОБ', MB: 'МБ', KB: 'КБ' };

/** Words of other people's pages that we quote, and of code. */
const quoted = new Set(
  (
    'activity add admin administration advantage alt app apps audience auto badges client cookie ctrl deep delete ' +
    'developer dynamic enter extensibility external http https id install issuer keep key keys linking manage menu ' +
    'modules new open plugins provision registration register settings shift site sqrt tag token tool tools url ' +
    'workspace'
  ).split(' '),
);

/** Words that came by way of Russian, by how they begin. */
const loans: [RegExp, string][] = [
  [/^obyekt/, 'объект'],
  [/^subyekt/, 'субъект'],
  [/^kompyuter/, 'компьютер'],
  [/^kalkulyator/, 'калькулятор'],
  [/^konsulta/, 'консульта'],
  [/^nyuton/, 'ньютон'],
  [/^fakultet/, 'факультет'],
  [/^film/, 'фильм'],
  [/^filtr/, 'фильтр'],
  [/^sentabr/, 'сентябр'],
  [/^oktabr/, 'октябр'],
];
/** And those of them that end softly as long as nothing follows. */
const soft = /^(?:modul|parol|rol|piksel|profil|fevral|aprel|iyul|(?:сен|ок)тябр|noyabr|dekabr|yanvar)$/;

const digraphs: Record<string, string> = {
  ...{ oʻ: 'ў', gʻ: 'ғ', sh: 'ш', ch: 'ч', yo: 'ё', yu: 'ю', ya: 'я', ye: 'е' },
};
const letters: Record<string, string> = {
  ...{ a: 'а', b: 'б', c: 'с', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'ҳ', i: 'и', j: 'ж', k: 'к', l: 'л', m: 'м', n: 'н' },
  ...{ o: 'о', p: 'п', q: 'қ', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'в', x: 'х', y: 'й', z: 'з', ʼ: 'ъ', ʻ: '' },
};

/** A text of ours in Uzbek, in Cyrillic letters. */
export function inCyrillic(text: string): string {
  return text
    .replaceAll('F.I.Sh.', 'Ф.И.Ш.')
    .replace(words, (word, kept: string | undefined) => (kept === undefined ? wordInCyrillic(word) : word));
}

function wordInCyrillic(word: string): string {
  const lower = word.toLowerCase();
  const abbreviation = abbreviations[word.toUpperCase()];
  if (abbreviation !== undefined && (word === word.toUpperCase() || lower === 'kb')) {
    return word === 'kB' ? 'кБ' : abbreviation;
  }
  // A letter by itself names a choice, a column, a grade or a number; all but `u`, which is a word.
  if (/^[^uʻʼ]$/.test(lower) || quoted.has(lower)) return word;
  const [, name = '', ending = ''] = names.exec(word) ?? capitals.exec(word) ?? [];
  return name === '' ? likeIn(word, spelled(lower)) : name + spelled(ending);
}

function spelled(lower: string): string {
  const [pattern, stem] = loans.find(([begins]) => begins.test(lower)) ?? [/^/, ''];
  const known = lower.replace(pattern, stem);
  return (soft.test(known) ? `${known}ь` : known)
    .replace(/tsi(?=ya|on)/g, 'ци')
    .replace(/(?<![\p{L}])e|(?<=[aou])e/gu, 'э')
    .replace(/yoʻ/g, 'йў')
    .replace(/oʻ|gʻ|sh|ch|y[ouae]/g, (pair) => digraphs[pair] ?? pair)
    .replace(/[a-zʻʼ]/g, (letter) => letters[letter] ?? letter);
}

/** With capital letters where the word had them. */
function likeIn(word: string, text: string): string {
  if (word.length > 1 && word === word.toUpperCase()) return text.toUpperCase();
  return /^\p{Lu}/u.test(word) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}
