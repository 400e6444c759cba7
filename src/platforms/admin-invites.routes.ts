// Where the administrator begins: every LMS there is and how it fares, and the invites by which more of them come.
import { Router, type Response } from 'express';
import { z } from 'zod';
import { storable } from '../lti/storable-text.ts';
import { keyParam } from '../web/key-param.ts';
import type { AdminTools } from './admin.routes.ts';
import { healthOf } from './admin-health.ts';
import { inviteAddress } from './invites.ts';
import { createInvite, listInvites, revokeInvite, type Invite } from './invites.store.ts';
import { lmsChoices } from './lms/registry.ts';
import { listRegistrations } from './platform.store.ts';
import { listSigns } from './registration-signs.store.ts';

/** How many days an invite may live. */
const lifetimes = [1, 3, 14] as const;
const dayMs = 24 * 60 * 60 * 1000;

const form = z.object({
  name: z
    .string()
    .transform((name) => storable(name).trim())
    .catch(''),
  days: z.coerce
    .number()
    .pipe(z.literal([...lifetimes]))
    .catch(3),
  needsApproval: z
    .literal('yes')
    .transform(() => true)
    .catch(false),
});

type TypedInvite = z.infer<typeof form>;

const query = z.object({ notice: z.enum(['withdrawn', 'invite-gone']).nullable().catch(null) });

/** `GET /admin`, `POST /admin/invites` and `POST /admin/invites/:inviteId/withdrawal`. */
export function invitesRoutes({ db, now, config }: AdminTools): Router {
  const router = Router();

  router.get('/admin', async (req, res) => {
    const { notice } = query.parse(req.query);
    await showPlatforms(res, { invite: { name: '', days: 3, needsApproval: true }, problem: null, notice });
  });

  router.post('/admin/invites', async (req, res) => {
    const typed = form.parse(req.body ?? {});
    if (typed.name === '' || typed.name.length > 255) {
      res.status(422);
      await showPlatforms(res, { invite: typed, problem: typed.name === '' ? 'missing' : 'too-long', notice: null });
      return;
    }
    const madeAt = now();
    const lifetimeMs = typed.days * dayMs;
    const { secret } = await createInvite(db, { ...typed, lifetimeMs, now: madeAt });
    // The answer to the form itself, for this once: nothing that is kept gives the link back.
    res.render('admin/invite', {
      invite: { ...typed, expiresAt: new Date(madeAt.getTime() + lifetimeMs) },
      link: inviteAddress(config.publicUrl, secret),
      lmsChoices,
    });
  });

  router.post('/admin/invites/:inviteId/withdrawal', async (req, res) => {
    const isWithdrawn = await revokeInvite(db, keyParam(req, 'inviteId'));
    res.redirect(303, `/admin?notice=${isWithdrawn ? 'withdrawn' : 'invite-gone'}#invites`);
  });

  async function showPlatforms(
    res: Response,
    shown: { invite: TypedInvite; problem: 'missing' | 'too-long' | null; notice: string | null },
  ) {
    const platforms = [];
    for (const registration of await listRegistrations(db)) {
      platforms.push({ registration, health: healthOf(await listSigns(db, registration.id), registration.protocol) });
    }
    const invites = (await listInvites(db)).map((one) => ({ ...one, ...fate(one, now()) }));
    res.render('admin/platforms', { platforms, invites, lifetimes, ...shown });
  }

  return router;
}

/** What has become of an invite, and when. */
function fate({ usedAt, expiresAt }: Invite, now: Date): { state: 'used' | 'expired' | 'open'; at: Date } {
  if (usedAt) return { state: 'used', at: usedAt };
  return { state: expiresAt <= now ? 'expired' : 'open', at: expiresAt };
}
