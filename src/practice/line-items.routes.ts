// AGS line items: the list with its filters, one, and a new column. Changing and deleting are not played.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { addLineItem } from './enrol.ts';
import { meetFaults } from './faults.ts';
import { recordRequest } from './received.ts';
import { scopes } from './scopes.ts';
import { requireAccess } from './service-access.ts';
import { answer, refuse } from './service-answer.ts';
import type { LineItem, State } from './state.ts';

const itemType = 'application/vnd.ims.lis.v2.lineitem+json';
const containerType = 'application/vnd.ims.lis.v2.lineitemcontainer+json';

const newItem = z.object({
  label: z.string().trim().min(1),
  scoreMaximum: z.number(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  resourceLinkId: z.string().optional(),
});

type CourseRequest = Request<{ courseId: string }>;
type ItemRequest = Request<{ courseId: string; itemId: string }>;

/** `GET /:courseId/lineitems`, `POST /:courseId/lineitems`, `GET /:courseId/lineitems/:itemId/lineitem`. */
export function lineItemRoutes(lms: LmsContext): Router {
  const reading = [scopes.lineItem, scopes.lineItemReadOnly];
  const before = (endpoint: 'line-items' | 'line-item') => [
    recordRequest(lms.received, endpoint, lms.now),
    meetFaults(lms, 'service'),
  ];
  const list = requireAccess(lms, { mediaType: containerType, scopes: reading });
  const read = requireAccess(lms, { mediaType: itemType, scopes: reading });
  const write = requireAccess(lms, { mediaType: itemType, scopes: [scopes.lineItem] });

  return Router()
    .get('/:courseId/lineitems', before('line-items'), list, (req: CourseRequest, res: Response) => {
      const items = lms.state.lineItems.filter(
        (item) => item.courseId === req.params.courseId && passes(item, req.query),
      );
      const shown = items.map((item) => lineItemJson(lms.url, item));
      answer(res, 200, containerType, shown);
    })
    .post('/:courseId/lineitems', before('line-items'), write, (req: CourseRequest, res: Response) => {
      const given = newItem.safeParse(jsonOf(req.body)).data;
      if (!given) return refuse(req, res, 400, 'Incorrect label, score maximum or dates');
      if (given.resourceLinkId !== undefined && !isIn(lms.state, given.resourceLinkId, req.params.courseId)) {
        return refuse(req, res, 403, 'Invalid LTI id supplied.');
      }
      const item = addLineItem(lms.state, {
        courseId: req.params.courseId,
        activityId: given.resourceLinkId ?? null,
        isCoupled: false,
        label: given.label,
        maximumPoints: given.scoreMaximum,
        resourceId: given.resourceId ?? '',
        tag: given.tag ?? '',
      });
      lms.save();
      answer(res, 201, itemType, { ...given, id: addresses(lms.url).lineItem(item) });
    })
    .get('/:courseId/lineitems/:itemId/lineitem', before('line-item'), read, (req: ItemRequest, res: Response) => {
      const item = findLineItem(lms.state, req.params);
      if (!item) return refuse(req, res, 404, 'Not Found');
      answer(res, 200, itemType, lineItemJson(lms.url, item));
    });
}

/** The column of that id in that course, or undefined. */
export function findLineItem(
  state: State,
  { courseId, itemId }: { courseId: string; itemId: string },
): LineItem | undefined {
  return state.lineItems.find((item) => item.id === itemId && item.courseId === courseId);
}

/** The body as JSON; undefined if it is none. */
export function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

function lineItemJson(url: string, item: LineItem): object {
  return {
    id: addresses(url).lineItem(item),
    label: item.label,
    scoreMaximum: item.maximumPoints,
    resourceId: item.resourceId,
    tag: item.tag,
    ...(item.activityId === null ? {} : { resourceLinkId: item.activityId, ltiLinkId: item.activityId }),
  };
}

function passes(item: LineItem, query: Request['query']): boolean {
  const wanted = [
    [query['resource_link_id'], item.activityId],
    [query['resource_id'], item.resourceId],
    [query['tag'], item.tag],
  ];
  return wanted.every(([asked, has]) => asked === undefined || asked === has);
}

function isIn(state: State, activityId: string, courseId: string): boolean {
  return state.activities.some((activity) => activity.id === activityId && activity.courseId === courseId);
}
