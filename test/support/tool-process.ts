// The built tool as a process of its own, that can be killed and started again on the same data.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const dist = join(import.meta.dirname, '../../dist');

/** A folder for CPU profiles, one of each process; then they are told to end instead of being killed, or there would be none. */
const profiles = process.env.CPU_PROFILES;

/** Lines kept of what a process says. */
const lastLines = 30;

/** None outlives us, whatever ends us. */
const living = new Set<ChildProcess>();
process.on('exit', () => living.forEach((child) => child.kill('SIGKILL')));

/** A living process. */
export interface ToolProcess {
  url: string;
  pid: number;
  /** Fulfilled when it is over, whoever ended it, with the last it said. */
  over: Promise<string>;
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
  const profiling = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
  const child = spawn(process.execPath, [...profiling, built('main.js')], {
    env: { PATH: process.env.PATH, PORT: '0', PRACTICE: 'off', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  const said: string[] = [];
  const hear = (line: string) => void (said.push(line) > lastLines && said.shift());
  const over = once(child, 'close').then(() => {
    living.delete(child);
    return said.join('\n');
  });
  createInterface(child.stderr).on('line', hear);
  const started = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      hear(line);
      const url = /^Mustaqil runs at (\S+)$/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const died = over.then((words): never => {
    throw new Error(`The tool did not start:\n${words}`);
  });
  const url = await Promise.race([started, died]);
  return {
    url,
    pid: child.pid ?? 0,
    over,
    kill: async () => {
      child.kill(profiles ? 'SIGTERM' : 'SIGKILL');
      await over;
    },
  };
}

function built(name: string) {
  const file = join(dist, name);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build", as "npm test" does.`);
  return file;
}
