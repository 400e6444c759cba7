// Puts the whole together and sets it going: database, application, grade delivery and, for a trial, the practice LMS.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createApp } from './app.ts';
import { runCommand } from './commands.ts';
import type { Config } from './config.ts';
import { openDatabase, type OwnedDatabase } from './database/open-database.ts';
import { startGradeDelivery } from './grades/deliver-grades.ts';
import { releaseClaims } from './grades/gradebook-cell.store.ts';
import { createAccessTokens } from './lti/access-token.ts';
import { createPlatformKeys } from './lti/jwks.ts';
import { savePlatform } from './platforms/platform.store.ts';
import { createPracticeLms, type PracticeLms } from './practice/practice-lms.ts';
import { fillSampleCourse } from './practice/sample-quiz.ts';
import { fileStore } from './practice/store.ts';
import { deleteExpired } from './web/session.ts';

/** A Mustaqil at work. */
export interface Running {
  url: string;
  /** Null where none was asked for. */
  practice: { url: string; lms: PracticeLms } | null;
  /** Takes no more requests, finishes what is in hand, closes the database. */
  stop(): Promise<void>;
}

const hourMs = 60 * 60 * 1000;

/** @throws with a message for the person who starts it, if a port is taken or the database cannot be had */
export async function start(config: Config, log: Logger): Promise<Running> {
  const now = () => new Date();
  const database = await openDatabase(config);
  if (!database) {
    throw new Error(`Another Mustaqil runs on ${config.dataDir}. Stop it first, or give this one another DATA_DIR.`);
  }
  const { db } = database;
  if (database.isEmbedded) await releaseClaims(db);

  const delivery = startGradeDelivery({
    db,
    log,
    now,
    fetch,
    random: Math.random,
    sealingKey: config.keys.toolKeys,
    tokens: createAccessTokens({ fetch, now, randomId: randomUUID }),
  });
  const server = await listen(config.port);
  const url = config.isTrial ? `http://localhost:${server.port}` : config.publicUrl;
  server.serve(
    createApp({
      db,
      log,
      now,
      config: { ...config, publicUrl: url },
      platformKeys: createPlatformKeys({ fetch, now }),
      onScoreWanted: () => delivery.wake(),
    }),
  );
  serveCommands(database, { ...config, publicUrl: url });
  const sweeper = setInterval(() => void deleteExpired(db, now()).catch(() => {}), hourMs);
  const practice = config.practice ? await startPractice(config, { url, database, now }) : null;

  return {
    url,
    practice,
    stop: async () => {
      clearInterval(sweeper);
      await Promise.all([server.close(), practice?.close()]);
      await delivery.stop();
      await database.close();
    },
  };
}

/** Commands of other processes, for as long as the embedded database is ours. */
function serveCommands(database: OwnedDatabase, { publicUrl, allowHttpLoopback, keys }: Config) {
  database.serve(async (question) => {
    const words = z.array(z.string()).parse(JSON.parse(question));
    const tools = { now: () => new Date(), publicUrl, allowHttpLoopback, sealingKey: keys.toolKeys };
    return JSON.stringify(await runCommand(words, { ...tools, database: () => database.db }));
  });
}

/**
 * The practice LMS on the next port. It lives under another name of this machine, so that browsers take it for another site, as
 * a real LMS is: what works here works in an iframe there.
 */
async function startPractice(
  config: Config,
  { url: toolUrl, database: { db }, now }: { url: string; database: OwnedDatabase; now: () => Date },
) {
  const server = await listen(config.port === 0 ? 0 : config.port + 1);
  const url = `http://127.0.0.1:${server.port}`;
  const { app, lms } = createPracticeLms({
    url,
    tool: { loginUrl: `${toolUrl}/lti/login`, launchUrl: `${toolUrl}/lti/launch`, jwksUrl: `${toolUrl}/lti/jwks` },
    store: fileStore(join(config.dataDir, 'practice-lms.json')),
    now,
    fetch,
  });
  server.serve(app);
  const { registration } = lms;
  await savePlatform(
    db,
    { ...registration, tokenAudience: registration.tokenUrl },
    { sealingKey: config.keys.toolKeys, now: now() },
  );
  await fillSampleCourse(lms, url);
  return { url, lms, close: () => server.close() };
}

async function listen(port: number) {
  const server = createServer();
  server.listen(port);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken. Set PORT to a free one.`) : error;
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve: (listener: RequestListener) => void server.on('request', listener),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
