// A form changes what its page is about, whatever else somebody writes into it: every column there is, with the key of somebody else.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eq, getTableColumns } from 'drizzle-orm';
import { attempts } from '../../src/database/tables/attempts.ts';
import { memberships, people } from '../../src/database/tables/courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { startMustaqil, type TestMustaqil } from '../support/mustaqil.ts';
import { answer, handIn, openQuiz, publish } from '../support/people.ts';
import { post } from '../support/post.ts';
import { tables } from '../support/tables.ts';

let mustaqil: TestMustaqil;
let aziz: Robot;
let victim: number;
beforeAll(async () => {
  mustaqil = await startMustaqil();
  await publish(mustaqil);
  const aigul = await openQuiz(mustaqil, { student: sample.aigul });
  await answer(aigul, { capital: 'Osh' });
  await handIn(aigul);
  victim = await keyOf(sample.aigul);
  aziz = await openQuiz(mustaqil);
});
afterAll(() => mustaqil.stop());

async function keyOf(subject: string): Promise<number> {
  const [person] = await mustaqil.db.select().from(people).where(eq(people.subject, subject));
  return person?.id ?? 0;
}

/** Every column of every table, as it is called here and in the database, with the key of Aigul, who is also somebody's attempt. */
function everything(own: [string, string][]): [string, string][] {
  const columns = tables.flatMap((table) =>
    Object.entries(getTableColumns(table)).flatMap(([name]) => [
      name,
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    ]),
  );
  const known = new Set(own.map(([name]) => name));
  const smuggled = [...new Set([...columns, 'role', 'score', 'admin', '__proto__', 'constructor'])];
  return [...own, ...smuggled.filter((name) => !known.has(name)).map((name): [string, string] => [name, `${victim}`])];
}

async function rowsOf(personId: number) {
  const { db } = mustaqil;
  return [
    await db.select().from(people).where(eq(people.id, personId)),
    await db.select().from(memberships).where(eq(memberships.personId, personId)),
    await db.select().from(attempts).where(eq(attempts.personId, personId)),
  ];
}

test('Aziz, who sends every column there is along, changes himself alone, and only what the form is for', async () => {
  const before = await rowsOf(victim);
  const me = await keyOf(sample.aziz);
  const quiz = new URL(aziz.page.url).pathname;
  const begun = await post(aziz, quiz, everything([]));
  const attempt = String(begun.headers.location).replace('/submission', '');
  expect([begun.status, attempt]).toEqual([303, expect.stringMatching(/^\/attempts\/\d+$/)]);
  for (const [path, own] of [
    ['/person/language', [['language', 'ru']]],
    ['/person/text-size', [['size', 'large']]],
    [
      `${attempt}/answers`,
      [
        ['question', 'q1'],
        ['q1', '6'],
      ],
    ],
    // As many points as nobody can have would hand nothing in.
    [`${attempt}/submission`, [['guess', '']]],
  ] as [string, [string, string][]][]) {
    expect([path, (await post(aziz, path, everything(own))).status]).toEqual([path, 303]);
  }
  expect(await rowsOf(victim)).toEqual(before);

  const { db } = mustaqil;
  const [person] = await db.select().from(people).where(eq(people.id, me));
  expect(person).toMatchObject({ subject: sample.aziz, name: 'Aziz Rahimov', language: 'ru', isLargePrint: true });
  expect(await db.select({ role: memberships.role }).from(memberships).where(eq(memberships.personId, me))).toEqual([
    { role: 'learner' },
  ]);
  const own = await db.select().from(attempts).where(eq(attempts.personId, me));
  expect(own).toMatchObject([{ number: 1 }]);
  expect(own[0]?.submittedAt).toEqual(mustaqil.clock.now());
  expect(String(own[0]?.points?.toFraction())).toBe('0');
});
