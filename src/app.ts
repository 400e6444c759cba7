// The application: every middleware and router in the order in which a request meets them.
import compression from 'compression';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { attemptRoutes } from './attempts/attempt.routes.ts';
import { resultsRoutes } from './attempts/results.routes.ts';
import type { Config } from './config.ts';
import { courseRoutes } from './courses/course.routes.ts';
import type { Database } from './database/database.ts';
import { launchRoutes } from './launch/launch.routes.ts';
import type { PlatformKeys } from './lti/jwks.ts';
import { quizRoutes } from './quizzes/quiz.routes.ts';
import { checkCsrfToken, giveCsrfToken } from './web/csrf.ts';
import { showError, unknownAddress } from './web/errors.ts';
import { readForms, readUploads } from './web/forms.ts';
import { healthRoutes } from './web/health.ts';
import { giveWords, numberRequests, setUpPages } from './web/page.ts';
import { securityHeaders } from './web/security-headers.ts';
import { readSession } from './web/session.ts';

/** What the application stands on; tests hand in another clock and another LMS, never another application. */
export interface AppTools {
  db: Database;
  config: Config;
  now: () => Date;
  log: Logger;
  platformKeys: PlatformKeys;
  /** Called after a commit that may owe a gradebook something. */
  onScoreWanted: () => void;
  /** Where the practice LMS is, if there is one, for whoever opens the tool's own address. */
  practiceUrl: string | null;
}

/** The whole application, to be listened with. */
export function createApp({ db, config, now, log, platformKeys, onScoreWanted, practiceUrl }: AppTools): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(numberRequests(log));
  app.use(compression());
  setUpPages(app);
  app.use(healthRoutes({ db }));
  // Once for the browser, so that whatever fails can say so on a page like any other, and again for whoever is signed in.
  const forTheReader = [giveWords(config), securityHeaders({ isHttps: config.publicUrl.startsWith('https:') })];
  app.use(forTheReader);
  app.use(readSession({ db, now }));
  app.use(forTheReader);
  app.use(giveCsrfToken(config.keys.csrf));
  app.use(readForms);
  app.use(launchRoutes({ db, now, stateKey: config.keys.state, publicUrl: config.publicUrl, platformKeys }));
  app.get('/', (_req, res) => res.render('web/home', { practiceUrl }));
  app.use(readUploads);
  app.use(checkCsrfToken);
  app.use(courseRoutes({ db }));
  app.use(quizRoutes({ db, now }));
  app.use(attemptRoutes({ db, now, onScoreWanted }));
  app.use(resultsRoutes({ db, now, onScoreWanted }));
  app.use(unknownAddress);
  app.use(showError);
  return app;
}
