// What the API lets an add-on do: ask who is there, put attachments into posts, and give points for work at them.
import { Router, type Request } from 'express';
import {
  ApiError,
  callerOf,
  courseFor,
  denied,
  invalid,
  itemIn,
  notFound,
  requireTeacher,
  type Caller,
} from './api-call.ts';
import { newId, type Attachment, type Item, type PracticeCourse, type State } from './state.ts';

const teachers = ['addons.teacher'];
const anybody = ['addons.teacher', 'addons.student'];
const mostAttachments = 10;

interface Body {
  title?: unknown;
  maxPoints?: unknown;
  pointsEarned?: unknown;
  teacherViewUri?: { uri?: unknown };
  studentViewUri?: { uri?: unknown };
  studentWorkReviewUri?: { uri?: unknown };
}

export function addOnRoutes({ state, now }: { state: State; now: () => Date }): Router {
  const router = Router();
  const at = '/v1/courses/:courseId/:type/:itemId';

  router.get(`${at}/addOnContext`, (req, res) => {
    const { caller, course, item } = place(req, anybody);
    const attachmentId = query(req, 'attachmentId');
    const isTeacher = course.teacherIds.includes(caller.userId);
    if (attachmentId === null && query(req, 'addOnToken') === null) throw invalid('Attachment ID must be specified.');
    if (attachmentId === null) checkToken(req, caller, item);
    else attachmentIn(item, attachmentId, caller);
    if (isTeacher && !caller.scopes.some((scope) => scope.endsWith('addons.teacher'))) throw lacking();
    const supportsStudentWork = item.type === 'courseWork';
    const submissionId = item.submissions.find(({ userId }) => userId === caller.userId)?.id;
    res.json({
      ...{ courseId: course.id, itemId: item.id, postId: item.id, supportsStudentWork },
      ...(isTeacher ? { teacherContext: {} } : { studentContext: { ...(supportsStudentWork && { submissionId }) } }),
    });
  });

  router.post(`${at}/addOnAttachments`, (req, res) => {
    const { caller, course, item } = place(req, teachers);
    requireLicensed(course, caller);
    const isOurs =
      item.madeBy === caller.clientId || item.attachments.some(({ clientId }) => clientId === caller.clientId);
    if (!isOurs || query(req, 'addOnToken') !== null) checkToken(req, caller, item);
    if (item.attachments.length >= mostAttachments)
      throw new ApiError(400, 'FAILED_PRECONDITION', 'Too many attachments.');
    const body = bodyOf(req);
    const attachment: Attachment = {
      ...{ id: newId(state), clientId: caller.clientId, copyHistory: [], pointsEarned: {} },
      title: titleIn(body),
      teacherViewUri: addressIn(caller, body.teacherViewUri),
      studentViewUri: addressIn(caller, body.studentViewUri),
      studentWorkReviewUri: body.studentWorkReviewUri ? addressIn(caller, body.studentWorkReviewUri) : null,
      maxPoints: null,
    };
    attachment.maxPoints = maximumIn(body, attachment);
    item.attachments.push(attachment);
    res.json(shown(item, attachment));
  });

  router.get(`${at}/addOnAttachments`, (req, res) => {
    const { caller, item } = place(req, anybody);
    const own = item.attachments.filter(({ clientId }) => clientId === caller.clientId);
    res.json({ addOnAttachments: own.map((attachment) => shown(item, attachment)) });
  });

  router.get(`${at}/addOnAttachments/:attachmentId`, (req, res) => {
    const { item, attachment } = attached(req, anybody);
    res.json(shown(item, attachment));
  });

  router.patch(`${at}/addOnAttachments/:attachmentId`, (req, res) => {
    const { caller, course, item, attachment } = attached(req, teachers);
    requireLicensed(course, caller);
    const mask = (query(req, 'updateMask') ?? '').split(',').filter(Boolean);
    if (mask.length === 0 || mask.some((field) => !['title', 'maxPoints'].includes(field)))
      throw invalid('Invalid update mask.');
    const body = bodyOf(req);
    if (mask.includes('title')) attachment.title = titleIn(body);
    if (mask.includes('maxPoints')) attachment.maxPoints = maximumIn(body, attachment);
    res.json(shown(item, attachment));
  });

  router.delete(`${at}/addOnAttachments/:attachmentId`, (req, res) => {
    const { caller, course, item, attachment } = attached(req, teachers);
    requireLicensed(course, caller);
    item.attachments = item.attachments.filter((other) => other !== attachment);
    res.json({});
  });

  const work = `${at}/addOnAttachments/:attachmentId/studentSubmissions/:submissionId`;

  router.get(work, (req, res) => {
    const { caller, course, item, attachment } = attached(req, anybody);
    const submission = submissionIn(req, item);
    if (submission.userId !== caller.userId) requireTeacher(course, caller, false);
    res.json({ pointsEarned: attachment.pointsEarned[submission.id], userId: submission.userId });
  });

  router.patch(work, (req, res) => {
    const { caller, course, item, attachment } = attached(req, teachers);
    requireTeacher(course, caller);
    const submission = submissionIn(req, item);
    if (query(req, 'updateMask') !== 'pointsEarned') throw invalid('Invalid update mask.');
    if (attachment.maxPoints === null) throw new ApiError(400, 'FAILED_PRECONDITION', 'The attachment is not graded.');
    const { pointsEarned } = bodyOf(req);
    const points = typeof pointsEarned === 'number' && pointsEarned >= 0 ? pointsEarned : null;
    if (points === null && pointsEarned !== undefined) throw invalid('pointsEarned must not be negative.');
    if (points === null) delete attachment.pointsEarned[submission.id];
    else attachment.pointsEarned[submission.id] = points;
    // Only the first that is graded sets the draft grade of the assignment.
    if (item.attachments.find(({ maxPoints }) => maxPoints !== null) === attachment) submission.draftGrade = points;
    res.json({ pointsEarned: attachment.pointsEarned[submission.id] });
  });

  function place(req: Request, scopes: readonly string[]) {
    const caller = callerOf(state, req, now().getTime(), scopes);
    const course = courseFor(state, String(req.params.courseId), caller);
    return { caller, course, item: itemIn(state, course, String(req.params.type), String(req.params.itemId)) };
  }

  function attached(req: Request, scopes: readonly string[]) {
    const found = place(req, scopes);
    return { ...found, attachment: attachmentIn(found.item, String(req.params.attachmentId), found.caller) };
  }

  /** To change attachments takes a licence; to give points for what is there does not. */
  function requireLicensed(course: PracticeCourse, caller: Caller) {
    requireTeacher(course, caller);
    const account = state.accounts.find(({ id }) => id === caller.userId);
    if (!account?.hasAddOns) throw denied('The user is not permitted to create add-on attachments.');
  }

  function checkToken(req: Request, { userId }: Caller, item: Item) {
    const known = state.addOnTokens.find(({ token }) => token === query(req, 'addOnToken'));
    if (!known || known.userId !== userId || known.itemId !== item.id) {
      throw denied('@InvalidAddOnToken The add-on token is invalid.');
    }
    if (known.expiresAtMs <= now().getTime()) throw denied('@ExpiredAddOnToken The add-on token has expired.');
  }

  function addressIn({ clientId }: Caller, address: { uri?: unknown } | undefined): string {
    const uri = typeof address?.uri === 'string' ? address.uri : '';
    const prefixes = state.clients.find((client) => client.clientId === clientId)?.uriPrefixes ?? [];
    if (!prefixes.some((prefix) => uri.startsWith(prefix))) throw invalid('The URI is not allowed for this add-on.');
    return uri;
  }

  return router;
}

