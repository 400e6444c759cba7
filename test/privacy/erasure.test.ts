// Somebody is erased: what was personal is gone, and everything adds up as before.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { and, eq, isNull } from 'drizzle-orm';
import { runCommand } from '../../src/commands.ts';
import { takeCreditsBack } from '../../src/credits/decide-credits.ts';
import { accommodations, people } from '../../src/database/tables/courses.ts';
import { assets } from '../../src/database/tables/assets.ts';
import { attempts } from '../../src/database/tables/attempts.ts';
import { creditConfirmations, creditEntries, creditMarks } from '../../src/database/tables/credits.ts';
import { gradebookCells, gradeDecisions } from '../../src/database/tables/grades.ts';
import { lateEntries } from '../../src/database/tables/journal.ts';
import { listOwed } from '../../src/grades/owed.store.ts';
import { noFaults } from '../../src/practice/state.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { erasePerson } from '../../src/privacy/erase-person.ts';
import { gatherPerson } from '../../src/privacy/gather-person.ts';
import { newSecret, signIn } from '../admin/administrator.ts';
import { refreshButton } from '../courses/course-page.ts';
import { startAnotherLms } from '../support/another-lms.ts';
import { pngOf } from '../support/assets.ts';
import { openResults } from '../support/grades.ts';
import { openJournal, send } from '../support/journal.ts';
import { launchWith, lti, roleUri } from '../support/launches.ts';
import { scoresOf } from '../support/lms-log.ts';
import { handedIn, newEssayQuiz } from '../support/marking.ts';
import { startMustaqil, testKeys, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, openAsTeacher, openQuiz, publish, takeQuiz } from '../support/people.ts';
import { beforeRegrade, mainOf, regrade, rightKey } from '../support/regrade.ts';
import { refusalOf } from '../support/refusals.ts';
import { nameOf, newQuiz, newStudent } from '../support/school.ts';
import { allRows } from '../support/tables.ts';
import { fill } from '../support/universities.ts';
import { courseIdOf, personIdOf, sumsOf, wordsFor } from './person.ts';

const word = 'Zulfizar';

let mustaqil: TestMustaqil;
let aigul: number;
let courseId: number;
/** Where Aigul is at work. */
let browser: Robot;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  const { db, clock } = mustaqil;
  const filled = await fill(db, mustaqil, word);
  if (!filled.student) throw new Error('There is no student');
  browser = filled.student;
  aigul = await personIdOf(db, sample.aigul);
  courseId = await courseIdOf(db, aigul);
  const changedBy = await personIdOf(db, sample.dilnoza);
  const more = { courseId, personId: aigul, extraTimePercent: 50, changedBy, changedAt: clock.now() };
  await db.insert(accommodations).values(more);
  const decision = { courseId, personId: aigul, componentKey: 'course', actorId: changedBy, reason: 'Aigul copied' };
  await takeCreditsBack(db, decision, clock.now());
  await mustaqil.deliver();
  await mustaqil.roster.settled();
}, 120_000);
afterAll(() => mustaqil.stop());

const erase = (subject: string, ...more: string[]) =>
  runCommand(['person', 'erase', ...wordsFor(mustaqil, subject), ...more], {
    database: () => mustaqil.db,
    now: mustaqil.clock.now,
    publicUrl: mustaqil.url,
    allowHttpLoopback: true,
    sealingKey: testKeys.toolKeys,
  });

/** Which of these words stand anywhere. */
async function wordsKept(...words: string[]): Promise<string[]> {
  const text = JSON.stringify(await allRows(mustaqil.db));
  return words.filter((one) => text.includes(one));
}

/** By part of what is kept, how many rows there are. */
async function partsOf(personId: number): Promise<Record<string, number>> {
  const document = Object.entries((await gatherPerson(mustaqil.db, personId)) ?? {});
  const filled = document.map(([part, rows]) => [part, (rows as unknown[]).length] as const);
  return Object.fromEntries(filled.filter(([, length]) => length > 0));
}

test('The administrator is told what goes and what stays, and erases nobody by a wrong name', async () => {
  const admin = await signIn(mustaqil, await newSecret(mustaqil));
  await admin.open(`${mustaqil.url}/admin/people/${aigul}`);
  await admin.click('a[href$="/erasure"]');
  const said = admin.page.$('main').text();
  expect(said).toContain('What goes');
  expect(said).toContain('What stays, under a number');
  const before = await allRows(mustaqil.db, ['admin_sessions']);
  await admin.submit('main form[method=post]', { typed: 'Aziz Rahimov' });
  expect([admin.page.status, admin.page.$('[role=alert]').text()]).toEqual([
    422,
    expect.stringContaining('Nothing was erased'),
  ]);
  expect(await allRows(mustaqil.db, ['admin_sessions'])).toEqual(before);
});

