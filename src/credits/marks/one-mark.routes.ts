// One mark: with a comment, evidence and levels of a rubric, everything that was ever entered in its place, and its file.
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { requireCourse } from '../../courses/access.routes.ts';
import { findCourseFor, type CourseOfMember } from '../../courses/course.store.ts';
import { listMentees } from '../../courses/member.store.ts';
import { mayDo } from '../../courses/rights.ts';
import { assetRefused, largestMegabytes } from '../../questions/assets/asset.routes.ts';
import { findAsset, keepAssets, readAsset } from '../../questions/assets/asset.store.ts';
import { checkAsset } from '../../questions/assets/check-asset.ts';
import { sendBytes } from '../../questions/assets/send-bytes.ts';
import { renderContent, type Content } from '../../questions/content.ts';
import { checkCsrfToken } from '../../web/csrf.ts';
import { notFound } from '../../web/errors.ts';
import { formFields, namedFile, readUpload, readUploads } from '../../web/forms.ts';
import { keyParam } from '../../web/key-param.ts';
import { requireSession } from '../../web/session.ts';
import { enterMarks, sittingsOf, type EnteredMark, type MarkOutcome, type StandingMark } from '../enter-marks.ts';
import { listMarkHistory, listMarks } from '../mark.store.ts';
import { findPlan } from '../plan.store.ts';
import { listStudents, type Student } from '../student.store.ts';
import { cellText, cellWriting } from './cell-text.ts';
import type { MarkTools } from './enter-typed.ts';
import { columnsOf } from './grid.ts';
import {
  earlierMark,
  isFileAt,
  longestComment,
  readMark,
  readTypedMark,
  typedIn,
  type Marked,
  type MarkFormProblems,
  type TypedMark,
} from './one-mark-form.ts';

/** One file, and what a page has besides it. */
const bodyBytes = (largestMegabytes + 4) * 1024 * 1024;

