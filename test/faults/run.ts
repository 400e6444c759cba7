// The fault run: students submit and resubmit while the LMS, the tool's processes and its database fail around them. At the end one
// line of JSON on standard output says what became of their answers and grades; it ends with 0 only if nothing was lost.
//
//   npm run test:faults                 200 students, some minutes
//   npm run test:faults -- --short      40 students, about a minute
//   npm run test:faults -- --seed 7     the same plan again
import { randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calmDown } from './calm.ts';
import type { Hiccups } from './pause.ts';
import { isGood, report } from './report.ts';
import { full, short } from './sizes.ts';
import { storm } from './storm.ts';
import { startWorld } from './world.ts';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } } });
const size = values.short ? short : full;
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new Error(`--seed: ${values.seed} is not a whole number`);

/** Characters shown of what a process said before it died. */
const lastWords = 1500;

const begun = Date.now();
const tell = (words: string) => void process.stderr.write(`${((Date.now() - begun) / 1000).toFixed(1)} s  ${words}\n`);
const [hardStop, calmStop] = [new AbortController(), new AbortController()];
// Everybody listens to them.
setMaxListeners(0, hardStop.signal, calmStop.signal);
setTimeout(() => [hardStop, calmStop].forEach((stop) => stop.abort()), size.hardStopMs).unref();
// If even the end does not end.
setTimeout(() => process.exit(1), size.hardStopMs + 30_000).unref();

tell(`seed ${seed}`);
const folder = await mkdtemp(join(tmpdir(), 'mustaqil-faults-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const world = await startWorld(folder);
try {
  const hiccups: Hiccups = new Map();
  const stormy = await storm(world, size, { seed, signal: hardStop.signal, hiccups, tell });
  tell('calm');
  setTimeout(() => calmStop.abort(), size.calmMs).unref();
  const byHand = await calmDown(world, { signal: calmStop.signal, hiccups, tell });
  const result = await report(world, { ...stormy, seed, byHand, seconds: Math.round((Date.now() - begun) / 1000) });
  for (const [words, count] of hiccups) tell(`${count} times: ${words}`);
  for (const words of world.workers.deaths) tell(`a process died: ${words.slice(-lastWords)}`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = isGood(result) ? 0 : 1;
} finally {
  await world.stop();
}
// Sockets that are kept open for another request would keep us, too.
process.exit();
