// Files of every kind, thousands of questions, and readings that break off: all in the background, nothing half-stored.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { assets } from '../../src/database/tables/assets.ts';
import { importedQuestions, questionImports } from '../../src/database/tables/quizzes.ts';
import type { FileValue } from '../../src/practice/form-fields.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { readQuestionFile } from '../../src/questions/read-question-file.ts';
import { readInBackground } from '../../src/quizzes/import-reading.ts';
import { writeZip } from '../../src/questions/formats/archive/write-zip.ts';
import { ask } from '../support/ask.ts';
import { pngOf } from '../support/assets.ts';
import { chosenFile, untilRead, wordQuestions } from '../support/imports.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { openAsTeacher, openQuiz, twoQuestions } from '../support/people.ts';
import { newActivity } from '../support/school.ts';
import { drawing, paragraph, run, wordDocument } from '../support/word-document.ts';

let mustaqil: TestMustaqil;
beforeAll(async () => {
  mustaqil = await startMustaqil();
});
afterAll(() => mustaqil.stop());

async function uploading(file: FileValue): Promise<Robot> {
  const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await dilnoza.submit('#import', { source: '', file });
  await untilRead(dilnoza);
  return dilnoza;
}

/** Dilnoza at an import that is about to be read. */
async function beingRead() {
  const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
  await dilnoza.submit('#import', { source: twoQuestions });
  const id = importId(dilnoza);
  const { db, clock } = mustaqil;
  await db.delete(importedQuestions).where(eq(importedQuestions.importId, id));
  const [row] = await db
    .update(questionImports)
    .set({ state: 'reading', read: null, heardAt: clock.now() })
    .where(eq(questionImports.id, id))
    .returning({ quizId: questionImports.quizId });
  return { dilnoza, target: { importId: id, quizId: row?.quizId ?? 0, deploymentId: 1 } };
}

const reader = () => ({ db: mustaqil.db, now: mustaqil.clock.now, log: pino({ level: 'silent' }) });

const importId = (robot: Robot) => Number(/imports\/(\d+)/.exec(robot.page.url)?.[1]);

describe('A Word document', () => {
  test('is looked at, and its questions are added', async () => {
    const dilnoza = await uploading(chosenFile('savollar.docx', await wordQuestions(20)));
    expect(dilnoza.page.$('main').text()).toContain('20 questions understood (Word');
    expect(dilnoza.page.$('#chosen .question')).toHaveLength(20);
    await dilnoza.submit('#chosen');
    expect(dilnoza.page.$('main').text()).toContain('20 questions added.');
    expect(dilnoza.page.$('[data-key]')).toHaveLength(20);
  });

  test('shows its pictures before anything is added, and names those that cannot be kept', async () => {
    const good = pngOf(40, 30);
    const bad = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const body = [
      paragraph(`${run('1. Bu nima? ')}${drawing('rId1', 'Richag')}`),
      paragraph(run('A) Richag', '<w:b/>')),
      paragraph('B) Blok'),
      paragraph(`${run('2. Bu-chi? ')}${drawing('rId2', 'Blok')}`),
      paragraph('A) Richag'),
      paragraph(run('B) Blok', '<w:b/>')),
    ];
    const pictures = { rId1: { name: 'a.png', bytes: good }, rId2: { name: 'b.svg', bytes: bad } };
    const dilnoza = await uploading(chosenFile('rasm.docx', await wordDocument(body.join(''), { pictures })));
    const { $ } = dilnoza.page;
    const sha256 = createHash('sha256').update(good).digest('hex');
    expect($(`#chosen img[src="/assets/${sha256}"]`).attr('alt')).toBe('Richag');
    expect($('[data-warnings], .problems').text()).toMatch(/Line \d+\./);
    const shown = await ask(`${mustaqil.url}/assets/${sha256}`, { as: dilnoza });
    expect(shown.status).toBe(200);
    expect(await mustaqil.db.select({ key: assets.sha256 }).from(assets)).toEqual([{ key: sha256 }]);
  });
});

test('A truncated archive stores nothing and says what is wrong', async () => {
  const whole = await wordQuestions(3);
  const dilnoza = await uploading(chosenFile('yarim.docx', whole.slice(0, whole.length - 40)));
  expect(dilnoza.page.$('.problems li')).toHaveLength(1);
  expect(dilnoza.page.$('#chosen')).toHaveLength(0);
  const rows = await mustaqil.db
    .select()
    .from(importedQuestions)
    .where(eq(importedQuestions.importId, importId(dilnoza)));
  expect(rows).toEqual([]);
});

test('An archive without questions says so', async () => {
  const archive = await writeZip([{ name: 'salom.txt', bytes: new TextEncoder().encode('salom') }]);
  const dilnoza = await uploading(chosenFile('salom.zip', archive));
  expect(dilnoza.page.$('.problems li')).toHaveLength(1);
});

