// Makes one gradebook column what it should be: found, made, renamed or re-scaled, and never made twice.
import type { Database } from '../database/database.ts';
import { findLineItem, type LineItem } from '../lti/line-item.ts';
import { lineItemScope } from '../lti/line-items.ts';
import { isNotThere, type ServiceFailure } from '../outbound/service-failure.ts';
import { differencesOf } from '../platforms/lms/registry.ts';
import { accessTrouble, scoreTrouble } from '../platforms/service-trouble.ts';
import type { CourseAccess, NoAccess } from '../platforms/course-access.ts';
import type { PlatformServices, ServiceOutcome } from '../platforms/services.ts';
import type { ClaimedColumn, ColumnResult } from './claimed-column.store.ts';
import { columnChange } from './column-change.ts';
import { getColumnOutline, type ColumnOutline } from './column-outline.ts';
import type { OwnRefusal } from './column-status.ts';
import type { DeliveryCause } from './delivery-cause.ts';
import { resendScores } from './send-again.store.ts';

export interface SettlingTools {
  db: Database;
  now: () => Date;
  services: PlatformServices;
}

/**
 * Settles a claimed column; no transaction may be open. A column that is there is changed as far as it is ours to change. One that
 * is wanted and not there is looked for first, by its resource link, so that neither a copied course nor a try whose end we never
 * learned gets a second one (lti.md 92); what the LMS returns for a new one is what it is (91).
 */
export async function settleColumn(tools: SettlingTools, column: ClaimedColumn): Promise<ColumnResult> {
  if (!column.gradebookScopes.includes(lineItemScope)) return refused('scope-not-granted');
  const shown = await getColumnOutline(tools.db, column);
  const { lineItemUrl } = column;
  if (lineItemUrl === null) return findOrMake(tools, column, shown);
  const read = await ask(tools, column, (course) => course.readLineItem({ lineItemUrl }));
  if (read.kind === 'read') return bringUpToDate(tools, column, { shown, item: read.item });
  if (!isNotThere(read)) return failed(read);
  return { ...(await findOrMake(tools, column, shown)), gone: lineItemUrl };
}

async function findOrMake(
  tools: SettlingTools,
  column: ClaimedColumn,
  shown: ColumnOutline | null,
): Promise<ColumnResult> {
  const { isWanted, lineItemsUrl, resourceLinkId, family } = column;
  if (!isWanted) return settled;
  if (lineItemsUrl === null) return refused('not-offered');
  const newest = shown?.versions.at(-1);
  if (!shown || !newest || newest.points <= 0) return refused('nothing-to-grade');
  const identity = { resourceLinkId, ...shown.identity };
  const listed = await ask(tools, column, (course) => course.listLineItems({ lineItemsUrl, resourceLinkId }));
  if (listed.kind !== 'read') return failed(listed);
  const item = findLineItem(listed.items, identity);
  if (item) return { ...(await bringUpToDate(tools, column, { shown, item })), found: item.url };
  const wanted = { label: newest.title, scoreMaximum: differencesOf(family).columnMaximum(newest.points), ...identity };
  const made = await ask(tools, column, (course) => course.createLineItem({ lineItemsUrl, ...wanted }));
  return made.kind === 'read' ? { ...settled, found: made.item.url } : failed(made);
}

async function bringUpToDate(
  tools: SettlingTools,
  column: ClaimedColumn,
  { shown, item }: { shown: ColumnOutline | null; item: LineItem },
): Promise<ColumnResult> {
  const differences = differencesOf(column.family);
  const change = columnChange(item, shown?.versions ?? [], (points) => differences.columnMaximum(points));
  if (change === null) return settled;
  // Before the LMS is told: if we die in between, scores go out once too often instead of never.
  if (change.scoreMaximum !== undefined) {
    const maximum = { from: item.scoreMaximum ?? change.scoreMaximum, to: change.scoreMaximum };
    await resendScores(tools.db, column.placementId, maximum, tools.now());
  }
  const changed = await ask(tools, column, (course) => course.updateLineItem({ item, change }));
  return changed.kind === 'read' ? settled : failed(changed);
}

function ask<Outcome extends ServiceOutcome>(
  { services }: SettlingTools,
  column: ClaimedColumn,
  call: (course: CourseAccess) => Promise<Outcome>,
): Promise<Outcome | NoAccess> {
  return services.call(column, [lineItemScope], call);
}

const settled: ColumnResult = {
  outcome: 'settled',
  cause: null,
  status: null,
  detail: '',
  retryAfterSeconds: null,
  found: null,
  gone: null,
};

function refused(code: OwnRefusal): ColumnResult {
  return { ...settled, outcome: 'refused', detail: code };
}

/** As with scores: without a token the next try may succeed, and only an answer that lasts is a refusal. */
function failed(failure: ServiceFailure | NoAccess): ColumnResult {
  const { kind, status, detail, retryAfterSeconds } = failure;
  const words = status === null ? detail : `${status} ${detail}`.trim();
  return {
    ...settled,
    outcome: kind === 'refused' ? 'refused' : 'unavailable',
    cause: causeOf(failure),
    status,
    detail: words.slice(0, 300),
    retryAfterSeconds,
  };
}

function causeOf(failure: ServiceFailure | NoAccess): DeliveryCause | null {
  const cause = failure.kind === 'no-access' ? accessTrouble(failure) : scoreTrouble(failure);
  // The right to columns is not the right to scores.
  return cause === 'scope-not-granted' ? null : cause;
}
