// The addresses with which Google opens something of an add-on in a frame. @see classroom.md §2.2
import { newAddOnToken } from './add-on-token.ts';
import type { ItemType, State, Switches } from './state.ts';

export interface Opening {
  userId: string;
  itemId: string;
  /** Nothing is chosen yet without it. */
  attachmentId?: string;
  /** The student's work that is to be reviewed. */
  submissionId?: string;
  /** The link that an attachment is to take the place of. */
  urlToUpgrade?: string;
  /** Whose frame it is, where the address does not say so by how it begins. */
  clientId?: string;
}

/** Google's own pages have three. */
const spellings: Record<Switches['itemTypeSpelling'], Record<ItemType, string>> = {
  path: { courseWork: 'courseWork', courseWorkMaterials: 'courseWorkMaterials', announcements: 'announcements' },
  singular: { courseWork: 'courseWork', courseWorkMaterials: 'courseWorkMaterial', announcements: 'announcement' },
  product: { courseWork: 'assignment', courseWorkMaterials: 'material', announcements: 'announcement' },
};

/** What an address says already stays in it. */
export function frameAddress(state: State, nowMs: number, uri: string, opening: Opening): string {
  const { userId, itemId, attachmentId, submissionId, urlToUpgrade } = opening;
  const item = state.items.find(({ id }) => id === itemId);
  if (!item) throw new Error(`There is no post ${itemId}`);
  const attachment = item.attachments.find(({ id }) => id === attachmentId);
  const clientId = opening.clientId ?? attachment?.clientId ?? clientOf(state, uri);
  const parameters = {
    ...{ courseId: item.courseId, itemId, itemType: spellings[state.switches.itemTypeSpelling][item.type] },
    ...(attachmentId === undefined
      ? { addOnToken: newAddOnToken(state, nowMs, { userId, clientId, itemId }) }
      : { attachmentId }),
    ...(submissionId !== undefined && { submissionId }),
    ...(urlToUpgrade !== undefined && { urlToUpgrade }),
    ...(isNamed(state, userId, clientId) && { login_hint: userId }),
  };
  const address = new URL(uri);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** Only once this person has agreed to be named to this client. */
function isNamed({ consents }: State, userId: string, clientId: string): boolean {
  return consents.some(
    (consent) =>
      consent.userId === userId &&
      consent.clientId === clientId &&
      consent.scopes.some((scope) => scope.includes('/auth/userinfo.')),
  );
}

function clientOf({ clients }: State, uri: string): string {
  const client = clients.find(({ uriPrefixes }) => uriPrefixes.some((prefix) => uri.startsWith(prefix)));
  if (!client) throw new Error(`No client said that its addresses begin like ${uri}`);
  return client.clientId;
}