describe('Somebody in the middle of an attempt is erased, and', () => {
  let sums: Awaited<ReturnType<typeof sumsOf>>;
  let kept: { journalUrl: string; sealed: string };
  beforeAll(async () => {
    const { db } = mustaqil;
    const [open] = await db
      .select()
      .from(attempts)
      .where(and(eq(attempts.personId, aigul), isNull(attempts.submittedAt)));
    await browser.open(`${mustaqil.url}/attempts/${open?.id}`);
    const journal = openJournal(browser.page, mustaqil.clock.now);
    kept = { journalUrl: journal.url, sealed: await journal.answer('q1', word) };
    sums = await sumsOf(db, courseId);
    expect(sums.ledger.length).toBe(2);
    expect(await partsOf(aigul)).toMatchObject({ answers: expect.any(Number), answer_files: 1, credit_entries: 2 });
    const admin = await signIn(mustaqil, await newSecret(mustaqil));
    await admin.open(`${mustaqil.url}/admin/people/${aigul}/erasure`);
    await admin.submit('main form[method=post]', { typed: ' Aigul  Toktogulova ' });
    expect(admin.page.$('h1').text()).toBe(`№ ${aigul}`);
    expect(admin.page.$('[role=status]').text()).toContain('Erased');
    expect(admin.page.$('a[href$="/erasure"]').length).toBe(0);
  });

  test('the ledger, the class and the gradebook add up as before', async () => {
    expect(await sumsOf(mustaqil.db, courseId)).toEqual(sums);
  });

  test('no name, number, answer, file or word of theirs is anywhere', async () => {
    expect(await wordsKept('Toktogulova', '391261100002', 'Aigul copied')).toEqual([]);
    expect(await partsOf(aigul)).toEqual({
      ...{ people: 1, memberships: 1, attempts: 2, gradebook_cells: 1, grade_deliveries: expect.any(Number) },
      ...{ credit_marks: 1, credit_entries: 2 },
    });
    const [mark] = await mustaqil.db.select().from(creditMarks).where(eq(creditMarks.personId, aigul));
    expect(mark).toMatchObject({ comment: '', evidence: '', points: expect.anything() });
    const entries = await mustaqil.db.select().from(creditEntries).where(eq(creditEntries.personId, aigul));
    expect(entries.map(({ reason }) => reason).sort()).toEqual(['', '—']);
    const open = (await mustaqil.db.select().from(attempts).where(eq(attempts.personId, aigul))).at(-1);
    expect(open).toMatchObject({ submittedAt: null, abandonedAt: expect.any(Date), guess: null });
    // The picture is one of the course's questions, too.
    expect((await mustaqil.db.select().from(assets)).length).toBeGreaterThan(0);
  });

  test('they are signed out, and nothing is taken any more of what their device still holds', async () => {
    await browser.open(browser.page.url);
    expect([browser.page.status, refusalOf(browser.page)]).toEqual([401, 'signed-out']);
    const before = await allRows(mustaqil.db);
    const { status } = await send(kept.journalUrl, [kept.sealed]);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await allRows(mustaqil.db)).toEqual(before);
    expect(await mustaqil.db.select().from(lateEntries)).toEqual([]);
  });

  test('the list of the LMS does not bring them back, their own launch does: as somebody without a past', async () => {
    const dilnoza = await openAsTeacher(mustaqil);
    await mustaqil.roster.settled();
    await dilnoza.click('.crumb a');
    mustaqil.clock.advance(10_000);
    await dilnoza.submit(refreshButton);
    expect(await wordsKept('Toktogulova')).toEqual([]);
    expect(dilnoza.page.$('main').text()).toContain(`№ ${aigul}`);

    const again = await openQuiz(mustaqil, { student: sample.aigul });
    expect(again.page.status).toBe(200);
    const anew = await personIdOf(mustaqil.db, sample.aigul);
    expect(anew).not.toBe(aigul);
    expect(await partsOf(anew)).toEqual({ people: 1, memberships: 1, sessions: 1 });
    mustaqil.clock.advance(10_000);
    await dilnoza.submit(refreshButton);
    expect(dilnoza.page.$('main').text()).toContain('Aigul Toktogulova');
  });

  test('a second time changes nothing', async () => {
    const before = await allRows(mustaqil.db);
    expect(await erasePerson({ db: mustaqil.db, now: mustaqil.clock.now }, aigul)).toBe('erased-before');
    expect(await allRows(mustaqil.db)).toEqual(before);
  });
});