test('Five thousand questions are shown by pages, keep their ticks from page to page, and are added at once', async () => {
  const source = Array.from({ length: 5000 }, (_, index) => `::N${index}::${index} + 1 = ? {#${index + 1}}`);
  const dilnoza = await uploading(chosenFile('bank.gift', source.join('\n\n')));
  expect(dilnoza.page.$('#chosen [name=item]')).toHaveLength(50);
  expect(dilnoza.page.$('main').text()).toContain('Page 1 of 100');

  const untick = { item: '1' };
  await dilnoza.submit('#chosen button[name=to][value=2]', untick);
  expect(dilnoza.page.$('#chosen [name=item]').first().attr('value')).toBe('50');
  await dilnoza.submit('#chosen');
  expect(dilnoza.page.$('main').text()).toMatch(/4951 questions added/);
  expect(dilnoza.page.$('[data-key]')).toHaveLength(100);
  expect(dilnoza.page.$('main').text()).toContain('Page 1 of 50');
  expect(dilnoza.page.$('.card-text').first().text()).toContain('1 + 1 =');
  await dilnoza.click('.list-pages a');
  expect(dilnoza.page.$('.card-title').first().text()).toContain('Question 101');
}, 120_000);

describe('A reading', () => {
  /** Dilnoza at an import that some other process is reading. */
  async function elsewhere() {
    const dilnoza = await openAsTeacher(mustaqil, { activity: newActivity(mustaqil) });
    await dilnoza.submit('#import', { source: twoQuestions });
    await mustaqil.db
      .update(questionImports)
      .set({ state: 'reading', read: null, heardAt: mustaqil.clock.now(), done: 30, total: 100 })
      .where(eq(questionImports.id, importId(dilnoza)));
    await dilnoza.open(dilnoza.page.url);
    return dilnoza;
  }

  test('says how far it is, to people and to the script, and looks again without one', async () => {
    const dilnoza = await elsewhere();
    expect(dilnoza.page.$('progress').attr('value')).toBe('0.3');
    expect(dilnoza.page.$('[role=status]').text()).toContain('30');
    expect(dilnoza.page.$('noscript').html()).toContain('http-equiv="refresh"');
    const answer = await ask(dilnoza.page.url, { as: dilnoza, headers: { accept: 'application/json' } });
    expect(JSON.parse(answer.html)).toMatchObject({ share: 0.3 });
  });

  test('that is stopped adds nothing, and what was kept of it goes', async () => {
    const dilnoza = await elsewhere();
    await dilnoza.submit('form[action$="/cancellation"]');
    expect(dilnoza.page.$('[role=alert]').text()).toContain('You stopped the reading');
    const left = await mustaqil.db
      .select()
      .from(importedQuestions)
      .where(eq(importedQuestions.importId, importId(dilnoza)));
    expect(left).toEqual([]);
  });

  test('whose process is gone says so, and what to do', async () => {
    const dilnoza = await elsewhere();
    mustaqil.clock.advance(31_000);
    await dilnoza.open(dilnoza.page.url);
    expect(dilnoza.page.$('[role=alert]').text()).toContain('Choose the file once more');
    expect(dilnoza.page.$('#import')).toHaveLength(1);
  });
});

test('A file that is too much for the reading thread is told of in words, and nothing of it is stored', async () => {
  const { dilnoza, target } = await beingRead();
  const { importId: id } = target;
  const bytes = await wordQuestions(3);
  const tooMuch = { mostMegabytes: 12 };
  await readInBackground(reader(), new Map(), target, {
    read: (watch) => readQuestionFile({ bytes, name: 'katta.docx' }, { format: 'auto', ...watch }, tooMuch),
  });
  await dilnoza.open(dilnoza.page.url);
  expect(dilnoza.page.$('.problems li').text()).toContain(
    'Reading the file took more than 12 MB of memory and was stopped. Split it into smaller files.',
  );
  expect(dilnoza.page.$('#chosen')).toHaveLength(0);
  const kept = await mustaqil.db.select().from(importedQuestions).where(eq(importedQuestions.importId, id));
  expect(kept).toEqual([]);
});

test('Of a student no large file is read', async () => {
  const activity = newActivity(mustaqil);
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  const action = dilnoza.page.$('#import').attr('action') ?? '';
  const aziz = await openQuiz(mustaqil, { activity });
  const form = new FormData();
  form.set('_csrf', aziz.page.$('[name=_csrf]').attr('value') ?? '');
  form.set('file', new Blob(['x'.repeat(5 * 1024 * 1024)]), 'x.gift');
  const answer = await ask(`${mustaqil.url}${action}`, { as: aziz, body: form });
  expect([403, 413]).toContain(answer.status);
});
