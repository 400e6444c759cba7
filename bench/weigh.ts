// `npm run weigh [-- --json]`: what a student's phone receives from us (weights.ts), in words on stderr and with --json as one object on
// stdout; ends with 1 if a page is over its budget or has a browser ask another host.
import { parseArgs } from 'node:util';
import { inWords, type Row } from './row.ts';
import { benchWeights } from './weights.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const rows: Row[] = [];
for await (const row of benchWeights()) {
  rows.push(row);
  process.stderr.write(`${inWords(row)}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify({ rows })}\n`);
process.exit(rows.some(({ met }) => met === false) ? 1 : 0);
