// Other processes: the built command line, and scripts on the built modules. `npm test` builds before.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const dist = join(import.meta.dirname, '../../dist');

/** The address of a built module, for a script's `import`. */
export function built(module: string): string {
  return new URL(`file://${join(dist, module)}`).href;
}

/** Runs `mustaqil <words>` to its end. @param env all of its environment but PATH */
export async function runCli(
  words: string[],
  env: Record<string, string>,
): Promise<{ output: string; complaint: string; exitCode: number | null }> {
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...words], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { output, complaint, exitCode };
}

/** A script that has said its first line and goes on running. */
export interface RunningScript {
  firstLine: string;
  /** Kills it without a chance to tidy up, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a script of ES module text and waits for its first line. */
export async function startScript(script: string, words: string[]): Promise<RunningScript> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const [firstLine] = (await Promise.race([once(createInterface(child.stdout), 'line'), closed])) as [unknown];
  return {
    firstLine: String(firstLine),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