describe('The command', () => {
  test('erases nobody without --yes, and says whom it would', async () => {
    const student = newStudent(mustaqil, 'Ada');
    await openQuiz(mustaqil, { student });
    const { exitCode, complaint } = await erase(student);
    expect([exitCode, complaint]).toEqual([1, expect.stringContaining(nameOf(mustaqil, student))]);
    expect(await personIdOf(mustaqil.db, student)).toBeGreaterThan(0);
  });

  test('erases, and knows nobody by that name afterwards', async () => {
    const student = newStudent(mustaqil, 'Ada');
    await openQuiz(mustaqil, { student });
    expect((await erase(student, '--yes', '--json')).exitCode).toBe(0);
    expect(await erase(student, '--yes')).toMatchObject({ exitCode: 1, complaint: expect.stringContaining('Nobody') });
    expect(await wordsKept(nameOf(mustaqil, student))).toEqual([]);
  });
});

test('Who saves, hands in and comes again at the very moment is erased all the same, and nothing of it is left', async () => {
  const { db, clock } = mustaqil;
  const activity = await newQuiz(mustaqil);
  for (let round = 0; round < 4; round++) {
    const student = newStudent(mustaqil, 'Ada');
    const ada = await openQuiz(mustaqil, { student, activity });
    await answer(ada, { sum: '5' });
    const personId = await personIdOf(db, student);
    const other = await mustaqil.browserOf(student);
    await Promise.all([
      ada.submit('form[action$="/submission"]'),
      erasePerson({ db, now: clock.now }, personId),
      other.launch(mustaqil.lms.activityUrl(activity)),
    ]);
    const rows = await db.select().from(people).where(eq(people.id, personId));
    expect(rows).toMatchObject([{ subject: null, name: `№ ${personId}` }]);
    const parts = await partsOf(personId);
    for (const part of ['sessions', 'answers', 'attempt_clients']) expect(parts).not.toHaveProperty(part);
    const [cell] = await db.select().from(gradebookCells).where(eq(gradebookCells.personId, personId));
    expect(cell?.owedSince ?? null).toBeNull();
  }
});

test('A grade that waits for its gradebook is not sent any more, and nobody is owed it', async () => {
  const activity = await newQuiz(mustaqil);
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  mustaqil.lms.faults.down = 'services';
  await takeQuiz(ada, { capital: 'Bishkek', sum: '5' });
  await mustaqil.deliver();
  const personId = await personIdOf(mustaqil.db, student);
  const sent = scoresOf(mustaqil.lms, student).length;
  await erase(student, '--yes');
  Object.assign(mustaqil.lms.faults, noFaults);
  mustaqil.clock.advance(60 * 60 * 1000);
  await mustaqil.deliver();
  expect(scoresOf(mustaqil.lms, student).length).toBe(sent);
  const [cell] = await mustaqil.db.select().from(gradebookCells).where(eq(gradebookCells.personId, personId));
  expect(cell).toMatchObject({ revision: 1, deliveredRevision: 1, owedSince: null, scoreGiven: '2.00000' });
  expect((await listOwed(mustaqil.db, mustaqil.clock.now())).map(({ owed }) => owed)).toEqual([0]);
});

test('An answer that waits for a mark is gone, and nobody is asked to mark it', async () => {
  const activity = await newEssayQuiz(mustaqil);
  const { student, attemptId } = await handedIn(mustaqil, activity);
  await erase(student, '--yes');
  const [attempt] = await mustaqil.db.select().from(attempts).where(eq(attempts.id, attemptId));
  expect(attempt).toMatchObject({ submittedAt: null, unmarked: 0, points: null, abandonedAt: expect.any(Date) });
  const dilnoza = await openResults(mustaqil, activity);
  expect(dilnoza.page.$('main').text()).not.toContain('Belanchak');
});

test('A regrade leaves the points of who was erased as they are, for their answers are gone', async () => {
  const { activity, student } = await beforeRegrade(mustaqil);
  const other = newStudent(mustaqil, 'Bek');
  await takeQuiz(await openQuiz(mustaqil, { student: other, activity }), { capital: 'Bishkek', sum: '5' });
  const personId = await personIdOf(mustaqil.db, student);
  await erase(student, '--yes');
  await publish(mustaqil, { activity, source: rightKey });
  await regrade(mustaqil, activity, 'key', { mayLower: 'yes' });
  const pointsOf = async (id: number) =>
    (await mustaqil.db.select().from(attempts).where(eq(attempts.personId, id))).map(({ points }) => points?.valueOf());
  expect(await pointsOf(personId)).toEqual([1]);
  expect(await pointsOf(await personIdOf(mustaqil.db, other))).toEqual([2]);
});

