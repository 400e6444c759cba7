// The shipped application without anything around it: no server, no LMS. For supertest.
import type { Express } from 'express';
import { Registry } from 'prom-client';
import { createApp, type AppTools } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createRosterRefresher } from '../../src/courses/refresh-roster.ts';
import type { Database } from '../../src/database/database.ts';
import { createDeliveryMetrics } from '../../src/grades/delivery-metrics.ts';
import { createLog } from '../../src/log.ts';
import { randomUUID } from 'node:crypto';
import { createPlatformKeys } from '../../src/lti/jwks.ts';
import { createPlatformServices } from '../../src/platforms/services.ts';

/**
 * @param env what would stand in the environment
 * @param changed what it stands on instead of what it would
 */
export function bareApplication(
  db: Database,
  env: Record<string, string> = {},
  changed: Partial<AppTools> = {},
): Express {
  const now = () => new Date();
  const config = readConfig({ MUSTAQIL_SECRET: 'x'.repeat(32), ...env });
  const sealingKey = config.keys.toolKeys;
  const log = createLog('silent');
  const services = createPlatformServices({ db, fetch, now, sealingKey, randomId: randomUUID });
  return createApp({
    db,
    config,
    services,
    roster: createRosterRefresher({ db, services, log }),
    metrics: createDeliveryMetrics({ db, now, registry: new Registry() }),
    now,
    log,
    platformKeys: createPlatformKeys({ fetch, now }),
    onScoreWanted: () => {},
    practice: null,
    ...changed,
  });
}
