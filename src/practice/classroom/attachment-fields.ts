// What an attachment consists of, and the rules between its parts.
import { z } from 'zod';
import { readBody, readMask, type ApiCall } from './api-call.ts';
import { invalid } from './api-error.ts';
import { changedDue, dueFields, dueIn, shownDue } from './due-date.ts';
import { newId, type Attachment, type Item, type State } from './state.ts';

const ignored = z.unknown().optional();
const embedUri = z.strictObject({ uri: z.string().min(1).max(1800) }).nullish();
const bodySchema = z.strictObject({
  title: z.string().max(1000).nullish(),
  ...{ teacherViewUri: embedUri, studentViewUri: embedUri, studentWorkReviewUri: embedUri },
  ...{ maxPoints: z.number().int().min(0).nullish(), ...dueFields },
  ...{ copyHistory: ignored, courseId: ignored, id: ignored, itemId: ignored, postId: ignored },
});

type Body = z.output<typeof bodySchema>;
type Fields = Omit<Attachment, 'id' | 'clientId' | 'copyHistory' | 'pointsEarned'>;

const changeable = [
  ...(['title', 'teacherViewUri', 'studentViewUri', 'studentWorkReviewUri'] as const),
  ...(['dueDate', 'dueTime', 'maxPoints'] as const),
];

export function newAttachment(state: State, { caller, body }: ApiCall): Attachment {
  const fields = fieldsIn(readBody(bodySchema, body), prefixesOf(state, caller.clientId));
  return { ...fields, id: newId(state), clientId: caller.clientId, copyHistory: [], pointsEarned: {} };
}

/** What is named in the mask and not said is emptied, if it may be; without a place to review work there are no points. */
export function changedAttachment(state: State, { caller, query, body }: ApiCall, attachment: Attachment): Fields {
  const mask = readMask(query, changeable);
  const said = readBody(bodySchema, body);
  const { title, teacherViewUri, studentViewUri, studentWorkReviewUri, maxPoints, dueAtMs } = attachment;
  const now: Body = {
    ...{ title, teacherViewUri: { uri: teacherViewUri }, studentViewUri: { uri: studentViewUri } },
    studentWorkReviewUri: studentWorkReviewUri === null ? null : { uri: studentWorkReviewUri },
    maxPoints,
  };
  const wanted = { ...now, ...Object.fromEntries(mask.map((name) => [name, said[name]])) };
  const isUngraded = !wanted.studentWorkReviewUri && !mask.includes('maxPoints');
  const due = changedDue(dueAtMs, mask, said);
  return fieldsIn({ ...wanted, ...due, ...(isUngraded && { maxPoints: null }) }, prefixesOf(state, caller.clientId));
}

export function shownAttachment(item: Item, attachment: Attachment): object {
  const { id, title, teacherViewUri, studentViewUri, studentWorkReviewUri, maxPoints, copyHistory } = attachment;
  return {
    ...{ courseId: item.courseId, itemId: item.id, postId: item.id, id, title },
    ...{ teacherViewUri: { uri: teacherViewUri }, studentViewUri: { uri: studentViewUri } },
    ...(studentWorkReviewUri !== null && { studentWorkReviewUri: { uri: studentWorkReviewUri } }),
    ...{ ...(maxPoints !== null && { maxPoints }), ...shownDue(attachment.dueAtMs) },
    ...(copyHistory.length > 0 && { copyHistory: copyHistory.map((from) => ({ ...from, postId: from.itemId })) }),
  };
}

function fieldsIn(body: Body, prefixes: readonly string[]): Fields {
  const { title, studentWorkReviewUri, maxPoints } = body;
  if (!title) throw invalid('title must have 1 to 1000 characters.');
  if (maxPoints && !studentWorkReviewUri) throw invalid('maxPoints can only be set with studentWorkReviewUri.');
  return {
    title,
    teacherViewUri: allowed(body.teacherViewUri?.uri, prefixes),
    studentViewUri: allowed(body.studentViewUri?.uri, prefixes),
    studentWorkReviewUri: studentWorkReviewUri ? allowed(studentWorkReviewUri.uri, prefixes) : null,
    maxPoints: maxPoints || null,
    dueAtMs: dueIn(body),
  };
}

/** Addresses begin as their project's owner said that they would. */
function allowed(uri = '', prefixes: readonly string[]): string {
  if (!prefixes.some((prefix) => uri.startsWith(prefix))) throw invalid('The URI is not allowed for this add-on.');
  return uri;
}

function prefixesOf({ clients }: State, clientId: string): string[] {
  return clients.find((client) => client.clientId === clientId)?.uriPrefixes ?? [];
}
