// The practice LMS's Express app: what comes in which order.
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { accessTokenRoutes } from './access-token.routes.ts';
import { authorizationRoutes } from './authorization.routes.ts';
import type { LmsContext } from './context.ts';
import { courseRoutes } from './course.routes.ts';
import { faultRoutes } from './faults.routes.ts';
import { meetBlackout } from './faults.ts';
import { gradebookRoutes } from './gradebook.routes.ts';
import { homeRoutes } from './home.routes.ts';
import { launchRoutes } from './launch.routes.ts';
import { lineItemRoutes } from './line-items.routes.ts';
import { membershipRoutes } from './memberships.routes.ts';
import { notFound } from './pages.ts';
import { scoreRoutes } from './scores.routes.ts';
import { refuse } from './service-answer.ts';

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
  app.use(express.text({ type: () => true, limit: '1mb' }));

  app.use('/mod/lti/services.php', membershipRoutes(lms), scoreRoutes(lms), lineItemRoutes(lms));
  app.use('/mod/lti/services.php', (req, res) => refuse(req, res, 400, `No handler found for ${req.path}`));
  app.use('/mod/lti', accessTokenRoutes(lms));

  app.use(secureHeaders(lms));
  app.use('/static', express.static(join(root, 'public/practice')));
  app.use(faultRoutes(lms), meetBlackout(lms));
  app.use('/mod/lti', launchRoutes(lms), authorizationRoutes(lms));
  app.use(refuseOtherSites, homeRoutes(lms), courseRoutes(lms), gradebookRoutes(lms));
  app.use((req, res) => notFound(lms, req, res));
  return app;
}

/** As Moodle: framed by itself alone. And no script, style or frame but its own and the tool's. */
function secureHeaders(lms: LmsContext): RequestHandler {
  return (_req, res, next) => {
    const tool = new URL(lms.tool.loginUrl).origin;
    const launch = new URL(lms.tool.launchUrl).origin;
    res.set({
      'X-Frame-Options': 'SAMEORIGIN',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': [
        "default-src 'self'",
        `frame-src 'self' ${tool}`,
        `form-action 'self' ${tool} ${launch}`,
        "frame-ancestors 'self'",
        "base-uri 'none'",
      ].join('; '),
    });
    next();
  };
}

/** The session cookie goes along from everywhere, so a change must say that it comes from a page of this LMS. */
const refuseOtherSites: RequestHandler = (req, res, next) => {
  const origin = req.get('Origin');
  if (req.method === 'GET' || origin === undefined || hostOf(origin) === req.get('Host')) return next();
  res.status(403).type('text').end('This form came from another site.');
};

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