const fileParams = z.object({
  activityKey: z.string().regex(/^[\w-]{1,36}$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const flag = z.literal('').optional().catch(undefined);
const number = z.coerce.number().int().min(0).max(1_000_000);
const sitting = number.catch(1);
const query = z.object({ sitting, saved: flag, unchanged: flag });
const body = z.object({
  sitting,
  /** How often something was entered there, as far as the form showed. */
  seen: number.catch(0),
  /** Which of the earlier marks is to be entered again. */
  restore: number.optional().catch(undefined),
});

/** Whose mark, in what. */
interface Place extends Marked {
  course: CourseOfMember;
  student: Student;
  sitting: number;
  sittings: number;
  address: string;
}

/** What is told on the page besides what stands. */
interface Told {
  typed?: TypedMark;
  problems?: MarkFormProblems & { file?: string };
  outcome?: MarkOutcome | undefined;
  isSaved?: boolean;
  isUnchanged?: boolean;
  /** Whether it was typed for a sitting that the plan does not have any more. */
  isSittingGone?: boolean;
}

/** Stands before the routers whose forms are small, and reads its own. */
export function oneMarkRoutes(tools: MarkTools & { onScoreWanted: () => void; record: RequestHandler }): Router {
  const { db, now, record, onResultsChanged, onScoreWanted } = tools;
  const router = Router();

  router.get('/courses/:courseId/credits/marks/:activityKey/:personId', async (req, res) => {
    const { course } = await requireCourse(db, req, res, 'mark-answers');
    const { sitting, saved, unchanged } = query.parse(req.query);
    const place = await findPlace(req, course, sitting);
    await show(res, place, { isSaved: saved !== undefined, isUnchanged: unchanged !== undefined });
  });

  const readLarge = readUpload({ fileBytes: (largestMegabytes + 1) * 1024 * 1024, bodyBytes });
  /** Of whoever marks nothing here no more is read than of any form. */
  const read: RequestHandler = async (req, res, next) => {
    const { session } = res.locals;
    const course = session && (await findCourseFor(db, session.personId, keyParam(req, 'courseId')));
    if (course && mayDo(course.role, 'mark-answers')) readLarge(req, res, next);
    else readUploads(req, res, next);
  };

  router.post(
    '/courses/:courseId/credits/marks/:activityKey/:personId',
    read,
    checkCsrfToken,
    record,
    async (req, res) => {
      const { session, course } = await requireCourse(db, req, res, 'mark-answers');
      const { sitting, seen, restore } = body.parse(req.body ?? {});
      const place = await findPlace(req, course, sitting);
      const typed = readTypedMark(formFields(req), place);
      if (place.sitting !== sitting) {
        await show(res.status(409), place, { typed, isSittingGone: true });
        return;
      }
      const kept = await keepFile(req, res, place);
      if (kept.problem !== undefined) {
        await show(res.status(422), place, { typed, problems: { file: kept.problem } });
        return;
      }
      if (kept.evidence !== null) typed.evidence = kept.evidence;
      const earlier =
        restore === undefined ? undefined : (await historyOf(place)).find((one) => one.number === restore);
      const marked = earlier ? { ok: true as const, mark: earlierMark(earlier, place) } : readMark(typed, place);
      if (!marked.ok) {
        await show(res.status(422), place, { typed, problems: marked.problems });
        return;
      }
      const { personId } = place.student;
      const mark: EnteredMark = {
        ...marked.mark,
        personId,
        activityKey: place.column.key,
        sitting: place.sitting,
        seen,
      };
      const [outcome] =
        (await enterMarks(
          db,
          { courseId: course.id, markedBy: session.personId, marks: [mark] },
          { mayGrade: () => true, onEntered: onResultsChanged },
          now(),
        )) ?? [];
      await answer(res, place, outcome, earlier ? {} : { typed });
    },
  );

  async function answer(res: Response, place: Place, outcome: MarkOutcome | undefined, told: Told) {
    const back = `${place.address}?sitting=${place.sitting}`;
    switch (outcome?.code) {
      case 'entered':
        onScoreWanted();
        res.redirect(303, `${back}&saved`);
        return;
      case 'unchanged':
        res.redirect(303, `${back}&unchanged`);
        return;
      case 'entered-meanwhile':
        await show(res.status(409), place, { ...told, outcome });
        return;
      case 'above-maximum':
        await show(res.status(422), place, { ...told, outcome });
        return;
      case 'no-such-person':
      case 'no-such-place':
      case 'no-such-sitting':
      case undefined:
        throw notFound();
    }
  }

  router.get('/courses/:courseId/credits/marks/:activityKey/:personId/files/:sha256', async (req, res) => {
    const session = requireSession(res);
    const course = await findCourseFor(db, session.personId, keyParam(req, 'courseId'));
    const params = fileParams.safeParse(req.params);
    if (!course || !params.success) throw notFound();
    const { activityKey, sha256 } = params.data;
    const place = { personId: keyParam(req, 'personId'), activityKey };
    const evidence = fileAddress(course.id, place) + sha256;
    if (!(await mayRead(course, { ...place, evidence, readerId: session.personId }))) throw notFound();
    const asset = await findAsset(db, course.deploymentId, sha256);
    if (!asset) throw notFound();
    const name = `${activityKey}.${asset.mediaType.split('/')[1] ?? ''}`;
    // Students share phones: nothing of one stays in it for the next.
    await sendBytes(req, res, { ...asset, name, cacheControl: 'no-store, no-transform' }, (start, end) =>
      readAsset(db, course.deploymentId, { ...asset, start, end }),
    );
  });

  /** A student, and their mentor, read what stands; who marks reads what stood before, too. */
  async function mayRead(
    course: CourseOfMember,
    file: { personId: number; activityKey: string; evidence: string; readerId: number },
  ): Promise<boolean> {
    const isThis = (mark: Pick<StandingMark, 'activityKey' | 'evidence'>) =>
      mark.activityKey === file.activityKey && mark.evidence === file.evidence;
    if (mayDo(course.role, 'see-results'))
      return (await listMarkHistory(db, { courseId: course.id, ...file })).some(isThis);
    const isOwn = file.readerId === file.personId && mayDo(course.role, 'answer');
    const mentees = mayDo(course.role, 'see-mentees') ? await listMentees(db, course.id, file.readerId) : [];
    if (!isOwn && !mentees.some(({ personId }) => personId === file.personId)) return false;
    return (await listMarks(db, course.id, [file.personId])).some(isThis);
  }

  /** @throws PageError 404 for what people do not mark, and for whoever is no student here */
  async function findPlace(req: Request, course: CourseOfMember, wanted: number): Promise<Place> {
    const inForce = await findPlan(db, course.id);
    const activityKey = String(req.params.activityKey);
    const column = inForce && columnsOf(inForce, []).find(({ key, entry }) => key === activityKey && entry !== null);
    const [student] = await listStudents(db, course.id, [keyParam(req, 'personId')]);
    if (!inForce || !column || !student) throw notFound();
    const sittings = sittingsOf(activityKey, inForce);
    const { personId } = student;
    return {
      ...{ course, student, column, sittings },
      rubric: inForce.plan.activities.find(({ key }) => key === activityKey)?.rubric ?? null,
      sitting: Math.max(1, Math.min(wanted, sittings)),
      address: `/courses/${course.id}/credits/marks/${activityKey}/${personId}`,
      fileAddress: fileAddress(course.id, { activityKey, personId }),
    };
  }

  /** The file of the form, kept; as an address, or what is wrong with it. */
  async function keepFile(
    req: Request,
    res: Response,
    { course, fileAddress }: Place,
  ): Promise<{ evidence: string | null; problem?: string }> {
    const file = namedFile(req, 'file');
    if (!file) return { evidence: null };
    const checked = await checkAsset(file.bytes);
    if (!checked.ok) {
      const { text, params } = assetRefused(checked.refusal, res);
      return { evidence: null, problem: res.locals.t(`refusals.${text}.title`, params) };
    }
    const { asset } = checked;
    await db.transaction((tx) =>
      keepAssets(tx, { deploymentId: course.deploymentId, now: now(), isShown: false }, [asset]),
    );
    return { evidence: fileAddress + asset.sha256 };
  }

  async function historyOf({ course, student, column, sitting }: Place) {
    const of = { courseId: course.id, personId: student.personId, activityKey: column.key };
    return (await listMarkHistory(db, of)).filter((mark) => mark.sitting === sitting);
  }

  async function show(
    res: Response,
    place: Place,
    { typed, problems = {}, outcome, isSaved = false, isUnchanged = false, isSittingGone = false }: Told,
  ) {
    const { t, formats, language } = res.locals;
    const history = await historyOf(place);
    const standing = history.at(-1) ?? null;
    const writing = cellWriting(language);
    const { absent, excused } = writing;
    const { column, rubric } = place;
    const maximum = formats.number(column.maximumPoints.valueOf());
    const form = typed ?? typedIn(standing, place, writing);
    res.render('credits/marks/one', {
      ...{ ...place, isSaved, isUnchanged, isSittingGone, typed: form, maximum, longestComment },
      isHours: column.entry === 'hours',
      isAgain: typed !== undefined || outcome !== undefined,
      ownFile: isFileAt(form.evidence, place.fileAddress) ? form.evidence : null,
      isFile: (evidence: string) => isFileAt(evidence, place.fileAddress),
      seen: standing?.number ?? 0,
      problems: {
        mark:
          outcome?.code === 'above-maximum'
            ? t(`credits.marks.problems.${outcome.code}`, { maximum })
            : problems.mark && t(`credits.marks.problems.${problems.mark}`, { absent, excused }),
        levels: problems.levels && t('credits.marks.one.levelMissing'),
        evidence: problems.evidence && t('credits.marks.one.badAddress'),
        file: problems.file,
      },
      isMeanwhile: outcome?.code === 'entered-meanwhile',
      rubric:
        rubric?.map(({ criterion, levels }) => ({
          criterion: asContent(criterion),
          levels: levels.map(({ text, share }) => ({
            text: asContent(text),
            points: column.maximumPoints.mul(share).valueOf(),
          })),
        })) ?? null,
      history: history.toReversed().map((mark) => ({
        ...mark,
        text: cellText(mark, writing),
        maximum: mark.maximumPoints && formats.number(mark.maximumPoints.valueOf()),
        isStanding: mark === standing,
      })),
      html: renderContent,
    });
  }

  return router;
}

function asContent(words: Content | string): Content {
  return typeof words === 'string' ? { format: 'plain', source: words } : words;
}

function fileAddress(courseId: number, { activityKey, personId }: { activityKey: string; personId: number }): string {
  return `/courses/${courseId}/credits/marks/${activityKey}/${personId}/files/`;
}
