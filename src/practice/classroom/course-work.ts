// Assignments that others make through the API, and what they may change of them.
import { Router } from 'express';
import { z } from 'zod';
import { courseFor, isSeenBy, itemFor, requireOwnItem, requireTeacher } from './access.ts';
import { readBody, readMask, serve, type ApiCall, type ApiContext } from './api-call.ts';
import { invalid, notPractised, precondition } from './api-error.ts';
import { changedDue, dueFields, dueIn, requireFuture, shownDue } from './due-date.ts';
import { addItem } from './items.ts';
import { paged } from './paging.ts';
import type { Item } from './state.ts';

const mostMaterials = 20;
const ignored = z.unknown().optional();
const link = z.strictObject({ url: z.string().min(1).max(2024), title: ignored, thumbnailUrl: ignored });
const points = z.number().int().min(0).nullish();

/** What Google knows and nobody can try here. */
const elsewhere = [
  ...['assigneeMode', 'gradingPeriodId', 'individualStudentsOptions', 'multipleChoiceQuestion', 'scheduledTime'],
  ...['submissionModificationMode', 'topicId'],
];

const readOnly = [
  ...['alternateLink', 'assignment', 'associatedWithDeveloper', 'courseId', 'creationTime', 'creatorUserId'],
  ...['gradeCategory', 'id', 'updateTime'],
];

const bodySchema = z.strictObject({
  title: z.string().max(3000).optional(),
  description: z.string().max(30_000).nullish(),
  state: z.enum(['PUBLISHED', 'DRAFT', 'DELETED']).optional(),
  workType: z.enum(['ASSIGNMENT', 'SHORT_ANSWER_QUESTION', 'MULTIPLE_CHOICE_QUESTION']).optional(),
  maxPoints: points,
  ...dueFields,
  materials: z.array(z.strictObject({ link, driveFile: ignored, youtubeVideo: ignored, form: ignored })).optional(),
  ...Object.fromEntries(readOnly.map((name) => [name, ignored])),
  ...Object.fromEntries(elsewhere.map((name) => [name, ignored])),
});

const changeable = ['title', 'description', 'state', 'dueDate', 'dueTime', 'maxPoints'] as const;
const states = z.array(z.enum(['PUBLISHED', 'DRAFT', 'DELETED']));

