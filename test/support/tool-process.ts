// The built tool as a process of its own, that can be killed and started again on the same data.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const dist = join(import.meta.dirname, '../../dist');

/** A living process. */
export interface ToolProcess {
  url: string;
  /** As `kill -9` does: no goodbye, nothing is finished. */
  kill(): Promise<void>;
}

/**
 * Starts the tool on a port of its own choice; settled when it answers.
 *
 * @param settings environment variables; nothing of ours is handed down but PATH
 * @throws if it was not built, or ends instead of starting
 */
export async function startTool(settings: Record<string, string>): Promise<ToolProcess> {
  const child = spawn(process.execPath, [built('main.js')], {
    env: { PATH: process.env.PATH, PORT: '0', PRACTICE: 'off', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stderr.on('data', (text: Buffer) => said.push(text.toString()));
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    const url = /^Mustaqil runs at (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      kill: async () => {
        const isOver = once(child, 'exit');
        child.kill('SIGKILL');
        await isOver;
      },
    };
  }
  throw new Error(`The tool did not start:\n${said.join('\n')}`);
}

function built(name: string) {
  const file = join(dist, name);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build", as "npm test" does.`);
  return file;
}
