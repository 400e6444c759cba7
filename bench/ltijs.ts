// ltijs, the tool that ours is measured against: installed when it is needed, and in a process of its own.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const folder = join(import.meta.dirname, 'peers/ltijs');
const typescript = join(import.meta.dirname, '../test/support/typescript.mjs');

export interface Ltijs {
  /** Its origin. */
  url: string;
  stop(): Promise<void>;
}

/** @throws if it cannot be installed, for want of a registry, or does not start */
export async function startLtijs(platform: { issuer: string; clientId: string; jwksUrl: string }): Promise<Ltijs> {
  if (!existsSync(join(folder, 'node_modules'))) {
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]);
  }
  const { issuer: ISSUER, clientId: CLIENT_ID, jwksUrl: JWKS_URL } = platform;
  const child = spawn(process.execPath, ['--import', typescript, join(folder, 'server.ts')], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ISSUER, CLIENT_ID, JWKS_URL },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill('SIGKILL'));
  const over = once(child, 'close');
  const started = once(createInterface(child.stdout), 'line').then(([line]) => String(line));
  const line = await Promise.race([started, over.then(() => 'It ended instead of starting')]);
  const url = /^ltijs runs at (\S+)$/.exec(line)?.[1];
  if (url === undefined) throw new Error(`ltijs did not start: ${line}`);
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL');
      await over;
    },
  };
}
