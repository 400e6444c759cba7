// A post while its teacher makes it: title, points, links, what add-ons put into it. Every button keeps what was typed.
import { Router, type Request, type Response } from 'express';
import { allow, formOf, frameSource, sandbox, type FramePage } from './frames.ts';
import { maximumOf, type HostContext } from './host.ts';
import { notFound, opened, renderPage, type Entered } from './pages.ts';
import type { AddOn, Item } from '../state.ts';

/** What is wrong with what was typed, by field; and the words as they were. */
interface Typed {
  title: string;
  maximum: string;
  link: string;
  errors: { title?: 'titleMissing'; maximum?: 'maximumWrong'; link?: 'linkWrong' };
}

/** `GET /items/:itemId/edit`, `POST /items/:itemId`, the frames of discovery and link upgrade, `POST /items/:itemId/upgrades`. */
export function composerRoutes(context: HostContext): Router {
  const { state } = context.classroom;
  return Router()
    .get('/items/:itemId/edit', (req, res) => {
      const found = opened(context, req, res, { only: 'teacher' });
      if (found) show(req, res, found, { ...typedIn(found.item), errors: {} });
    })
    .post('/items/:itemId', (req, res) => {
      const found = opened(context, req, res, { only: 'teacher' });
      if (!found) return;
      const { item } = found;
      const form = formOf(req);
      const [then = '', what = ''] = (form.get('then') ?? '').split(':', 2);
      if (then === 'delete') {
        if (item.state === 'DRAFT') state.items = state.items.filter((other) => other !== item);
        else item.state = 'DELETED';
        res.redirect(303, `/courses/${item.courseId}`);
        return;
      }
      const typed = keep(item, form, then === 'assign');
      if (Object.keys(typed.errors).length > 0) {
        show(req, res.status(400), found, typed);
        return;
      }
      res.redirect(303, next(item, then, what));
    })
    .get('/items/:itemId/add-ons/:clientId', (req, res) => {
      const found = opened(context, req, res, { only: 'teacher' });
      if (!found) return;
      const addOn = addOnOf(req);
      if (!addOn) return notFound(context, req, res);
      const src = frameSource(context, addOn.discoveryUri, { userId: found.account.id, item: found.item });
      const done = { action: `/items/${found.item.id}/edit`, fields: null };
      showFrame(req, res, { ...found, addOn, frame: { src, title: addOn.name, done } });
    })
    .get('/items/:itemId/add-ons/:clientId/upgrade', (req, res) => {
      const found = opened(context, req, res, { only: 'teacher' });
      if (!found) return;
      const addOn = addOnOf(req);
      const link = found.item.links.find((one) => one === req.query.link);
      if (!addOn?.linkUpgrade || link === undefined) return notFound(context, req, res);
      const { account, item } = found;
      const src = frameSource(context, addOn.linkUpgrade.uri, { userId: account.id, item, urlToUpgrade: link });
      const fields = { link, had: String(item.attachments.length) };
      const done = { action: `/items/${item.id}/upgrades`, fields };
      showFrame(req, res, { ...found, addOn, frame: { src, title: addOn.name, done } });
    })
    .post('/items/:itemId/upgrades', (req, res) => {
      const found = opened(context, req, res, { only: 'teacher' });
      if (!found) return;
      const { item } = found;
      const form = formOf(req);
      // The attachment takes the place of the link, if there is one.
      if (item.attachments.length > Number(form.get('had'))) {
        item.links = item.links.filter((link) => link !== form.get('link'));
      }
      res.redirect(303, `/items/${item.id}/edit`);
    });

  function addOnOf(req: Request): AddOn | undefined {
    return state.host.addOns.find(({ clientId }) => clientId === req.params.clientId);
  }

  function show(req: Request, res: Response, found: Entered & { item: Item }, typed: Typed) {
    const upgradeOf = (link: string) =>
      state.host.addOns.find(({ linkUpgrade }) => linkUpgrade !== null && link.startsWith(linkUpgrade.prefix));
    const links = found.item.links.map((link) => ({ link, upgrade: upgradeOf(link) }));
    const { addOns } = state.host;
    renderPage(context, req, res, 'composer', { ...found, typed, links, addOns });
  }

  function showFrame(req: Request, res: Response, page: Entered & { item: Item; addOn: AddOn; frame: FramePage }) {
    renderPage(context, req, res, 'add-on', { ...page, sandbox, allow });
  }

  /** Keeps what is right, and says of the rest what is wrong with it. */
  function keep(item: Item, form: URLSearchParams, isAssigned: boolean): Typed {
    const typed: Typed = {
      title: said(form, 'title'),
      maximum: said(form, 'maximum'),
      link: said(form, 'link'),
      errors: {},
    };
    item.title = typed.title;
    item.updatedAtMs = context.now().getTime();
    if (item.title === '' && isAssigned) typed.errors.title = 'titleMissing';
    if (/^\d{0,5}$/.test(typed.maximum)) item.maxPoints = typed.maximum === '' ? null : Number(typed.maximum);
    else typed.errors.maximum = 'maximumWrong';
    if (typed.link === '') return typed;
    if (!isWebAddress(typed.link)) typed.errors.link = 'linkWrong';
    else if (!item.links.includes(typed.link)) item.links.push(typed.link);
    return typed;
  }

  /** Does what a button says, and tells where it goes on. */
  function next(item: Item, then: string, what: string): string {
    const edit = `/items/${item.id}/edit`;
    switch (then) {
      case 'assign':
        item.maxPoints = item.type === 'courseWork' ? maximumOf(item) : null;
        item.state = 'PUBLISHED';
        return `/courses/${item.courseId}`;
      case 'add-on':
        return `/items/${item.id}/add-ons/${what}`;
      case 'upgrade': {
        const link = item.links[Number(what)];
        const addOn = state.host.addOns.find(({ linkUpgrade }) => linkUpgrade && link?.startsWith(linkUpgrade.prefix));
        if (!addOn || link === undefined) return edit;
        return `/items/${item.id}/add-ons/${addOn.clientId}/upgrade?${new URLSearchParams({ link }).toString()}`;
      }
      case 'remove-link':
        item.links = item.links.filter((_, index) => index !== Number(what));
        return edit;
      case 'remove-attachment':
        item.attachments = item.attachments.filter(({ id }) => id !== what);
        return edit;
      default:
        return edit;
    }
  }
}

function typedIn(item: Item): Omit<Typed, 'errors'> {
  const maximum = maximumOf(item);
  return { title: item.title, maximum: maximum === null ? '' : String(maximum), link: '' };
}

function said(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').trim();
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
