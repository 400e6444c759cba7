// The practice LMS's Express app: what comes in which order.
import { join } from 'node:path';
import express, { type Express } from 'express';
import { accessTokenRoutes } from './access-token.routes.ts';
import { activityRoutes } from './activity.routes.ts';
import { adminRoutes } from './admin.routes.ts';
import { authorizationRoutes } from './authorization.routes.ts';
import type { LmsContext } from './context.ts';
import { courseRoutes } from './course.routes.ts';
import { deepLinkingRoutes } from './deep-linking.routes.ts';
import { faultRoutes } from './faults.routes.ts';
import { meetBlackout, tellTime } from './faults.ts';
import { gradebookRoutes } from './gradebook.routes.ts';
import { homeRoutes } from './home.routes.ts';
import { launchRoutes } from './launch.routes.ts';
import { lineItemRoutes } from './line-items.routes.ts';
import { membershipRoutes } from './memberships.routes.ts';
import { notFound } from './pages.ts';
import { registrationRoutes } from './registration.routes.ts';
import { scoreRoutes } from './scores.routes.ts';
import { refuseOtherSites, secureHeaders } from './secure-headers.ts';
import { refuse } from './service-answer.ts';
import { storageRoutes } from './storage.routes.ts';
import { createToolJwtVerifier } from './tool-jwt.ts';

// Two levels below the root both in src/ and in the build.
const root = join(import.meta.dirname, '../..');

/** An app to be listened on. Bodies are read as text: services and forms parse them as Moodle would. */
export function createLmsApp(lms: LmsContext): Express {
  const app = express();
  app.set('views', join(root, 'views/practice'));
  app.set('view engine', 'ejs');
  app.enable('view cache');
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(tellTime(lms));
  app.use(express.text({ type: () => true, limit: '1mb' }));

  app.use('/mod/lti/services.php', membershipRoutes(lms), scoreRoutes(lms), lineItemRoutes(lms));
  app.use('/mod/lti/services.php', (req, res) => refuse(req, res, 400, `No handler found for ${req.path}`));
  const verify = createToolJwtVerifier(lms);
  app.use('/mod/lti', accessTokenRoutes(lms, verify), registrationRoutes(lms));

  app.use(secureHeaders(lms));
  app.use('/static', express.static(join(root, 'public/practice')));
  app.use(faultRoutes(lms), meetBlackout(lms));
  app.use('/mod/lti', launchRoutes(lms), authorizationRoutes(lms), deepLinkingRoutes(lms, verify));
  app.use(refuseOtherSites, storageRoutes(lms), homeRoutes(lms), adminRoutes(lms));
  app.use(courseRoutes(lms), activityRoutes(lms), gradebookRoutes(lms));
  app.use((req, res) => notFound(lms, req, res));
  return app;
}
