// The application: every middleware and router in the order in which a request meets them.
import compression from 'compression';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { answeringRoutes } from './attempts/answering.routes.ts';
import { attemptRoutes } from './attempts/attempt.routes.ts';
import { startRoutes } from './attempts/start.routes.ts';
import { decisionsRoutes } from './attempts/decisions.routes.ts';
import { checkRoutes } from './attempts/checking/checks.routes.ts';
import { answerFileRoutes } from './attempts/files/files.routes.ts';
import { journalRoutes } from './attempts/journal/journal.routes.ts';
import { practiceRoutes } from './attempts/self/practice.routes.ts';
import { reflectionRoutes } from './attempts/self/reflection.routes.ts';
import { learnerAttemptRoutes } from './attempts/learner-attempts.routes.ts';
import { markingRoutes } from './attempts/marking/marking.routes.ts';
import { ownGradeRoutes } from './attempts/own-grade.routes.ts';
import { progressRoutes } from './attempts/progress.routes.ts';
import { regradeRoutes } from './attempts/regrade.routes.ts';
import { resultsRoutes } from './attempts/results.routes.ts';
import { rescueRoutes } from './attempts/rescue/rescue-files.routes.ts';
import { timeGrantRoutes } from './attempts/time-grants/time-grants.routes.ts';
import { zerosRoutes } from './attempts/zeros.routes.ts';
import { adminAuditRoutes } from './audit/admin-audit.routes.ts';
import { courseAuditRoutes } from './audit/course-audit.routes.ts';
import { recordActs } from './audit/record-acts.routes.ts';
import { auditedInAdministration, auditedInCourses } from './audited-acts.ts';
import { bankQuestionRoutes } from './bank/bank-question.routes.ts';
import { bankRoutes } from './bank/bank.routes.ts';
import { shareRoutes } from './bank/shares.routes.ts';
import type { Config } from './config.ts';
import { accommodationRoutes } from './courses/accommodation.routes.ts';
import { courseRoutes } from './courses/course.routes.ts';
import type { RosterRefresher } from './courses/refresh-roster.ts';
import { classRoutes } from './credits/class/class.routes.ts';
import { confirmationRoutes } from './credits/class/confirmations.routes.ts';
import type { DecisionTools } from './credits/class/decide.ts';
import { historyRoutes } from './credits/class/history.routes.ts';
import { reevaluationRoutes } from './credits/class/reevaluation.routes.ts';
import { credentialRoutes } from './credits/credentials/credential.routes.ts';
import type { OnResultsChanged } from './credits/enter-marks.ts';
import { marksRoutes } from './credits/marks/marks.routes.ts';
import { oneMarkRoutes } from './credits/marks/one-mark.routes.ts';
import { draftPlanRoutes } from './credits/plan-editor/draft-plan.routes.ts';
import { planVersionRoutes } from './credits/plan-editor/plan-versions.routes.ts';
import { policyRoutes } from './credits/plan-editor/policy.routes.ts';
import { recordBookRoutes } from './credits/record-book/record-book.routes.ts';
import { verificationRoutes } from './credits/record-book/verification.routes.ts';
import { rosterRoutes } from './credits/sheets/roster.routes.ts';
import { sheetRoutes } from './credits/sheets/sheets.routes.ts';
import { studentCreditRoutes } from './credits/student/student.routes.ts';
import { transcriptRoutes } from './credits/transcript/transcript.routes.ts';
import type { Database } from './database/database.ts';
import type { DeliveryMetrics } from './grades/delivery-metrics.ts';
import { listCreditColumns } from './grades/credit-columns.store.ts';
import { findGradeTrouble } from './grades/grade-trouble.store.ts';
import { reviseColumns } from './grades/gradebook-column.store.ts';
import { areGradesLate } from './grades/owed.store.ts';
import { creditPlanPublished, wantCreditScores } from './grades/want-credit-scores.ts';
import { resultsChanged } from './grades/results-changed.ts';
import { assignRoutes } from './launch/classroom/assign.routes.ts';
import { connectionRoutes } from './launch/classroom/connection.routes.ts';
import { frameRoutes } from './launch/classroom/frames.routes.ts';
import { classroomSignInAgain } from './launch/classroom/sign-in-again.routes.ts';
import { signInRoutes } from './launch/classroom/sign-in.routes.ts';
import { workRoutes } from './launch/classroom/work.routes.ts';
import { contentRequestRoutes } from './launch/content-requests.routes.ts';
import { launchRoutes } from './launch/launch.routes.ts';
import { loginRoutes } from './launch/login.routes.ts';
import { registerRoutes } from './launch/register.routes.ts';
import type { PlatformKeys } from './lti/jwks.ts';
import { adminRoutes } from './platforms/admin.routes.ts';
import type { PlatformServices } from './platforms/services.ts';
import { peopleRoutes } from './privacy/people.routes.ts';
import { assetRoutes } from './questions/assets/asset.routes.ts';
import { draftBankRoutes } from './quizzes/draft-bank.routes.ts';
import { draftListRoutes } from './quizzes/draft-list.routes.ts';
import { draftQuestionRoutes } from './quizzes/draft-questions.routes.ts';
import { draftRoutes } from './quizzes/draft.routes.ts';
import { draftTextRoutes } from './quizzes/draft-text.routes.ts';
import { exportRoutes } from './quizzes/export.routes.ts';
import { importRoutes } from './quizzes/imports.routes.ts';
import { quizRoutes } from './quizzes/quiz.routes.ts';
import { sharedQuizRoutes } from './quizzes/shared-quiz.routes.ts';
import { checkCsrfToken, giveCsrfToken } from './web/csrf.ts';
import { onError, refuseNul, showError, unknownAddress } from './web/errors.ts';
import { readForms, readUploads } from './web/forms.ts';
import { healthRoutes } from './web/health.ts';
import { metricsRoutes } from './web/metrics.ts';
import { giveWords, numberRequests, setUpPages } from './web/page.ts';
import { securityHeaders } from './web/security-headers.ts';
import { readSession } from './web/session.ts';
import { styleRoutes } from './web/style.routes.ts';
import { sessionRoutes } from './web/session.routes.ts';

