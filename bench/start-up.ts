// How long the tool takes to start on a database that is there, and how much memory it needs once it has worked: on both engines.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTool } from '../test/support/tool-process.ts';
import { megabytesOf } from './growth.ts';
import { withPostgres } from './postgres.ts';
import { atMostRow, type Row } from './row.ts';

const starts = 5;
const looks = 300;

interface Engine {
  name: string;
  mostMegabytes: number;
  settings: Record<string, string>;
}

export async function* benchStartUp(): AsyncGenerator<Row> {
  yield* await measure({ name: 'embedded', mostMegabytes: 350, settings: {} });
  yield* await withPostgres(async (newDatabase) => {
    const database = await newDatabase();
    await database.close();
    return measure({ name: 'PostgreSQL', mostMegabytes: 200, settings: { DATABASE_URL: database.url } });
  });
}

async function measure({ name, mostMegabytes, settings }: Engine): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mustaqil-bench-'));
  const environment = {
    NODE_ENV: 'production',
    DATA_DIR: folder,
    MUSTAQIL_SECRET: 'a secret for benches, of no use anywhere else',
    ...settings,
  };
  try {
    // The first makes the database.
    await startOnce(environment);
    const all = [];
    for (let start = 0; start < starts; start++) all.push(await startOnce(environment));
    return [
      atMostRow(`start on an existing database, ${name}`, median(all.map(({ seconds }) => seconds)), 's', 3),
      atMostRow(
        `memory after ${looks} pages, ${name}`,
        median(all.map(({ megabytes }) => megabytes)),
        'MB',
        mostMegabytes,
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOnce(settings: Record<string, string>): Promise<{ seconds: number; megabytes: number }> {
  const begun = performance.now();
  const tool = await startTool(settings);
  const seconds = (performance.now() - begun) / 1000;
  for (let look = 0; look < looks; look++) await (await fetch(`${tool.url}/admin`)).text();
  const megabytes = megabytesOf(tool.pid);
  await tool.kill();
  return { seconds: Math.round(seconds * 100) / 100, megabytes: Math.round(megabytes) };
}

const median = (values: readonly number[]) =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
