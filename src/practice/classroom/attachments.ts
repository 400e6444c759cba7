// What add-ons put into posts: made, listed, changed, taken away. An add-on sees its own alone.
import { Router } from 'express';
import { courseFor, itemFor, requireTeacher } from './access.ts';
import { checkAddOnToken } from './add-on-token.ts';
import { serve, type ApiCall, type ApiContext } from './api-call.ts';
import { denied, invalid, notFound } from './api-error.ts';
import { changedAttachment, newAttachment, shownAttachment } from './attachment-fields.ts';
import { paged } from './paging.ts';
import { itemTypes, type Attachment, type Item, type ItemType, type State } from './state.ts';

const mostAttachments = 10;
const mostOnPage = 20;

export function attachmentMethods(context: ApiContext): Router {
  const { state } = context;
  const router = Router();

  for (const type of itemTypes) {
    serve(router, context, `courses.${type}.addOnAttachments.create`, (call) => {
      const item = postIn(state, call, type);
      requireLicensed(call);
      const isOurs = item.madeBy === call.caller.clientId || ownAttachments(item, call).length > 0;
      if (!isOurs || call.query.has('addOnToken')) checkAddOnToken(state, call, item);
      if (item.attachments.length >= mostAttachments) throw invalid(`At most ${mostAttachments} attachments.`);
      const attachment = newAttachment(state, call);
      item.attachments.push(attachment);
      return shownAttachment(item, attachment);
    });

    serve(router, context, `courses.${type}.addOnAttachments.list`, (call) => {
      const item = postIn(state, call, type);
      const own = ownAttachments(item, call);
      if (own.length === 0 && item.madeBy !== call.caller.clientId) throw denied();
      const shown = own.map((attachment) => shownAttachment(item, attachment));
      return paged(call.query, 'addOnAttachments', shown, { most: mostOnPage });
    });

    serve(router, context, `courses.${type}.addOnAttachments.get`, (call) => {
      const item = postIn(state, call, type);
      return shownAttachment(item, attachmentIn(item, call));
    });

    serve(router, context, `courses.${type}.addOnAttachments.patch`, (call) => {
      const item = postIn(state, call, type);
      const attachment = attachmentIn(item, call);
      requireLicensed(call);
      Object.assign(attachment, changedAttachment(state, call, attachment));
      return shownAttachment(item, attachment);
    });

    serve(router, context, `courses.${type}.addOnAttachments.delete`, (call) => {
      const item = postIn(state, call, type);
      const attachment = attachmentIn(item, call);
      requireLicensed(call);
      item.attachments = item.attachments.filter((other) => other !== attachment);
      return {};
    });
  }

  /** To change attachments takes a licence; to give points for what is there does not. */
  function requireLicensed({ caller, params }: ApiCall) {
    requireTeacher(courseFor(state, params.courseId, caller), caller);
    const account = state.accounts.find(({ id }) => id === caller.userId);
    if (!account?.hasAddOns) throw denied('The user is not permitted to create add-on attachments.');
  }

  return router;
}

/** The post that a path names. */
export function postIn(state: State, { params, caller }: ApiCall, type: ItemType): Item {
  return itemFor(state, courseFor(state, params.courseId, caller), caller, { type, id: params.itemId });
}

/** The attachment that a path names, unless another is asked for. */
export function attachmentIn({ attachments }: Item, { params, caller }: ApiCall, id = params.attachmentId): Attachment {
  const attachment = attachments.find((one) => one.id === id);
  if (!attachment) throw notFound();
  if (attachment.clientId !== caller.clientId) throw denied('@ProjectPermissionDenied Another project made it.');
  return attachment;
}

export function ownAttachments({ attachments }: Item, { caller }: ApiCall): Attachment[] {
  return attachments.filter(({ clientId }) => clientId === caller.clientId);
}
