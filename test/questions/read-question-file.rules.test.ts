// A file of any kind, as it comes from a teacher's disk: what it is told to be, what is wrong with it, and that reading it holds up
// nobody else.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { writeZip } from '../../src/questions/formats/archive/write-zip.ts';
import { csv } from '../../src/questions/formats/csv.ts';
import { qti } from '../../src/questions/formats/qti.ts';
import { xlsx } from '../../src/questions/formats/xlsx.ts';
import type { Question } from '../../src/questions/question.ts';
import { readFileBytes } from '../../src/questions/read-file-bytes.ts';
import { readQuestionFile } from '../../src/questions/read-question-file.ts';
import { pictures } from './any-question.ts';
import { drawing, paragraph, run, wordDocument, wordFiles } from '../support/word-document.ts';

const bytesOf = (file: Uint8Array | string) => (typeof file === 'string' ? Buffer.from(file) : file);

/** What the thread does, without the thread. */
const read = (file: Uint8Array | string) => readFileBytes(bytesOf(file), 'auto', () => undefined);

const inThread = (file: Uint8Array | string) =>
  readQuestionFile({ bytes: bytesOf(file), name: 'savollar' }, { format: 'auto' });

const told = async (bytes: Uint8Array | string) => {
  const { format, questions, problems } = await read(bytes);
  return { format, questions: questions.length, problems: problems.map(({ code }) => code) };
};

const question: Question = {
  type: 'single-choice',
  name: 'Massa?',
  text: { format: 'plain', source: 'Massa?' },
  generalFeedback: null,
  points: '1',
  details: {
    options: ['kg', 'N'].map((source, place) => ({
      text: { format: 'plain' as const, source },
      weight: place === 0 ? '1' : '0',
      feedback: null,
    })),
  },
};
const word = paragraph('1. Massa?') + paragraph('*A) kg') + paragraph('B) N');
const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });

describe('A file is known by what is in it:', () => {
  test.each([
    ['Word', () => wordDocument(word), 'docx'],
    ['Excel', async () => (await xlsx.write([question])).body, 'xlsx'],
    ['QTI', async () => (await qti.write([question], [])).body, 'qti'],
    ['CSV', () => Buffer.from(csv.write([question]).body), 'csv'],
    ['GIFT', () => Buffer.from('Massa? {=kg ~N}'), 'gift'],
    ['HEMIS', () => Buffer.from('Massa?\n====\n#kg\n====\nN'), 'hemis'],
    ['Aiken', () => Buffer.from('Massa?\nA) kg\nB) N\nANSWER: A'), 'aiken'],
  ])('%s', async (_, make, format) => {
    expect(await told(await make())).toEqual({ format, questions: 1, problems: [] });
  });

  test.each([
    ['UTF-16 with its mark, either way round', Buffer.from('\uFEFFСавол;A;B;Right\nМасса?;кг;Н;A', 'utf16le')],
    ['Windows-1251', Buffer.from([...'Савол;A;B;Right\nМасса?;кг;Н;A'].map(windows1251))],
    ['mixed line ends and direction marks', Buffer.from('\u200FСавол;A;B;Right\r\n\u200EМасса?;кг;Н;A\rb;x;y;A\n')],
  ])('in %s', async (_, bytes) => {
    expect(await told(bytes)).toMatchObject({ format: 'csv', problems: [] });
    const { questions } = await read(bytes);
    expect(questions[0]?.question.text.source).toBe('Масса?');
  });
});

function windows1251(character: string): number {
  const code = character.charCodeAt(0);
  return code < 0x80 ? code : code - 0x350;
}

