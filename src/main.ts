// The process: settings in, a running Mustaqil out, and a clean end on SIGTERM or Ctrl-C.
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { start } from './start.ts';

try {
  const config = readConfig(process.env);
  // What people at a terminal want to read is the address; every request in JSON is for machines that collect it.
  const level = config.logLevel ?? (config.isTrial && process.stdout.isTTY ? 'warn' : 'info');
  const running = await start(config, createLog(level));
  process.stdout.write(`\nMustaqil runs at ${running.url}\n`);
  if (running.adminSecret) {
    process.stdout.write(
      `Administration: ${running.url}/admin\nIts secret, shown this once: ${running.adminSecret}\n(lost? node dist/cli.js admin reset)\n`,
    );
  }
  if (running.practice) {
    process.stdout.write(
      `Try it in the practice LMS: open ${running.practice.url} in a browser and sign in as a student.\nOr in the practice Google Classroom: ${running.practice.classroomUrl}\n\n`,
    );
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void running.stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  process.stderr.write(`Mustaqil cannot start.\n${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof Error && error.cause instanceof Error) process.stderr.write(`${error.cause.message}\n`);
  process.exit(1);
}
