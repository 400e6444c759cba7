// Puts the whole together and sets it going: database, application, grade delivery and, for a trial, the practice platforms.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { z } from 'zod';
import { createApp } from './app.ts';
import { runCommand } from './commands.ts';
import { startHandingIn } from './attempts/hand-in-overdue.ts';
import type { Config } from './config.ts';
import { createRosterRefresher } from './courses/refresh-roster.ts';
import type { Database } from './database/database.ts';
import { openDatabase, type OwnedDatabase } from './database/open-database.ts';
import { releaseClaims } from './grades/claimed-cell.store.ts';
import { startGradeDelivery } from './grades/deliver-grades.ts';
import { createDeliveryMetrics } from './grades/delivery-metrics.ts';
import { deleteExpiredSignIns } from './launch/classroom/sign-in.store.ts';
import { deleteExpiredRequests } from './launch/content-request.store.ts';
import { listen } from './listen.ts';
import { createPlatformKeys } from './lti/jwks.ts';
import { createOutboundFetch } from './outbound/outbound-fetch.ts';
import { ensureAdminSecret } from './platforms/admin-secret.store.ts';
import { savePlatform } from './platforms/platform.store.ts';
import { createPlatformServices } from './platforms/services.ts';
import { startRetention } from './privacy/apply-retention.ts';
import { fillSampleClassroom } from './practice/classroom/sample.ts';
import { createPracticeLms, type PracticeLms } from './practice/practice-lms.ts';
import { fillSampleCourse } from './practice/sample-quiz.ts';
import { fileStore } from './practice/store.ts';
import { classroomAddresses, createTrialClassroom } from './start-classroom.ts';
import { deleteExpired } from './web/session.ts';

/** A Mustaqil at work. */
export interface Running {
  url: string;
  /** Made at the very first start, and told this once: only its hash is kept. */
  adminSecret: string | null;
  /** Null where none was asked for. */
  practice: { url: string; lms: PracticeLms; classroomUrl: string } | null;
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
  // Before anything is taken in hand: a port may be taken. A trial is nobody's business but this machine's.
  const host = config.isTrial ? '127.0.0.1' : undefined;
  const server = await listen(config.port, host);
  const after = (steps: number) => listen(config.port === 0 ? 0 : config.port + steps, host);
  const practiceServers = config.practice ? { lms: await after(1), classroom: await after(2) } : null;
  if (database.isEmbedded) await releaseClaims(db);

  const { toolKeys: sealingKey } = config.keys;
  // Whatever we call, a stranger may have named: nothing leaves but through the guard.
  const outbound = createOutboundFetch(config);
  const services = createPlatformServices({ db, fetch: outbound, now, sealingKey, randomId: randomUUID });
  const roster = createRosterRefresher({ db, services, log });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = createDeliveryMetrics({ db, now, registry });
  const delivery = startGradeDelivery({ db, log, now, services, roster, random: Math.random, onTried: metrics.count });
  const handingIn = startHandingIn({ db, log, now, onScoreWanted: () => delivery.wake() });
  const retention = startRetention({ db, log, now, retention: config.retention });
  const url = config.isTrial ? `http://localhost:${server.port}` : config.publicUrl;
  // Another name of this machine, so that browsers take it for another site, as a real LMS is: what works here works there.
  const practiceAt = practiceServers && {
    lmsUrl: `http://127.0.0.1:${practiceServers.lms.port}`,
    classroom: classroomAddresses(practiceServers.classroom.port),
  };
  server.serve(
    createApp({
      db,
      log,
      now,
      config: { ...config, publicUrl: url },
      platformKeys: createPlatformKeys({ fetch: outbound, now }),
      services,
      roster,
      metrics,
      onScoreWanted: () => delivery.wake(),
      practice: practiceAt && { lmsUrl: practiceAt.lmsUrl, classroomUrl: practiceAt.classroom.pagesUrl },
    }),
  );
  serveCommands(database, { ...config, publicUrl: url });
  const sweeper = setInterval(
    () =>
      void Promise.all([
        deleteExpired(db, now()),
        deleteExpiredRequests(db, now()),
        deleteExpiredSignIns(db, now()),
      ]).catch((error: unknown) => log.error({ err: error }, 'what has expired stays')),
    hourMs,
  );
  let practice: Running['practice'] = null;
  if (practiceServers && practiceAt) {
    const { lmsUrl, classroom } = practiceAt;
    const { app, lms } = createPracticeLms({
      url: lmsUrl,
      tool: { loginUrl: `${url}/lti/login`, launchUrl: `${url}/lti/launch`, jwksUrl: `${url}/lti/jwks` },
      store: fileStore(join(config.dataDir, 'practice-lms.json')),
      timeZone: config.timeZone,
      now,
      fetch,
    });
    practiceServers.lms.serve(app);
    await registerPractice(db, lms, config);
    await fillSampleCourse(lms, lmsUrl);
    const trial = await createTrialClassroom({ db, config, url, now }, classroom);
    practiceServers.classroom.serve(trial.app);
    await fillSampleClassroom(trial.classroom, classroom.serverUrl);
    practice = { url: lmsUrl, lms, classroomUrl: classroom.pagesUrl };
  }

  return {
    url,
    adminSecret: await ensureAdminSecret(db, now()),
    practice,
    stop: async () => {
      clearInterval(sweeper);
      const servers = [server, practiceServers?.lms, practiceServers?.classroom];
      await Promise.all([...servers.map((one) => one?.close()), handingIn.stop(), retention.stop()]);
      await delivery.stop();
      // A delivery may have asked for a list.
      await roster.settled();
      await database.close();
    },
  };
}

/** Commands of other processes, for as long as the embedded database is ours. */
function serveCommands(database: OwnedDatabase, { publicUrl, allowHttpLoopback, analyticsKey, keys }: Config) {
  database.serve(async (question) => {
    const words = z.array(z.string()).parse(JSON.parse(question));
    const tools = { now: () => new Date(), publicUrl, allowHttpLoopback, analyticsKey, sealingKey: keys.toolKeys };
    return JSON.stringify(await runCommand(words, { ...tools, database: () => database.db }));
  });
}

/** What an administrator does for a real LMS with `platform add`. */
async function registerPractice(db: Database, { registration }: PracticeLms, { keys }: Config) {
  const details = { ...registration, tokenAudience: registration.tokenUrl };
  await savePlatform(db, details, { sealingKey: keys.toolKeys, now: new Date() });
}
