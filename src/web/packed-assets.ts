// Styles and scripts as small as they get. What is packed anew for each answer is packed in haste; these are the same for everybody, so
// each is packed once, scripts without what only their readers need, with all the patience that Brotli has, and kept.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { RequestHandler } from 'express';
import { minify } from 'terser';

const pack = promisify(brotliCompress);
const patiently = {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
  },
};

/** What is said to whoever reads the source stays here. Every script of ours is a module. */
const shorten: Record<string, (text: string) => string | undefined | Promise<string | undefined>> = {
  '.js': async (text) => (await minify(text, { module: true })).code,
  '.css': (text) => text.replace(/\/\*.*?\*\//gs, ''),
};

async function packFile(path: string): Promise<Buffer> {
  const text = await readFile(path, 'utf8');
  return pack((await shorten[extname(path)]?.(text)) ?? text, patiently);
}

/** Answers browsers that take Brotli; leaves all others, and all other files of the folder, to what comes after. */
export function packedAssets(folder: string): RequestHandler {
  const names = new Set(readdirSync(folder).filter((name) => /\.(?:css|js)$/.test(name)));
  const packed = new Map<string, Promise<Buffer>>();
  return async (req, res, next) => {
    const name = req.path.slice(1);
    if (req.method !== 'GET' || !names.has(name) || !req.acceptsEncodings('br')) {
      next();
      return;
    }
    const packing = packed.get(name) ?? packFile(join(folder, name));
    packed.set(name, packing);
    const bytes = await packing.catch(() => null);
    // What failed once is tried anew by the next who asks; this one gets the file as it is.
    if (!bytes) {
      packed.delete(name);
      next();
      return;
    }
    res
      .type(extname(name))
      .set({ 'Content-Encoding': 'br', Vary: 'Accept-Encoding', 'Content-Length': `${bytes.length}` });
    // Nobody looks for these in the log.
    res.removeHeader('X-Request-Id');
    res.end(bytes);
  };
}
