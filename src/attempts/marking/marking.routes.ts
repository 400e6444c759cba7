// Where people mark: how many answers wait to which questions, all answers to one question below one another, and one mark.
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { requirePlacement } from '../../courses/access.routes.ts';
import { noWork } from '../../questions/behaviours/work.ts';
import { renderContent } from '../../questions/content.ts';
import type { Question } from '../../questions/question.ts';
import { reviewQuestion } from '../../questions/question-view.ts';
import { fieldsOf } from '../../questions/response.ts';
import { optionOrder, type QuizVersion } from '../../quizzes/quiz.ts';
import { listVersions } from '../../quizzes/quiz.store.ts';
import { notFound } from '../../web/errors.ts';
import { keyParam } from '../../web/key-param.ts';
import { askedQuestion, handMarkedDraws } from '../asked.ts';
import { listAllCorrections, listCorrections } from '../correction.store.ts';
import { listWork } from '../checking/work.store.ts';
import { fieldName, positionOf } from '../field-name.ts';
import { listFiles } from '../files/answer-file.store.ts';
import { listedFiles } from '../files/file-view.ts';
import type { GradingTools } from '../grading-tools.ts';
import { readMarkForm, type TypedMark } from './hand-mark-form.ts';
import { markAnswer } from './mark-answer.ts';
import { markForm } from './mark-view.ts';
import { countAnswers, findHandedIn, listAnswers, listLastMarks, type HandedInAnswer } from './mark.store.ts';

/** So many answers stand on one page. */
const answersOnPage = 30;

const flag = <const Word extends string>(word: Word) => z.literal(word).optional().catch(undefined);

/** How a page of answers is looked at; forms carry it on. */
const view = z.object({
  /** Also those that have a mark. */
  show: flag('all'),
  names: flag('hidden'),
  /** Of one learner, whose work is all that may be seen. */
  alone: flag('yes'),
});

const query = view.extend({
  /** Our key of the attempt before the first. */
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0),
  saved: flag(''),
});

const body = view.extend({
  revision: z.coerce.number().int().min(0).max(1_000_000).catch(0),
  /** Where the form stood. */
  from: flag('learner'),
});

/** How the names of people, and of their files, are shown. */
type View = z.output<typeof view>;

