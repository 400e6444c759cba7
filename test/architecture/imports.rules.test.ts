// Who may import whom: the house's table, held to by reading every import in src/.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const src = join(root, 'src');

/** The features in line: each may import those before it. */
const line = [
  'platforms',
  'courses',
  'audit',
  'questions',
  'bank',
  'quizzes',
  'credits',
  'grades',
  'attempts',
  'privacy',
  'launch',
];
const ground = ['database', 'i18n'];
const wires = ['lti', 'classroom', 'outbound'];
const composition = ['app.ts', 'audited-acts.ts', 'main.ts', 'start.ts', 'start-classroom.ts', 'commands.ts'];
const besideLti = ['classroom', 'platforms', 'launch', 'database', ...composition];
const words = {
  moodle: ['platforms'],
  canvas: ['platforms'],
  sakai: ['platforms'],
  blackboard: ['platforms'],
  brightspace: ['platforms'],
  google: besideLti,
  // What is kept of people stands in its tables, too.
  classroom: [...besideLti, 'privacy'],
};

const allowed: Record<string, string[]> = {
  database: [],
  i18n: [],
  outbound: [],
  lti: ['outbound'],
  classroom: ['outbound'],
  practice: ['config.ts'],
  web: [...ground],
  ...Object.fromEntries(line.map((feature, place) => [feature, [...line.slice(0, place), ...ground, ...wires]])),
};

interface Import {
  from: string;
  to: string;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);

describe('imports', () => {
  test('were found at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test.each(Object.keys(allowed).map((room) => [room]))('%s imports only what it may', (room) => {
    const strangers = imports.filter(({ from, to }) => roomOf(from) === room && !mayImport(from, to));
    expect(strangers).toEqual([]);
  });

  test('every room stands in the table', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => !room.endsWith('.ts')));
    expect([...rooms].filter((room) => !(room in allowed))).toEqual([]);
  });

  test('only routes and the application know the web', () => {
    const knowing = imports.filter(({ to }) => roomOf(to) === 'web' && to.endsWith('.ts'));
    const strangers = knowing.filter(
      ({ from }) => !['app.ts', 'start.ts'].includes(from) && roomOf(from) !== 'web' && !from.endsWith('.routes.ts'),
    );
    expect(strangers).toEqual([]);
  });

  test('rules know neither HTTP nor a store', () => {
    const rules = files.filter((file) => files.includes(file.replace(/\.ts$/, '.store.ts')));
    const strangers = rules.flatMap((file) =>
      [...source(file).matchAll(/from '([^']+)'/g)]
        .map(([, from]) => from ?? '')
        .filter(
          (from) =>
            /^express$|\.store\.ts$|\.routes\.ts$/.test(from) &&
            !new RegExp(`import type [^;]*'${from}'`).test(source(file)),
        ),
    );
    expect(strangers).toEqual([]);
  });
});

describe('words', () => {
  test('nobody but main and config reads the environment', () => {
    const readers = files.filter((file) => source(file).includes('process.env'));
    expect(readers.sort()).toEqual(['cli.ts', 'main.ts']);
  });

  test.each(Object.entries(words))('the name of %s stands in code only where its differences are', (word, rooms) => {
    const code = (file: string) => source(file).replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
    const strangers = files
      .filter((file) => ![...rooms, 'practice'].includes(roomOf(file)))
      // A question format may be named after the program it comes from, in its own file.
      .filter((file) => !file.startsWith('questions/formats/'))
      // Messages may name anybody, and so may what spells them in other letters.
      .filter((file) => file !== 'i18n/uzbek-cyrillic.ts')
      .filter((file) => new RegExp(word, 'i').test(code(file)));
    expect(strangers).toEqual([]);
  });

  test('no folder or file is a box for odds and ends', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|index)(\.ts|\/)/.test(file))).toEqual([]);
  });

  test('nothing is exported by default, for names are what people search for', () => {
    expect(files.filter((file) => /^export default/m.test(source(file)))).toEqual([]);
  });

  test('views print unescaped only includes and the one function that sanitises', () => {
    const views = readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ejs'),
    );
    const raw = views.flatMap((file) =>
      [...readFileSync(join(root, 'views', file), 'utf8').matchAll(/<%-\s*([^%]*)/g)]
        .map(([, code]) => (code ?? '').trim())
        .filter((code) => !/^(include\(|html\()/.test(code))
        .map((code) => `${file}: ${code}`),
    );
    expect(views.length).toBeGreaterThan(10);
    expect(raw).toEqual([]);
  });
});

function mayImport(from: string, to: string) {
  const [own, other] = [roomOf(from), roomOf(to)];
  if (own === other || allowed[own]?.includes(other)) return true;
  return other === 'web' && from.endsWith('.routes.ts');
}

/** The folder of src/ that a file is in, or the file itself where it stands in src/. */
function roomOf(file: string) {
  return file.split('/')[0] ?? file;
}

function source(file: string) {
  return readFileSync(join(src, file), 'utf8');
}

function importsOf(file: string): Import[] {
  return [...source(file).matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(([, path]) => ({
    from: file,
    to: relative(src, resolve(src, dirname(file), path ?? '')),
  }));
}
