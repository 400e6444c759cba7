// The shipped application without anything around it: no server, no LMS. For supertest.
import type { Express } from 'express';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Database } from '../../src/database/database.ts';
import { createLog } from '../../src/log.ts';
import { createPlatformKeys } from '../../src/lti/jwks.ts';

/** @param env what would stand in the environment */
export function bareApplication(db: Database, env: Record<string, string> = {}): Express {
  const now = () => new Date();
  return createApp({
    db,
    config: readConfig({ MUSTAQIL_SECRET: 'x'.repeat(32), ...env }),
    now,
    log: createLog('silent'),
    platformKeys: createPlatformKeys({ fetch, now }),
    onScoreWanted: () => {},
    practiceUrl: null,
  });
}