export function markingRoutes(tools: GradingTools): Router {
  const { db, onScoreWanted } = tools;
  const router = Router();

  router.get('/placements/:placementId/marking', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'mark-answers');
    const counts = await countAnswers(db, placement.id);
    const versions = await listVersions(db, [...new Set(counts.map(({ quizVersionId }) => quizVersionId))]);
    const corrections = await listAllCorrections(db, placement.id);
    const questions = versions.flatMap((version) =>
      version.questions.flatMap((question, position) => {
        const { handedIn, waiting } = handedInTo(counts, version, position);
        if (handedIn === 0) return [];
        const address = `/placements/${placement.id}/marking/${version.id}/${fieldName(position)}`;
        const correction = corrections.get(version.id)?.get(position)?.kind ?? null;
        // What a regrade has credited or dropped waits for nobody, though it may be marked.
        return [{ address, question, number: version.number, handedIn, waiting: correction ? 0 : waiting, correction }];
      }),
    );
    res.render('attempts/marking/index', { placement, questions, manyVersions: versions.length > 1 });
  });

  router.get('/placements/:placementId/marking/:versionId/:field', async (req, res) => {
    const { placement } = await requirePlacement(db, req, res, 'mark-answers');
    const { after, saved, ...how } = query.parse(req.query);
    const { version, question, position } = await readQuestion(placement.id, req);
    const page = { isWaiting: how.show === undefined, after, limit: answersOnPage + 1 };
    const place = {
      ...{ placementId: placement.id, quizVersionId: version.id, position },
      draws: handMarkedDraws(version, question),
    };
    const found = await listAnswers(db, place, page);
    const shown = found.slice(0, answersOnPage);
    const files = await listFiles(
      db,
      shown.map(({ attempt }) => attempt.id),
    );
    const marks = await listLastMarks(db, place);
    const corrections = await listCorrections(db, placement.id, version.id);
    res.render('attempts/marking/question', {
      placement,
      version,
      question,
      how,
      address: `/placements/${placement.id}/marking/${version.id}/${fieldName(position)}`,
      isSaved: saved !== undefined,
      correction: corrections.get(position)?.kind ?? null,
      answers: shown.map((answer, index) => {
        const own = askedQuestion(answer.attempt, version, { position, question }, noWork.round);
        return {
          ...answerView(own, position, answer, index),
          // With variables each learner was asked with other numbers.
          text: question.variables ? own.text : null,
          files: listedFiles(
            own,
            position,
            files.filter(({ attemptId }) => attemptId === answer.attempt.id),
          ),
          form: markForm(
            own,
            { ...noWork, ...handMarkIn(marks.get(answer.attempt.id)) },
            { placementId: placement.id, attemptId: answer.attempt.id, position },
          ),
        };
      }),
      next: found.length > answersOnPage ? shown.at(-1)?.attempt.id : undefined,
      isFirst: after === 0,
      html: renderContent,
    });
  });

  router.post('/placements/:placementId/attempts/:attemptId/marks/:field', async (req, res) => {
    const { session, placement } = await requirePlacement(db, req, res, 'mark-answers');
    const at = { placementId: placement.id, attemptId: keyParam(req, 'attemptId'), position: positionIn(req) };
    const found = await findHandedIn(db, at);
    const [version] = found ? await listVersions(db, [found.quizVersionId]) : [];
    const stored = version?.questions[at.position];
    if (!found || !version || !stored) throw notFound();
    const place = { position: at.position, question: stored };
    const question = askedQuestion(found.attempt, version, place, noWork.round);
    const { revision, from, ...how } = body.parse(req.body ?? {});
    const typed = readMarkForm(question, (part) => fieldsOf(req.body, part ?? '')(null));
    const marked = await markAnswer(tools, at, { typed, revision, markedBy: session.personId });
    if (!marked.ok) {
      if (marked.code === 'no-such-answer') throw notFound();
      await showAgain(res, { at, question, found, how, from }, { typed, problem: marked.code });
      return;
    }
    onScoreWanted();
    if (from === 'learner') {
      const { personId, number } = found.attempt;
      const learner = `/placements/${placement.id}/learners/${personId}/attempts/${number}`;
      res.redirect(303, `${learner}${how.alone ? '?alone' : ''}#${fieldName(at.position)}-text`);
      return;
    }
    const others = {
      ...{ placementId: placement.id, quizVersionId: version.id, position: at.position },
      draws: handMarkedDraws(version, stored),
    };
    const [next] = await listAnswers(db, others, { isWaiting: how.show === undefined, after: at.attemptId, limit: 1 });
    const words = new URLSearchParams({ saved: '', ...definedIn(how) }).toString();
    const target = next ? `answer-${next.attempt.id}` : 'answers';
    const start = how.show && next ? `&after=${at.attemptId - 1}` : '';
    const address = `/placements/${placement.id}/marking/${version.id}/${fieldName(at.position)}`;
    res.redirect(303, `${address}?${words}${start}#${target}`);
  });

  /** The answer with what was typed about it, and why that is not kept. */
  async function showAgain(
    res: Response,
    {
      at,
      question,
      found,
      how,
      from,
    }: {
      at: { placementId: number; attemptId: number; position: number };
      question: Question;
      found: HandedInAnswer & { quizVersionId: number };
      how: View;
      from: 'learner' | undefined;
    },
    again: { typed: TypedMark; problem: NonNullable<ReturnType<typeof markForm>['problem']> },
  ) {
    const done = (await listWork(db, at.attemptId)).get(at.position) ?? noWork;
    res.status(again.problem === 'changed' ? 409 : 422).render('attempts/marking/again', {
      address: `/placements/${at.placementId}/marking/${found.quizVersionId}/${fieldName(at.position)}`,
      question,
      how,
      from,
      answer: {
        ...answerView(question, at.position, found, 0),
        text: null,
        files: listedFiles(question, at.position, await listFiles(db, [at.attemptId])),
        form: markForm(question, done, at, again),
      },
      html: renderContent,
    });
  }

  /** @throws PageError 404 for what no person marks there */
  async function readQuestion(
    placementId: number,
    req: Request,
  ): Promise<{ version: QuizVersion; question: Question; position: number }> {
    const versionId = keyParam(req, 'versionId');
    const position = positionIn(req);
    const counts = await countAnswers(db, placementId);
    const isHere = counts.some((one) => one.quizVersionId === versionId && one.position === position);
    const [version] = isHere ? await listVersions(db, [versionId]) : [];
    const question = version?.questions[position];
    if (!version || !question || handedInTo(counts, version, position).handedIn === 0) throw notFound();
    return { version, question, position };
  }

  return router;
}

type Counted = Awaited<ReturnType<typeof countAnswers>>[number];

/** How many answers to a question were handed in for a person to mark, and how many wait. */
function handedInTo(counts: readonly Counted[], version: QuizVersion, position: number) {
  const question = version.questions[position];
  const draws = question ? handMarkedDraws(version, question) : [];
  const own = counts.filter(
    (one) => one.quizVersionId === version.id && one.position === position && draws.includes(one.draw),
  );
  return {
    handedIn: own.reduce((sum, { handedIn }) => sum + handedIn, 0),
    waiting: own.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

/** An answer as the page of its question shows it. @param own the question as its attempt asks it */
function answerView(own: Question, position: number, { attempt, name, response }: HandedInAnswer, index: number) {
  return {
    id: attempt.id,
    number: index + 1,
    name,
    personId: attempt.personId,
    attemptNumber: attempt.number,
    type: own.type,
    field: `${fieldName(position)}-${attempt.id}`,
    view: reviewQuestion(own, optionOrder(attempt.seed, position), response).view,
  };
}

function positionIn(req: Request): number {
  const position = positionOf(req.params.field);
  if (position === null) throw notFound();
  return position;
}

function handMarkIn<Mark>(handMark: Mark | undefined): { handMark?: Mark } {
  return handMark === undefined ? {} : { handMark };
}

function definedIn({ show, names }: View): Record<string, string> {
  return { ...(show && { show }), ...(names && { names }) };
}
