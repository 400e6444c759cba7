// How many answers a second are saved while 200 students send one after another, on one process and a PostgreSQL that share the machine
// with them, and whether each stands afterwards.
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers } from '../src/database/tables/attempts.ts';
import { startTool } from '../test/support/tool-process.ts';
import { openAttempts, type StudentAtWork } from './open-attempts.ts';
import { withPostgres } from './postgres.ts';
import { atLeastRow, atMostRow, exactRow, type Row } from './row.ts';

const secret = 'a secret for benches, of no use anywhere else';
const students = 200;
const answersEach = 60;
/** Of each, before anything is measured. */
const warmUp = 10;

export async function* benchSaving(): AsyncGenerator<Row> {
  yield* await withPostgres(async (newDatabase) => {
    const database = await newDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'mustaqil-bench-'));
    const atWork = await openAttempts(database.db, { students, answersEach, secret });
    const tool = await startTool({ DATABASE_URL: database.url, DATA_DIR: folder, MUSTAQIL_SECRET: secret });
    const agent = new Agent({ keepAlive: true, maxSockets: students });
    try {
      const answerAll = (some: (student: StudentAtWork) => string[]) =>
        Promise.all(atWork.map((student) => answerOneByOne(agent, `${tool.url}${student.path}`, some(student))));
      await answerAll(({ entries }) => entries.slice(0, warmUp));
      const begun = performance.now();
      const took = (await answerAll(({ entries }) => entries.slice(warmUp))).flat().sort((one, other) => one - other);
      const seconds = (performance.now() - begun) / 1000;
      const saved = await database.db.select({ response: answers.response, position: answers.position }).from(answers);
      const wrong = saved.filter(({ response, position }) => !isLast(response, position)).length;
      const name = `save answers of ${students} students`;
      return [
        atLeastRow(name, Math.round(took.length / seconds), 'saves/s', 1500),
        atMostRow(`${name}: 95 of 100 within`, Math.round(took[Math.floor(took.length * 0.95)] ?? 0), 'ms', 50),
        exactRow(`${name}: answers that do not stand`, students * 20 - saved.length + wrong, 'answers', 0),
      ];
    } finally {
      agent.destroy();
      await tool.kill();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** As `openAttempts` answers: each question anew every twenty answers, with how many were given before. */
function isLast(response: unknown, position: number): boolean {
  return JSON.stringify(response) === JSON.stringify({ text: String(answersEach - 20 + position) });
}

/** Sends each once the one before is taken; milliseconds each took. */
async function answerOneByOne(agent: Agent, url: string, entries: readonly string[]): Promise<number[]> {
  const took: number[] = [];
  for (const entry of entries) {
    const begun = performance.now();
    await send(agent, url, `sealed=${entry}`);
    took.push(performance.now() - begun);
  }
  return took;
}

function send(agent: Agent, url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`A save was answered with ${response.statusCode}`));
      response.on('end', resolve).on('error', reject).resume();
    });
    sent.on('error', reject).end(body);
  });
}
