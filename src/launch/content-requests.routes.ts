// The chooser: an LMS has asked what to put into a course, a teacher chooses, and the answer goes back signed, carried by the
// teacher's browser.
import { randomBytes } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { requireRight } from '../courses/access.routes.ts';
import { findCourseFor, type CourseOfMember } from '../courses/course.store.ts';
import { findPlan } from '../credits/plan.store.ts';
import { creditColumnPoints } from '../grades/credit-column.ts';
import { signDeepLinkingResponse, type ResourceLinkItem } from '../lti/deep-linking-response.ts';
import { assignPath } from '../platforms/classroom/our-addresses.ts';
import { differencesOf } from '../platforms/lms/registry.ts';
import { getServiceClient } from '../platforms/service-client.ts';
import { formats } from '../questions/formats/registry.ts';
import { notFound, PageError } from '../web/errors.ts';
import { keyParam } from '../web/key-param.ts';
import { formFields } from '../web/forms.ts';
import { allowPlatform } from '../web/security-headers.ts';
import { requireSession, type Session } from '../web/session.ts';
import { findAssignment, type Assignment } from '../platforms/classroom/assignment.store.ts';
import { assignContent, assigningOf, type Assigning, type AssignmentTerms } from './classroom/assign-content.ts';
import { attachContent, type AttachRefusal, type AttachTools } from './classroom/attach-content.ts';
import {
  chosenContent,
  keptPoints,
  readChoices,
  type ChoiceRules,
  type ChoicesProblem,
  type ChosenContent,
} from './content-choice.ts';
import { linkItems } from './content-items.ts';
import { listOfferedQuizzes, makeQuiz, mostOffered } from './content-quizzes.store.ts';
import { findContentRequest, type ContentRequest } from './content-request.store.ts';
import { readNewQuiz, type NewQuiz } from './new-quiz-form.ts';

interface Tools extends AttachTools {
  /** In which dates are typed: an IANA zone. */
  timeZone: string;
}

/** A request that may be answered now, by the person who asks. */
interface OpenRequest {
  session: Session;
  course: CourseOfMember;
  request: ContentRequest;
  /** What is made for a teacher who assigns something without any add-on; null where a platform has asked. */
  assigning: Assigning | null;
}

/** Why a platform that we answer ourselves did not take what was chosen; `not-licensed`: this teacher may put nothing into posts. */
type AnswerProblem = 'sign-in-again' | 'platform-away' | 'platform-refused' | 'not-licensed';
type AssignProblem = 'assign-sign-in' | 'assign-away' | 'assign-refused' | 'assign-uncertain';

/** What the chooser shows besides the choice. */
interface Said {
  /** `new-quiz-unmade`: the answer was to be sent, but a quiz that was typed has not been made. */
  problem:
    ChoicesProblem | AnswerProblem | AssignProblem | 'new-quiz-empty' | 'new-quiz-unread' | 'new-quiz-unmade' | null;
  /** Whether a quiz was made just now. */
  isMade: boolean;
  /** Whether what is chosen takes the place of a link. */
  takesPlace: boolean;
  newQuiz: NewQuiz;
}

/** What a link leads to, as a choice; empty for one that does not say. */
const proposed = z.object({ replaces: z.string().nullable().catch(null).default(null) });

const nothingSaid: Said = { problem: null, isMade: false, takesPlace: false, newQuiz: readNewQuiz({}) };