describe('An exact message and no question come of', () => {
  const none = (...problems: string[]) => ({ format: null, questions: 0, problems });

  test('an archive that is cut off, anywhere', async () => {
    const whole = await wordDocument(word);
    for (const share of [0.2, 0.5, 0.9, 0.99]) {
      const cut = whole.slice(0, whole.length * share);
      expect((await told(cut)).problems).toEqual(['zip-broken']);
    }
  });

  test('an archive in which a byte was changed', async () => {
    const damaged = await wordDocument(word);
    damaged[120] = (damaged[120] ?? 0) ^ 0xff;
    expect((await told(damaged)).problems).toEqual(['zip-broken']);
  });

  test('an archive that would unpack to very much', async () => {
    const bomb = await writeZip([{ name: 'word/document.xml', bytes: new Uint8Array(100 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(200_000);
    expect((await told(bomb)).problems).toEqual(['zip-too-large']);
  });

  test('an archive that says less than it unpacks to', async () => {
    const lying = await writeZip([{ name: 'word/document.xml', bytes: new Uint8Array(1024 * 1024) }]);
    const buffer = Buffer.from(lying);
    // The size in the directory at the end is the one that counts.
    buffer.writeUInt32LE(10, buffer.indexOf(Buffer.from('PK\u0001\u0002')) + 24);
    expect((await told(buffer)).problems).toEqual(['zip-broken']);
  });

  test('an archive with another in it, or with nothing of ours', async () => {
    expect(await told(await writeZip([{ name: 'savollar.docx', bytes: await wordDocument(word) }]))).toEqual(
      none('zip-nested'),
    );
    expect(await told(await writeZip([text('savol.txt', 'Massa?')]))).toEqual(none('zip-without-questions'));
  });

  test.each(['../../etc/passwd', '/etc/passwd', 'a\\..\\b'])('an archive with the name %s', async (name) => {
    // The library that packs refuses such names, so one is put into a finished archive.
    const harmless = 'x'.repeat(name.length);
    const files = await writeZip([...wordFiles(word), text(harmless, 'x')]);
    const bytes = Buffer.from(Buffer.from(files).toString('latin1').replaceAll(harmless, name), 'latin1');
    expect((await told(bytes)).problems).toEqual(['zip-unsafe-name']);
  });

  test.each([
    ['expand', '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'],
    ['point outside', '<!DOCTYPE w SYSTEM "file:///etc/passwd">'],
  ])('XML with entities that %s', async (_, prolog) => {
    expect((await told(await wordDocument(word, { prolog }))).problems).toEqual(['archive-xml-entities']);
  });

  test('XML that is not well-formed, or is nested without end', async () => {
    expect((await told(await wordDocument('<w:p>'))).problems).toEqual(['archive-xml-broken']);
    const deep = '<w:sdt>'.repeat(5000) + '</w:sdt>'.repeat(5000);
    expect((await told(await wordDocument(deep))).problems).toEqual(['archive-xml-broken']);
  });

  test('a Word document of before 2007, or one with a password', async () => {
    expect(await told(Buffer.from('d0cf11e0a1b11ae10000', 'hex'))).toEqual(none('old-office'));
  });

  test('a picture of 60 MB, but the other questions are kept', async () => {
    const bytes = Buffer.alloc(60 * 1024 * 1024, Buffer.from('89504e470d0a1a0a', 'hex'));
    for (let at = 0; at < bytes.length; at += 4096) bytes.writeUInt32LE((at * 2654435761) % 2 ** 32, at + 8);
    const body =
      paragraph(run('1. Rasm ') + drawing('rId1')) + paragraph('*A) x') + paragraph('B) y') + word.replace('1.', '2.');
    const file = await wordDocument(body, { pictures: { rId1: { name: 'katta.png', bytes } } });
    const { questions, problems } = await read(file);
    expect(problems).toEqual([
      {
        line: 1,
        code: 'archive-picture-too-large',
        params: { name: 'word/media/katta.png', megabytes: 60, maximum: 10 },
      },
    ]);
    expect(questions.map(({ line }) => line)).toEqual([4]);
  });

  test('bytes of no kind', async () => {
    expect((await told(deflateRawSync(Buffer.alloc(5000, 'x')))).problems).toEqual(['format-unknown']);
    expect((await told('')).problems).toEqual(['format-unknown']);
  });
});

describe('Five thousand questions', () => {
  const many = Array.from({ length: 5000 }, (_, at) => ({ ...question, name: `Savol ${at}` }));

  test('are read while others are served, and tell how far they are', async () => {
    const { body } = await xlsx.write(many);
    const heard: [number, number | null][] = [];
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const result = await readQuestionFile(
      { bytes: body, name: 'katta.xlsx' },
      { format: 'auto', onProgress: (done, total) => heard.push([done, total]) },
    );
    clearInterval(pulse);
    expect(result.questions).toHaveLength(5000);
    expect(heard.length).toBeGreaterThan(10);
    expect(heard.at(-1)).toEqual([5000, 5000]);
    // Reading takes seconds; the rest of the process was never held up for one.
    expect(longest).toBeLessThan(1000);
  });

  test('and one more are read but for that one', async () => {
    const { body } = await xlsx.write([...many, question]);
    const { questions, problems } = await read(body);
    expect(questions).toHaveLength(5000);
    expect(problems).toEqual([{ line: 5002, code: 'too-many-questions', params: { maximum: 5000 } }]);
  });
});

test('Whoever gives up waiting is no longer waited for', async () => {
  const controller = new AbortController();
  const reading = readQuestionFile(
    { bytes: Buffer.from('Massa? {=kg ~N}'), name: 'a.gift' },
    { format: 'auto', signal: controller.signal },
  );
  controller.abort();
  await expect(reading).rejects.toThrow();
  // And the next is read as ever.
  expect((await inThread('Massa? {=kg ~N}')).questions).toHaveLength(1);
});

describe('A thread that comes to no good end takes nothing else with it, and the reader is told why:', () => {
  const thread = (program: string) => new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const gift = { bytes: Buffer.from('Massa? {=kg ~N}'), name: 'a.gift' };

  test.each([
    ['it takes too much memory', { mostMegabytes: 12 }, { code: 'reading-too-much', params: { megabytes: 12 } }],
    [
      'it takes too long',
      { program: thread('setInterval(() => {}, 1000)'), mostSeconds: 0.01 },
      { code: 'reading-too-long', params: { seconds: 0.01 } },
    ],
    ['it throws', { program: thread('throw new Error("x")') }, { code: 'reading-stopped', params: {} }],
    ['it ends without a word', { program: thread('process.exit(0)') }, { code: 'reading-stopped', params: {} }],
  ])('%s', async (_, bounds, problem) => {
    const read = await readQuestionFile(gift, { format: 'auto' }, bounds);
    expect(read).toEqual({ format: null, questions: [], problems: [{ line: 1, ...problem }] });
    expect((await inThread('Massa? {=kg ~N}')).questions).toHaveLength(1);
  });
});

test('A picture comes out of the thread as it was', async () => {
  const [picture] = pictures;
  const body = paragraph(run('1. Rasm ') + drawing('rId1')) + paragraph('*A) x') + paragraph('B) y');
  const file = await wordDocument(body, { pictures: { rId1: { name: 'a.png', bytes: picture!.bytes } } });
  const { assets } = await inThread(file);
  expect(assets?.map(({ sha256, bytes }) => [sha256, [...bytes]])).toEqual([[picture!.sha256, [...picture!.bytes]]]);
});

test('Many files at once take turns', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => inThread('Massa? {=kg ~N}')));
  expect(all.map(({ questions }) => questions.length)).toEqual([1, 1, 1, 1, 1]);
});