/** What the application stands on; tests hand in another clock and another LMS, never another application. */
export interface AppTools {
  db: Database;
  config: Config;
  now: () => Date;
  log: Logger;
  platformKeys: PlatformKeys;
  services: PlatformServices;
  roster: RosterRefresher;
  metrics: Pick<DeliveryMetrics, 'measure'>;
  /** Called after a commit that may owe a gradebook something. */
  onScoreWanted: () => void;
  /** Where the practice LMS and the practice Google Classroom are, if there are any, for whoever opens the tool's own address. */
  practice: { lmsUrl: string; classroomUrl: string } | null;
}

/** The whole application, to be listened with. */
export function createApp(tools: AppTools): Express {
  const { db, config, now, log, platformKeys, services, roster, metrics, onScoreWanted, practice } = tools;
  const { publicUrl, timeZone } = config;
  const isHttps = publicUrl.startsWith('https:');
  const { state: stateKey, toolKeys: sealingKey } = config.keys;
  const onResultsChanged: OnResultsChanged = (tx, changed) => resultsChanged(tx, changed, now());
  const app = express();
  app.disable('x-powered-by');
  // Of what is never stored (security-headers.ts) nobody asks whether it has changed.
  app.disable('etag');
  // We end no TLS ourselves, so on https there is one proxy before us, whose word on the client's address counts.
  app.set('trust proxy', isHttps ? 1 : false);
  app.use(numberRequests(log));
  // Once for the browser, so that whatever fails can say so on a page like any other, and again for whoever is signed in.
  const forTheReader = [giveWords(config), securityHeaders({ isHttps })];
  // Before all else, for it comes a thousand times a second; its answers are too small to be compressed.
  app.use('/attempts/:attemptId/journal', forTheReader);
  app.use(journalRoutes({ db, now, log, onScoreWanted, journalSecret: config.keys.journal, timeZone }));
  app.use(compression());
  setUpPages(app);
  app.use(healthRoutes({ db, areGradesLate: () => areGradesLate(db, now()) }));
  app.use(metricsRoutes(metrics));
  app.use(forTheReader);
  app.use(refuseNul);
  // Whoever launches is not asked who was signed in before; who is refused is, to be told so in the language they chose.
  app.use(loginRoutes({ db, now, stateKey, publicUrl }));
  app.use(launchRoutes({ db, now, stateKey, publicUrl, platformKeys, roster, signs: services.signs }));
  const knowTheReader = [readSession({ db, now }), giveCsrfToken(config.keys.csrf)];
  app.use(onError([...knowTheReader, giveWords(config)]));
  app.use(knowTheReader);
  app.use(forTheReader);
  app.use(readForms);
  app.use(sessionRoutes({ db, publicUrl, timeZone }));
  const google = { ...services, db, publicUrl, platformKeys, stateKey, sealingKey };
  app.use(signInRoutes(google));
  app.use(frameRoutes({ ...google, roster }));
  app.use(workRoutes({ ...google, roster }));
  // Each stands behind a check of the form's token.
  const record = recordActs({ db, now }, auditedInCourses);
  const recordAdministration = recordActs({ db, now }, auditedInAdministration);
  app.use(registerRoutes({ ...config, db, now, sealingKey, record: recordAdministration, fetch: services.fetch }));
  app.use(adminRoutes({ db, now, config, services, record: recordAdministration }, [peopleRoutes({ db, now })]));
  app.use(adminAuditRoutes({ db }));
  app.get('/', (_req, res) => res.render('web/home', { practice }));
  if (config.isTrial) app.use(styleRoutes());
  app.use(assetRoutes({ db, now }));
  app.use(importRoutes({ db, now }));
  app.use(answerFileRoutes({ db, now, onScoreWanted }));
  app.use(oneMarkRoutes({ db, now, record, onResultsChanged, onScoreWanted }));
  app.use(readUploads);
  app.use(checkCsrfToken);
  app.use(record);
  app.use(connectionRoutes(google));
  app.use(assignRoutes({ ...google, roster }));
  app.use(contentRequestRoutes({ ...google, timeZone }));
  app.use(courseRoutes({ db, now, roster, findGradeTrouble }));
  app.use(courseAuditRoutes({ db }));
  app.use(accommodationRoutes({ db, now, timeZone }));
  app.use(bankRoutes({ db, now }));
  app.use(bankQuestionRoutes({ db, now }));
  app.use(shareRoutes({ db, now }));
  app.use(quizRoutes({ db }));
  app.use(draftRoutes({ db, now, onPublished: (tx, quizId) => reviseColumns(tx, quizId, now()) }));
  app.use(draftQuestionRoutes({ db, now }));
  app.use(draftListRoutes({ db, now }));
  app.use(draftBankRoutes({ db, now }));
  app.use(draftTextRoutes({ db, now }));
  app.use(exportRoutes({ db }));
  app.use(sharedQuizRoutes({ db, now }));
  app.use(policyRoutes({ db, now }));
  app.use(
    draftPlanRoutes({
      db,
      now,
      onScoreWanted,
      onPlanPublished: (tx, courseId) => creditPlanPublished(tx, courseId, now()),
    }),
  );
  app.use(planVersionRoutes({ db }));
  const deciding: DecisionTools = {
    ...{ db, now, onScoreWanted },
    onCreditsChanged: (tx, changed) => wantCreditScores(tx, changed, now()),
  };
  app.use(classRoutes({ db, now, listCreditColumns }));
  app.use(confirmationRoutes(deciding));
  app.use(historyRoutes(deciding));
  app.use(reevaluationRoutes(deciding));
  app.use(marksRoutes({ db, now, onResultsChanged, onScoreWanted }));
  app.use(studentCreditRoutes({ db, now, timeZone }));
  app.use(recordBookRoutes({ db, now, publicUrl }));
  app.use(verificationRoutes({ db, now }));
  app.use(sheetRoutes({ db }));
  app.use(rosterRoutes({ db, now }));
  app.use(transcriptRoutes({ db, now }));
  app.use(credentialRoutes({ db, now, publicUrl, sealingKey }));
  const signInAgain = classroomSignInAgain({ db, stateKey, now });
  app.use(startRoutes({ db, now, onScoreWanted }));
  app.use(attemptRoutes({ db, now, onScoreWanted, journalSecret: config.keys.journal, signInAgain }));
  app.use(answeringRoutes({ db, now, onScoreWanted }));
  app.use(checkRoutes({ db, now, onScoreWanted }));
  app.use(practiceRoutes({ db, now }));
  app.use(reflectionRoutes({ db, now }));
  app.use(ownGradeRoutes({ db, now, onScoreWanted }));
  app.use(learnerAttemptRoutes({ db, now }));
  app.use(progressRoutes({ db, now }));
  app.use(resultsRoutes({ db, now, services, onScoreWanted }));
  app.use(markingRoutes({ db, now, onScoreWanted }));
  app.use(regradeRoutes({ db, now, onScoreWanted }));
  app.use(timeGrantRoutes({ db, now }));
  app.use(rescueRoutes({ db, now, onScoreWanted, journalSecret: config.keys.journal }));
  app.use(zerosRoutes({ db, now, onScoreWanted }));
  app.use(decisionsRoutes({ db }));
  app.use(unknownAddress);
  app.use(showError);
  return app;
}