export function contentRequestRoutes(tools: Tools): Router {
  const { db, now, sealingKey, timeZone, publicUrl } = tools;
  const router = Router();

  router.get('/content-requests/:requestId', async (req, res) => {
    const open = await requireContentRequest(req, res);
    if (!open.request.settings.acceptsResourceLinks) {
      res.render('launch/content-not-accepted', { requestId: open.request.id });
      return;
    }
    const assignment = await assignmentOf(open);
    if (assignment && isTaken(assignment)) {
      showAssigned(res, open, assignment);
      return;
    }
    if (assignment) {
      await showChooser(res, open, new Map(), { ...nothingSaid, problem: 'assign-uncertain' });
      return;
    }
    const { replaces } = proposed.parse(req.query);
    const choices = replaces ? new Map([['chosen', [replaces]]]) : new Map<string, string[]>();
    await showChooser(res, open, choices, { ...nothingSaid, takesPlace: replaces !== null });
  });

  router.post('/content-requests/:requestId/quizzes', async (req, res) => {
    const open = await requireContentRequest(req, res);
    const fields = formFields(req);
    const newQuiz = readNewQuiz(req.body);
    if (newQuiz.isEmpty || !newQuiz.isSound) {
      const problem = newQuiz.isEmpty ? 'new-quiz-empty' : 'new-quiz-unread';
      await showChooser(res, open, fields, { ...nothingSaid, problem, newQuiz });
      return;
    }
    const { request, session, course } = open;
    const { draft, questions } = newQuiz;
    const contentId = await makeQuiz(
      db,
      { requestId: request.id, courseId: course.id, personId: session.personId, now: now() },
      { ...draft, questions, title: draft.title || res.locals.t('quizzes.untitled') },
    );
    const others = request.settings.acceptsMultiple ? (fields.get('chosen') ?? []) : [];
    const chosen = new Map([...fields, ['chosen', [...others, contentId]]]);
    await showChooser(res, open, chosen, { ...nothingSaid, isMade: true });
  });

  router.post('/content-requests/:requestId/response', async (req, res) => {
    const open = await requireContentRequest(req, res);
    const { request } = open;
    const fields = formFields(req);
    if (!request.settings.acceptsResourceLinks) {
      await answer(res, request, [], res.locals.t('content.notAccepted.answer'));
      return;
    }
    const assignment = await assignmentOf(open);
    if (assignment && isTaken(assignment)) {
      res.redirect(303, `/content-requests/${request.id}`);
      return;
    }
    if (fields.has('cancel') && open.assigning) {
      res.redirect(303, assignPath(request.registrationId));
      return;
    }
    if (fields.has('cancel') && request.protocol === 'classroom') {
      res.render('launch/classroom/attached', { isAdded: false, hostOrigin: request.settings.returnUrl });
      return;
    }
    if (fields.has('cancel')) {
      await answer(res, request, []);
      return;
    }
    const newQuiz = readNewQuiz(req.body);
    const rules = rulesOf(open);
    const chosen = chosenContent(await choicesIn(res, open, fields), fields, rules);
    if (!newQuiz.isEmpty || !chosen.ok) {
      const problem = chosen.ok ? 'new-quiz-unmade' : chosen.code;
      await showChooser(res, open, fields, { ...nothingSaid, problem, newQuiz });
      return;
    }
    if (open.assigning) {
      await assign(res, open, open.assigning, { fields, newQuiz, chosen: chosen.chosen });
      return;
    }
    if (request.protocol === 'classroom') {
      await attach(res, open, { fields, newQuiz, chosen: chosen.chosen });
      return;
    }
    const { sendsLinkUrl } = differencesOf(request.family);
    await answer(res, request, linkItems(chosen.chosen, { publicUrl, sendsLinkUrl }));
  });

  /**
   * The request `:requestId`, for the one teacher it is for.
   *
   * @throws PageError 401 if nobody is signed in, 404 unless it is this person's, 403 for who may write no quizzes there by
   *   now, 410 if it is too old
   */
  async function requireContentRequest(req: Request, res: Response): Promise<OpenRequest> {
    const session = requireSession(res);
    const request = await findContentRequest(db, keyParam(req, 'requestId'));
    const course =
      request?.personId === session.personId && (await findCourseFor(db, session.personId, request.courseId));
    if (!request || !course) throw notFound();
    requireRight(course.role, 'edit-quizzes');
    if (request.expiresAt <= now()) throw new PageError(410, 'content-request-expired', 'content-request-expired');
    // The answer is a form that ends there, on what may be another host of the LMS than the one people sign in at.
    allowPlatform(res, [...session.platformOrigins, new URL(request.settings.returnUrl).origin]);
    return { session, course, request, assigning: assigningOf(request) };
  }

  function rulesOf({ request: { settings, family, protocol }, assigning }: OpenRequest): ChoiceRules {
    const differences = differencesOf(family);
    // What Classroom's teachers compose themselves has a date of its own.
    const own = protocol === 'classroom' ? [] : (['opensAt', 'dueAt'] as const);
    return {
      acceptsMultiple: settings.acceptsMultiple,
      acceptsColumns: settings.acceptsLineItem !== false,
      columnMaximum: (points) => differences.columnMaximum(points),
      dates: assigning ? ['dueAt'] : own,
      dueAfter: assigning ? now() : null,
      timeZone,
    };
  }

  async function choicesIn(res: Response, open: OpenRequest, fields: Map<string, string[]>) {
    const { course } = open;
    const quizzes = await listOfferedQuizzes(db, course.id);
    const { t } = res.locals;
    const pageTitles = { progress: t('content.pages.progress'), credits: t('content.pages.credits') };
    const published = await findPlan(db, course.id);
    const creditPoints = published && creditColumnPoints(published.plan).valueOf();
    return readChoices(fields, { quizzes, pageTitles, creditPoints, rules: rulesOf(open) });
  }

  async function showChooser(res: Response, open: OpenRequest, fields: Map<string, string[]>, said: Said) {
    const { request, course, assigning } = open;
    const rules = rulesOf(open);
    const choices = await choicesIn(res, open, fields);
    if (said.problem !== null) res.status(422);
    res.render('launch/content-request', {
      requestId: request.id,
      course,
      choices,
      rules,
      mostOffered,
      keptPoints: (typed: string) => keptPoints(typed, rules),
      formatChoices: formats,
      terms: assigning && termsIn(fields),
      assignPath: assignPath(request.registrationId),
      ...said,
    });
  }

  /** A platform without an answer of its own is told by us, in the teacher's name. */
  async function attach(
    res: Response,
    open: OpenRequest,
    { fields, newQuiz, chosen }: { fields: Map<string, string[]>; newQuiz: NewQuiz; chosen: ChosenContent[] },
  ) {
    const [first] = chosen;
    const { request } = open;
    const done = first ? await attachContent(tools, request, first) : ({ ok: true } as const);
    if (done.ok) {
      res.render('launch/classroom/attached', { isAdded: true, hostOrigin: request.settings.returnUrl });
      return;
    }
    res.locals.log.info({ refusal: done.code }, 'nothing was attached');
    await showChooser(res, open, fields, { ...nothingSaid, problem: answerProblem(done.code), newQuiz });
  }

  async function assign(
    res: Response,
    open: OpenRequest,
    assigning: Assigning,
    { fields, newQuiz, chosen }: { fields: Map<string, string[]>; newQuiz: NewQuiz; chosen: ChosenContent[] },
  ) {
    const { request } = open;
    const [first] = chosen;
    const done = first
      ? await assignContent(tools, request, assigning, first, termsIn(fields))
      : ({ ok: true } as const);
    if (done.ok) {
      res.redirect(303, `/content-requests/${request.id}`);
      return;
    }
    res.locals.log.info({ refusal: done.code }, 'nothing was assigned');
    await showChooser(res, open, fields, { ...nothingSaid, problem: assignProblem(done.code), newQuiz });
  }

  async function assignmentOf({ assigning, course }: OpenRequest): Promise<Assignment | null> {
    return assigning && findAssignment(db, { courseId: course.id, key: assigning.key });
  }

  /** Made, or being made just now. */
  function isTaken({ claimedUntil }: Assignment): boolean {
    return claimedUntil === null || claimedUntil > now();
  }

  function showAssigned(res: Response, { request, course }: OpenRequest, assignment: Assignment) {
    const isMade = assignment.itemId !== null;
    if (!isMade) res.set('Refresh', '2');
    res.render('launch/classroom/assigned', {
      ...{ assignment, isMade, course, requestPath: `/content-requests/${request.id}` },
      assignPath: assignPath(request.registrationId),
    });
  }

  /** Signed now and not before: the LMS takes no old answers, and a teacher may think for an hour (lti.md 85). */
  async function answer(
    res: Response,
    request: ContentRequest,
    items: ResourceLinkItem[],
    error: string | null = null,
  ) {
    const client = await getServiceClient(db, request, { sealingKey, now });
    const jwt = await signDeepLinkingResponse(client, {
      items,
      data: request.settings.data,
      error,
      now: now(),
      nonce: randomBytes(32).toString('base64url'),
    });
    res.render('launch/content-response', { returnUrl: request.settings.returnUrl, jwt });
  }

  return router;
}

/** Published at once, and graded in drafts, unless the teacher says otherwise: a final grade that turns out wrong was seen already. */
function termsIn(fields: ReadonlyMap<string, readonly string[]>): AssignmentTerms {
  return { isDraft: fields.get('state')?.[0] === 'draft', isFinal: fields.get('grades')?.[0] === 'final' };
}

function assignProblem(code: AttachRefusal): AssignProblem {
  if (code === 'sign-in-again' || code === 'wrong-account') return 'assign-sign-in';
  return code === 'unavailable' ? 'assign-away' : 'assign-refused';
}

function answerProblem(code: AttachRefusal): AnswerProblem {
  if (code === 'sign-in-again' || code === 'wrong-account') return 'sign-in-again';
  if (code === 'not-allowed') return 'not-licensed';
  return code === 'unavailable' ? 'platform-away' : 'platform-refused';
}