test('What was written about Ada alone goes with her, and what was written about others, too, stays', async () => {
  const [alone, together] = [await beforeRegrade(mustaqil), await beforeRegrade(mustaqil)];
  const bek = newStudent(mustaqil, 'Bek');
  const { activity } = together;
  await takeQuiz(await openQuiz(mustaqil, { student: bek, activity }), { capital: 'Bishkek', sum: '5' });
  for (const [regraded, isKept] of [
    [alone, false],
    [together, true],
  ] as const) {
    const decisions = await regrade(mustaqil, regraded.activity, 'full-points');
    expect(mainOf(decisions)).toContain('Bishkek is the capital');
    await erase(regraded.student, '--yes');
    await decisions.open(decisions.page.url);
    expect({ isKept, says: mainOf(decisions).includes('Bishkek is the capital') }).toEqual({ isKept, says: isKept });
  }
});

test('A file that proves a mark goes with the last whose mark it proves', async () => {
  const dilnoza = await openAsTeacher(mustaqil);
  const file = { filename: 'ish.png', type: 'image/png', content: pngOf(40, 30, 'Ada and Bek') };
  const [ada, bek] = [newStudent(mustaqil, 'Ada'), newStudent(mustaqil, 'Bek')];
  for (const student of [ada, bek]) {
    await openQuiz(mustaqil, { student });
    const personId = await personIdOf(mustaqil.db, student);
    await dilnoza.open(`/courses/${courseId}/credits/marks/exam/${personId}`);
    await dilnoza.submit('form[enctype]', { mark: '8', file });
  }
  const address = dilnoza.page.$('.mark-history a').attr('href') ?? '';
  await erase(ada, '--yes');
  expect((await dilnoza.open(address)).status).toBe(200);
  await erase(bek, '--yes');
  expect(await mustaqil.db.$count(assets, eq(assets.sha256, address.replace(/.*\//, '')))).toBe(0);
});

test('Nobody whom another university calls the same is erased with them, and their mentor there sees them as before', async () => {
  const other = await startAnotherLms(mustaqil);
  const claims = { [lti('roles')]: [roleUri.mentor], [lti('role_scope_mentor')]: [sample.ivan] };
  for (const school of [mustaqil, other]) await openQuiz(school, { student: sample.ivan });
  const person = newStudent(other, 'Mehmon');
  const mentor = await launchWith(other, { person, activity: sample.physics.mechanics, claims });
  expect(await erase(sample.ivan, '--yes')).toMatchObject({ exitCode: 0, complaint: '' });
  await mentor.open(mentor.page.url);
  expect(mentor.page.$('.rows .row-title').text().trim()).toBe(nameOf(other, sample.ivan));
  await other.stop();
});

test('A teacher is erased: what they decided stays, by a number, and the course goes on', async () => {
  const { db } = mustaqil;
  const dilnoza = await personIdOf(db, sample.dilnoza);
  const colleague = mustaqil.lms.addPerson({ givenName: 'Nodira', familyName: 'Aliyeva' }).id;
  mustaqil.lms.enrol(colleague, sample.physics.course, 'teacher');
  const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada') });
  await answer(ada, { sum: '5' });
  const [sums, decisions] = [await sumsOf(db, courseId), await db.select().from(gradeDecisions)];
  expect(decisions.length).toBeGreaterThan(0);
  expect((await erase(sample.dilnoza, '--yes')).exitCode).toBe(0);

  expect(await sumsOf(db, courseId)).toEqual(sums);
  expect(await db.select().from(gradeDecisions)).toEqual(decisions);
  expect(await wordsKept('Karimova')).toEqual([]);
  const nodira = await openAsTeacher(mustaqil, { teacher: colleague });
  const [confirmation] = await db.select().from(creditConfirmations);
  await nodira.open(`/courses/${courseId}/credits/confirmations/${confirmation?.id}`);
  expect(nodira.page.$('.facts').text()).toContain(`№ ${dilnoza}`);
  await ada.open(ada.page.url);
  expect(ada.page.status).toBe(200);
  expect(await db.select().from(people).where(eq(people.id, dilnoza))).toMatchObject([{ subject: null }]);
});