function attachmentIn({ attachments }: Item, attachmentId: string, { clientId }: Caller): Attachment {
  const attachment = attachments.find(({ id }) => id === attachmentId);
  if (!attachment) throw notFound();
  if (attachment.clientId !== clientId) throw denied('@ProjectPermissionDenied Another project made it.');
  return attachment;
}

function titleIn({ title }: Body): string {
  if (typeof title !== 'string' || title === '' || title.length > 1000)
    throw invalid('title must have 1 to 1000 characters.');
  return title;
}

function maximumIn({ maxPoints }: Body, { studentWorkReviewUri }: Attachment): number | null {
  if (maxPoints === undefined || maxPoints === 0) return null;
  if (typeof maxPoints !== 'number' || !Number.isInteger(maxPoints) || maxPoints < 0)
    throw invalid('maxPoints must be an integer.');
  if (studentWorkReviewUri === null) throw invalid('maxPoints needs a studentWorkReviewUri.');
  return maxPoints;
}

function submissionIn(req: Request, { submissions }: Item) {
  const found = submissions.find(({ id }) => id === req.params.submissionId);
  if (!found) throw notFound();
  return found;
}

function shown(item: Item, attachment: Attachment) {
  const { id, title, teacherViewUri, studentViewUri, studentWorkReviewUri, maxPoints, copyHistory } = attachment;
  return {
    ...{ courseId: item.courseId, itemId: item.id, postId: item.id, id, title },
    ...{ teacherViewUri: { uri: teacherViewUri }, studentViewUri: { uri: studentViewUri } },
    ...(studentWorkReviewUri !== null && { studentWorkReviewUri: { uri: studentWorkReviewUri } }),
    ...(maxPoints !== null && { maxPoints }),
    ...(copyHistory.length > 0 && { copyHistory }),
  };
}

function lacking(): ApiError {
  const words = 'Request had insufficient authentication scopes.';
  return new ApiError(403, 'PERMISSION_DENIED', words, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT');
}

function query(req: Request, name: string): string | null {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function bodyOf(req: Request): Body {
  return JSON.parse(String(req.body) || '{}') as Body;
}
