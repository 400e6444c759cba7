// A quiz taken elsewhere: as a file in every format that can be written, with what that loses named before, and on paper.
import { Router, type Request, type Response } from 'express';
import { requirePlacement } from '../courses/access.routes.ts';
import type { PlacementOfMember } from '../courses/placement.store.ts';
import type { Database } from '../database/database.ts';
import { loadAssets } from '../questions/assets/asset.store.ts';
import { renderContent } from '../questions/content.ts';
import { assetKeysOf } from '../questions/contents-of.ts';
import { fileFormats } from '../questions/formats/file-registry.ts';
import { gift } from '../questions/formats/gift.ts';
import type { Format, Loss, Written } from '../questions/formats/format.ts';
import { formats } from '../questions/formats/registry.ts';
import { mostVariants, paperVariants } from '../questions/paper.ts';
import type { Question } from '../questions/question.ts';
import { notFound } from '../web/errors.ts';
import { listDraftQuestions } from './draft-question.store.ts';
import { publishable } from './draft-question.ts';
import { findCurrentVersion, findDraft } from './quiz.store.ts';
import { getQuizHome } from './shared-quiz.store.ts';

const allFormats: readonly Format[] = [...formats, ...fileFormats];
const writable = allFormats.filter(({ write }) => write !== null);

/** A paper that is longer is none that anybody sits. */
const mostOnPaper = 300;

/** What is taken: the published version, or for its authors the draft. */
interface Taken {
  placement: PlacementOfMember;
  deploymentId: number;
  title: string;
  questions: Question[];
  isDraft: boolean;
  /** Ends an address so that it means the same questions; begins with `&` or is empty. */
  sameOnes: '' | '&of=draft';
}

export function exportRoutes({ db }: { db: Database }): Router {
  const router = Router();

  router.get('/placements/:placementId/quiz/export', async (req, res) => {
    const taken = await requireQuestions(req, res);
    const chosen = formatNamed(req);
    const written = chosen && (await write(chosen, taken));
    res.render('quizzes/export', {
      ...taken,
      formatChoices: writable,
      chosen,
      losses: written ? lossesByQuestion(written.losses, taken.questions) : [],
    });
  });

  router.get('/placements/:placementId/quiz/export/file', async (req, res) => {
    const taken = await requireQuestions(req, res);
    const format = formatNamed(req) ?? gift;
    const { body } = await write(format, taken);
    const name = taken.title.replace(/[^\p{L}\p{N}ʻʼ .,()-]+/gu, ' ').trim();
    res.attachment(`${name.slice(0, 80) || 'mustaqil'}${format.extension}`).type(format.mediaType);
    res.send(typeof body === 'string' ? body : Buffer.from(body));
  });

  router.get('/placements/:placementId/quiz/paper', async (req, res) => {
    const taken = await requireQuestions(req, res);
    const count = Number(req.query.variants);
    const options = {
      count: Number.isInteger(count) && count >= 1 && count <= mostVariants ? count : 1,
      isShuffled: req.query.order !== 'kept',
    };
    const seed = `paper/${taken.placement.quizId}`;
    const isTooLong = taken.questions.length > mostOnPaper;
    res.render('quizzes/paper', {
      ...taken,
      ...options,
      mostVariants,
      mostOnPaper,
      isTooLong,
      isLargePrint: req.query.letters === 'large',
      variants: isTooLong ? [] : paperVariants(taken.questions, { seed, ...options }),
      number: (stored: string) => stored.replace('.', res.locals.t('language.decimal')),
      html: renderContent,
    });
  });

  /**
   * The questions that the address means, for who may see them with their key.
   *
   * @throws PageError as `requirePlacement`; 403 for the draft unless it is theirs to edit, 404 where there are none
   */
  async function requireQuestions(req: Request, res: Response): Promise<Taken> {
    const isDraft = req.query.of === 'draft';
    const { session, placement } = await requirePlacement(db, req, res, isDraft ? 'edit-quizzes' : 'preview-quizzes');
    const { quizId } = placement;
    const { deploymentId } = session;
    if (quizId === null) throw notFound();
    if (!isDraft) {
      const version = await findCurrentVersion(db, quizId);
      if (!version) throw notFound();
      return { placement, deploymentId, title: version.title, questions: version.questions, isDraft, sameOnes: '' };
    }
    const draft = await findDraft(db, quizId);
    if (!draft || (await getQuizHome(db, quizId)).courseId !== placement.courseId) throw notFound();
    const questions = publishable(await listDraftQuestions(db, quizId));
    return { placement, deploymentId, title: draft.title, questions, isDraft, sameOnes: '&of=draft' };
  }

  async function write(
    format: Format,
    { deploymentId, title, questions }: Taken,
  ): Promise<Written<string | Uint8Array>> {
    if (!format.write) throw notFound();
    const keys = [...new Set(questions.flatMap(assetKeysOf))];
    return format.write(questions, await loadAssets(db, deploymentId, keys), title);
  }

  return router;
}

function formatNamed(req: Request): Format | null {
  return writable.find(({ name }) => name === req.query.format) ?? null;
}

/** What is lost of each question, in their order. */
function lossesByQuestion(losses: readonly Loss[], questions: readonly Question[]) {
  return questions.flatMap(({ name }, place) => {
    const codes = losses.filter(({ index }) => index === place).map(({ code }) => code);
    return codes.length === 0 ? [] : [{ number: place + 1, name, codes: [...new Set(codes)] }];
  });
}
