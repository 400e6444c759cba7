// The pages of the practice Google Classroom: what comes in which order.
import { join } from 'node:path';
import express, { type Express } from 'express';
import { refuseOtherSites } from '../../secure-headers.ts';
import { composerRoutes } from './composer.routes.ts';
import { courseRoutes } from './course.routes.ts';
import { addOnOrigins } from './frames.ts';
import { gradebookRoutes } from './gradebook.routes.ts';
import { graderRoutes } from './grader.routes.ts';
import { homeRoutes } from './home.routes.ts';
import type { HostContext } from './host.ts';
import { itemRoutes } from './item.routes.ts';
import { notFound } from './pages.ts';
import { settingsRoutes } from './settings.routes.ts';

// Four levels below the root both in src/ and in the build.
const root = join(import.meta.dirname, '../../../..');

/** Lets an app render the views of the pages, and of the question at sign-in. */
export function setUpViews(app: Express): void {
  app.set('views', join(root, 'views/practice/classroom'));
  app.set('view engine', 'ejs');
  app.enable('view cache');
}

/** An app to be put behind the API; bodies have to be read as text before it. */
export function createHostApp(context: HostContext): Express {
  const app = express();
  setUpViews(app);
  app.use((_req, res, next) => {
    res.set({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': [
        "default-src 'self'",
        ["frame-src 'self'", ...addOnOrigins(context.classroom.state)].join(' '),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ].join('; '),
    });
    next();
  });
  app.use('/static', express.static(join(root, 'public/practice')));
  app.use(refuseOtherSites, homeRoutes(context), settingsRoutes(context), courseRoutes(context));
  app.use(composerRoutes(context), itemRoutes(context), graderRoutes(context), gradebookRoutes(context));
  app.use((req, res) => notFound(context, req, res));
  return app;
}