export function courseWorkMethods(context: ApiContext): Router {
  const { state, pagesUrl } = context;
  const router = Router();

  serve(router, context, 'courses.courseWork.create', ({ caller, params, body: said, nowMs }) => {
    const course = courseFor(state, params.courseId, caller);
    requireTeacher(course, caller);
    const body = bodyIn(said);
    if (body.workType === undefined) throw invalid('workType must be specified.');
    if (body.workType !== 'ASSIGNMENT') throw notPractised(body.workType);
    const { materials = [], state: wanted = 'DRAFT' } = body;
    if (wanted === 'DELETED') throw invalid('state: must be PUBLISHED or DRAFT.');
    if (materials.length > mostMaterials) throw invalid(`materials: at most ${mostMaterials}.`);
    const dueAtMs = dueIn(body);
    requireFuture(dueAtMs, nowMs);
    const item = addItem(state, nowMs, {
      ...{ courseId: course.id, title: titleIn(body.title), description: body.description || null, state: wanted },
      ...{ maxPoints: body.maxPoints || null, dueAtMs, madeBy: caller.clientId },
      ...{ creatorId: caller.userId, links: materials.map((material) => addressIn(material.link.url)) },
    });
    return shown(item, caller.clientId);
  });

  serve(router, context, 'courses.courseWork.list', ({ caller, params, query }) => {
    const course = courseFor(state, params.courseId, caller);
    const asked = states.safeParse(query.getAll('courseWorkStates'));
    if (!asked.success) throw invalid('courseWorkStates: unknown state');
    const wanted = asked.data.length === 0 ? ['PUBLISHED'] : asked.data;
    const items = state.items.filter(
      (item) =>
        item.courseId === course.id &&
        item.type === 'courseWork' &&
        wanted.includes(item.state) &&
        isSeenBy(item, course, caller),
    );
    const sorted = items.sort(orderIn(query.get('orderBy') ?? 'updateTime desc'));
    return paged(
      query,
      'courseWork',
      sorted.map((item) => shown(item, caller.clientId)),
      { most: 30 },
    );
  });

  serve(router, context, 'courses.courseWork.get', (call) => shown(itemOf(call), call.caller.clientId));

  serve(router, context, 'courses.courseWork.patch', (call) => {
    const { caller, query, body: said, nowMs } = call;
    const item = changeableItem(call);
    const mask = readMask(query, [...changeable, ...elsewhere]);
    const missing = mask.find((field) => elsewhere.includes(field));
    if (missing !== undefined) throw notPractised(missing);
    const body = bodyIn(said);
    const title = mask.includes('title') ? titleIn(body.title) : item.title;
    const dueAtMs = dueIn(changedDue(item.dueAtMs, mask, body));
    if (dueAtMs !== item.dueAtMs) requireFuture(dueAtMs, nowMs);
    const wanted = mask.includes('state') ? body.state : item.state;
    if (wanted === undefined || wanted === 'DELETED') throw invalid('state: must be PUBLISHED or DRAFT.');
    if (wanted === 'DRAFT' && item.state === 'PUBLISHED') throw invalid('state: what is published stays published.');
    Object.assign(item, { title, dueAtMs, state: wanted, updatedAtMs: nowMs });
    if (mask.includes('description')) item.description = body.description || null;
    if (mask.includes('maxPoints')) item.maxPoints = body.maxPoints || null;
    return shown(item, caller.clientId);
  });

  serve(router, context, 'courses.courseWork.delete', (call) => {
    const item = changeableItem(call, false);
    if (item.state === 'DRAFT') state.items = state.items.filter((other) => other !== item);
    Object.assign(item, { state: 'DELETED', updatedAtMs: call.nowMs });
    return {};
  });

  function itemOf({ caller, params }: ApiCall): Item {
    const course = courseFor(state, params.courseId, caller);
    return itemFor(state, course, caller, { type: 'courseWork', id: params.id, deleted: true });
  }

  function changeableItem(call: ApiCall, parents = true): Item {
    const item = itemOf(call);
    requireTeacher(courseFor(state, item.courseId, call.caller), call.caller);
    requireOwnItem(state, item, call.caller, parents);
    if (item.state === 'DELETED') throw precondition('The course work has already been deleted.');
    return item;
  }

  function shown(item: Item, clientId: string): object {
    const { id, courseId, title, description, maxPoints, links, creatorId, createdAtMs, updatedAtMs } = item;
    const [creationTime, updateTime] = [new Date(createdAtMs).toISOString(), new Date(updatedAtMs).toISOString()];
    return {
      ...{ courseId, id, title, ...(description !== null && { description }) },
      ...(links.length > 0 && { materials: links.map((url) => ({ link: { url, title: url } })) }),
      ...{ state: item.state, creationTime, updateTime, ...shownDue(item.dueAtMs) },
      ...(item.state === 'PUBLISHED' && { alternateLink: `${pagesUrl}/items/${id}` }),
      ...(maxPoints !== null && { maxPoints }),
      ...{ workType: 'ASSIGNMENT', assigneeMode: 'ALL_STUDENTS', assignment: {} },
      submissionModificationMode: 'MODIFIABLE_UNTIL_TURNED_IN',
      ...(item.madeBy === clientId && { associatedWithDeveloper: true }),
      ...(creatorId !== null && { creatorUserId: creatorId }),
    };
  }

  return router;
}

function bodyIn(said: unknown) {
  const body = readBody(bodySchema, said);
  const missing = elsewhere.find((name) => Object.hasOwn(body, name));
  if (missing !== undefined) throw notPractised(missing);
  return body;
}

function titleIn(title: string | undefined): string {
  if (!title) throw invalid('title must have 1 to 3000 characters.');
  return title;
}

function addressIn(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw invalid('materials: Invalid URL');
  return url;
}

/** @param said such as `dueDate asc,updateTime desc` */
function orderIn(said: string): (one: Item, other: Item) => number {
  const orders = said.split(',').map((part) => {
    const read = /^\s*(updateTime|dueDate)(?:\s+(asc|desc))?\s*$/.exec(part);
    if (!read) throw invalid(`orderBy: "${part}"`);
    const valueOf = (item: Item) => (read[1] === 'dueDate' ? (item.dueAtMs ?? Infinity) : item.updatedAtMs);
    const sign = read[2] === 'desc' ? -1 : 1;
    return (one: Item, other: Item) => sign * Math.sign(valueOf(one) - valueOf(other) || 0);
  });
  return (one, other) => orders.reduce((found, order) => found || order(one, other), 0);
}
