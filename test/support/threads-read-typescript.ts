// Threads that the tested code starts run its TypeScript as it stands: they are given the same reader as
// whole processes get from test/support/typescript.mjs.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const reader = pathToFileURL(join(import.meta.dirname, 'typescript-in-threads.mjs')).href;
if (!process.execArgv.includes(reader)) process.execArgv.push('--import', reader);
