// Lets node run the TypeScript of test/ and bench/ as it is: `node --import ./test/support/typescript.mjs some/file.ts`. Types are
// taken away, nothing else is changed, as jest has it done.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath, URL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

/** What tests import stands here wherever jest itself does not provide it: in the processes of jest-light-runner. */
const jestGlobals = { url: new URL('jest-globals.ts', import.meta.url).href, shortCircuit: true };

/** A hook of node's: https://nodejs.org/docs/latest-v20.x/api/module.html#resolvespecifier-context-nextresolve */
export function resolve(specifier, context, nextResolve) {
  return specifier === '@jest/globals' ? jestGlobals : nextResolve(specifier, context);
}

/** A hook of node's: https://nodejs.org/docs/latest-v20.x/api/module.html#loadurl-context-nextload */
export async function load(url, context, nextLoad) {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return nextLoad(url, context);
  const path = fileURLToPath(new URL(pathname, url));
  const { transform } = await import('@swc/core');
  const { code } = await transform(await readFile(path, 'utf8'), {
    filename: path,
    sourceMaps: 'inline',
    jsc: { target: 'es2023', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
