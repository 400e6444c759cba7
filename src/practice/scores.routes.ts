// AGS scores and results of one column, with Moodle's statuses: 200 and nothing for success, `[]` for a refusal.
import { type Request, type Response, Router } from 'express';
import { addresses } from './addresses.ts';
import { type LmsContext, unixSeconds } from './context.ts';
import { findPerson, roleIn } from './directory.ts';
import { meetFaults } from './faults.ts';
import { receiveScore } from './grade.ts';
import { gradeCell, saveGrade } from './gradebook.ts';
import { findLineItem } from './line-items.routes.ts';
import { notFound } from './pages.ts';
import { pageOf } from './paging.ts';
import { recordRequest } from './received.ts';
import { parseScore } from './score-message.ts';
import { scopes } from './scopes.ts';
import { requireAccess } from './service-access.ts';
import { answer, jsonOf, refuse } from './service-answer.ts';
import type { Grade, LineItem } from './state.ts';

const scoreType = 'application/vnd.ims.lis.v1.score+json';
const resultsType = 'application/vnd.ims.lis.v2.resultcontainer+json';
const path = '/:courseId/lineitems/:itemId/lineitem';

type ItemRequest = Request<{ courseId: string; itemId: string }>;

/**
 * `POST …/lineitem/scores` and `GET …/lineitem/results`, the latter filtered by `user_id` if asked. A `limit` is fatal
 * where the quirk set says so: an HTML page with 404.
 */
export function scoreRoutes(lms: LmsContext): Router {
  return Router()
    .post(
      `${path}/scores`,
      recordRequest(lms.received, 'score', lms.now),
      meetFaults(lms, 'service'),
      requireAccess(lms, { mediaType: scoreType, scopes: [scopes.score] }),
      (req: ItemRequest, res) => takeScore(lms, req, res),
    )
    .get(
      `${path}/results`,
      recordRequest(lms.received, 'results', lms.now),
      meetFaults(lms, 'service'),
      requireAccess(lms, { mediaType: resultsType, scopes: [scopes.resultReadOnly] }),
      (req: ItemRequest, res) => {
        const item = findLineItem(lms.state, req);
        if (!item) return refuse(req, res, 404, 'Not Found');
        const isFatal = !lms.quirks.isResultsLimitUsable && req.query['limit'] && req.query['type_id'];
        if (isFatal) return notFound(lms, req, res);
        const asked = req.query['user_id'];
        const grades = lms.state.grades.filter(
          (grade) => grade.lineItemId === item.id && grade.points !== null && (!asked || grade.personId === asked),
        );
        const { rows, links } = pageOf(grades, req.query, addresses(lms.url).results(item));
        if (links?.next) res.set('Link', `<${links.next}>; rel="next"`);
        const results = rows.map((grade) => resultJson(lms.url, item, grade));
        answer(res, 200, resultsType, results);
      },
    );
}

function takeScore(lms: LmsContext, req: ItemRequest, res: Response): void {
  const { state, quirks } = lms;
  const item = findLineItem(state, req);
  if (!item) return refuse(req, res, 404, `Not Found: Grade item ${req.params.itemId} doesn't exist.`);
  const parsed = parseScore(jsonOf(req.body));
  if (!parsed) return refuseScore(res, 400, 'Incorrect score received');
  const isGradable = findPerson(state, parsed.personId) && roleIn(state, parsed.personId, item.courseId) === 'student';
  if (!isGradable) return refuseScore(res, quirks.unknownPersonStatus, 'Incorrect score received');
  if (parsed.personId === state.faults.refusedPersonId) return refuseScore(res, 400, 'Incorrect score received');
  const cell = gradeCell(state, item.id, parsed.personId);
  const isIgnored = !quirks.isUngradedErasing && parsed.score.givenPoints === null && !parsed.isReset;
  const score = isIgnored
    ? { ...parsed.score, givenPoints: cell.rawPoints, maximumPoints: item.maximumPoints }
    : parsed.score;
  const outcome = receiveScore(cell, item, score, unixSeconds(lms.now()));
  if (outcome.ok) {
    saveGrade(state, outcome.grade);
    lms.save();
    return answer(res, quirks.scoreStatus, scoreType, '');
  }
  switch (outcome.code) {
    case 'stale-timestamp':
      return refuseScore(res, 409, `Refusing score with an earlier timestamp for item ${item.id}`);
    case 'grade-locked':
      return refuseScore(res, 500, 'Internal Server Error');
  }
}

function refuseScore(res: Response, status: number, reason: string): void {
  res.statusMessage = reason;
  answer(res, status, scoreType, []);
}

function resultJson(url: string, item: LineItem, grade: Grade): object {
  const to = addresses(url);
  return {
    id: to.result(item, grade.personId),
    userId: grade.personId,
    resultScore: grade.points,
    resultMaximum: item.maximumPoints,
    ...(grade.comment === null ? {} : { comment: grade.comment }),
    scoreOf: to.lineItem(item),
    timestamp: new Date((grade.timeModified ?? 0) * 1000).toISOString().replace('.000Z', '+00:00'),
  };
}
