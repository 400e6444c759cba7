// AGS line items: the list with its filters and pages, one, a new one, a changed one, one less. A tool sees its own.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { addresses } from './addresses.ts';
import type { LmsContext } from './context.ts';
import { addLineItem } from './enrol.ts';
import { meetFaults } from './faults.ts';
import { changedLineItem, lineItemJson, parseLineItem } from './line-item.ts';
import { pageOf } from './paging.ts';
import { recordRequest } from './received.ts';
import { deleteLineItem, replaceLineItem } from './gradebook.ts';
import { queryText } from './query.ts';
import { scopes } from './scopes.ts';
import { askingToolId, requireAccess } from './service-access.ts';
import { answer, jsonOf, refuse } from './service-answer.ts';
import type { LineItem, State } from './state.ts';
import { toolOfActivity } from './tools.ts';

const itemType = 'application/vnd.ims.lis.v2.lineitem+json';
const containerType = 'application/vnd.ims.lis.v2.lineitemcontainer+json';
const itemPath = '/:courseId/lineitems/:itemId/lineitem';

type CourseRequest = Request<{ courseId: string }>;
type ItemRequest = Request<{ courseId: string; itemId: string }>;

/** `GET|POST /:courseId/lineitems` and `GET|PUT|DELETE /:courseId/lineitems/:itemId/lineitem`. */
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
      listItems(lms, req, res);
    })
    .post('/:courseId/lineitems', before('line-items'), write, (req: CourseRequest, res: Response) => {
      createItem(lms, req, res);
    })
    .get(itemPath, before('line-item'), read, (req: ItemRequest, res: Response) => {
      const item = findLineItem(lms.state, req);
      if (!item) return refuse(req, res, 404, 'Not Found');
      answer(res, 200, itemType, lineItemJson(lms.url, item));
    })
    .put(itemPath, before('line-item'), write, (req: ItemRequest, res: Response) => changeItem(lms, req, res))
    .delete(itemPath, before('line-item'), write, (req: ItemRequest, res: Response) => deleteItem(lms, req, res));
}

/** The column of that id in that course, if it is one of the tool that asks; else undefined. */
export function findLineItem(state: State, req: ItemRequest): LineItem | undefined {
  const { courseId, itemId } = req.params;
  const toolId = askingToolId(state, req);
  return state.lineItems.find((item) => item.id === itemId && item.courseId === courseId && item.toolId === toolId);
}

function listItems(lms: LmsContext, req: CourseRequest, res: Response): void {
  const { courseId } = req.params;
  const toolId = askingToolId(lms.state, req);
  const items = lms.state.lineItems.filter(
    (item) => item.courseId === courseId && item.toolId === toolId && passes(item, req.query),
  );
  const address = new URL(addresses(lms.url).lineItems(courseId, toolId));
  for (const name of filters) if (req.query[name] !== undefined) address.searchParams.set(name, queryText(req, name));
  const { rows, links } = pageOf(items, req.query, address.href);
  const link = links && lms.quirks.lineItemLinks(links);
  if (link) res.set('Link', link);
  const shown = rows.map((item) => lineItemJson(lms.url, item));
  answer(res, 200, containerType, shown);
}

const echo = z.record(z.string(), z.unknown());

/** Nothing is looked for first: the same one sent twice makes two. What was sent comes back, dates and all. */
function createItem(lms: LmsContext, req: CourseRequest, res: Response): void {
  const body = jsonOf(req.body);
  const sent = parseLineItem(body);
  if (!sent) return refuse(req, res, 400, 'Incorrect label, score maximum or dates');
  const { courseId } = req.params;
  const toolId = askingToolId(lms.state, req);
  if (!isOwnLink(lms, { courseId, toolId }, sent.resourceLinkId)) {
    return refuse(req, res, lms.quirks.foreignLinkStatus, 'Invalid LTI id supplied.');
  }
  const blank = { courseId, toolId, activityId: null, isCoupled: false, label: '', maximumPoints: 0 };
  const item = addLineItem(lms.state, { ...blank, ...changedLineItem(blank, sent, { isOmittedWiped: true }) });
  lms.save();
  answer(res, 201, itemType, { ...echo.parse(body), id: addresses(lms.url).lineItem(item) });
}

function changeItem(lms: LmsContext, req: ItemRequest, res: Response): void {
  const item = findLineItem(lms.state, req);
  if (!item) return refuse(req, res, 404, 'Not Found');
  const sent = parseLineItem(jsonOf(req.body));
  if (!sent) return refuse(req, res, 400, 'Incorrect label, score maximum or dates');
  if (!isOwnLink(lms, item, sent.resourceLinkId)) {
    return refuse(req, res, lms.quirks.foreignLinkStatus, 'Invalid LTI id supplied.');
  }
  const changed = { ...item, ...changedLineItem(item, sent, lms.quirks) };
  replaceLineItem(lms.state, changed);
  lms.save();
  answer(res, 200, itemType, lineItemJson(lms.url, changed));
}

/** The column that was made with an activity stays, whatever is answered. */
function deleteItem(lms: LmsContext, req: ItemRequest, res: Response): void {
  const item = findLineItem(lms.state, req);
  if (!item) return refuse(req, res, 404, 'Not Found');
  if (item.isCoupled && lms.quirks.coupledDeleteStatus === 403) return refuse(req, res, 403, 'Forbidden');
  if (!item.isCoupled) {
    deleteLineItem(lms.state, item);
    lms.save();
  }
  res.status(204).end();
}

const filters = ['resource_link_id', 'resource_id', 'tag'] as const;

function passes(item: LineItem, query: Request['query']): boolean {
  const has = { resource_link_id: item.activityId, resource_id: item.resourceId, tag: item.tag };
  return filters.every((name) => query[name] === undefined || query[name] === has[name]);
}

/** Whether a resource link is one of the tool in the course; none at all is fine. */
function isOwnLink(
  lms: LmsContext,
  { courseId, toolId }: Pick<LineItem, 'courseId' | 'toolId'>,
  activityId: string | undefined,
): boolean {
  if (activityId === undefined) return true;
  const activity = lms.state.activities.find(({ id }) => id === activityId);
  return activity?.courseId === courseId && toolOfActivity(lms, activity)?.id === toolId;
}
