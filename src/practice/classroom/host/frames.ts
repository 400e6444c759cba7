// The frames of add-ons as Google makes them (classroom.md §2.2, §2.3): what they may do, and what is appended to their addresses.
import type { Request } from 'express';
import type { Opening } from '../frame-address.ts';
import type { Item, State } from '../state.ts';
import type { HostContext } from './host.ts';

/** Google's, word for word. */
export const sandbox =
  'allow-popups allow-popups-to-escape-sandbox allow-forms allow-scripts allow-storage-access-by-user-activation allow-same-origin';
export const allow = 'microphone *';

/** One frame and the way back once it is closed, by itself or by who looks at it. */
export interface FramePage {
  src: string;
  title: string;
  /** A form is sent when the frame is done, with these fields if it changes anything. */
  done: { action: string; fields: Record<string, string> | null };
}

/** The address of something of an add-on's, as it is opened for somebody. */
export function frameSource(
  { classroom }: HostContext,
  uri: string,
  opening: Omit<Opening, 'itemId'> & { item: Item },
): string {
  const { item, ...rest } = opening;
  return classroom.frameAddress(uri, { ...rest, itemId: item.id });
}

/** Whose pages may stand in frames here. */
export function addOnOrigins({ clients, host }: State): string[] {
  const uris = [
    ...clients.flatMap(({ uriPrefixes }) => uriPrefixes),
    ...host.addOns.map((addOn) => addOn.discoveryUri),
  ];
  return [...new Set(uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).origin))];
}

/** Bodies arrive as text. */
export function formOf(req: Request): URLSearchParams {
  return new URLSearchParams(String(req.body));
}
