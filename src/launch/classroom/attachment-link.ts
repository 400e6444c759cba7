// The addresses that an attachment bears: which of our clients it belongs to, and what it is for. Google keeps them and copies them with
// the course; whoever opens one can alter it, so only what Google says of them is believed.
import { contentFrom, contentText, type ContentIdentity } from '../content-identity.ts';

/** The frames that Google opens. */
export const frames = ['discovery', 'teacher', 'student', 'review', 'upgrade'] as const;
export type Frame = (typeof frames)[number];

/** Where all addresses of a client begin: what an administrator allows Google to open. */
export function frameAddress(publicUrl: string, registrationId: number, frame: Frame): string {
  return `${publicUrl}/classroom/${registrationId}/${frame}`;
}

/** The three addresses of an attachment for this content. */
export function attachmentAddresses(publicUrl: string, registrationId: number, content: ContentIdentity) {
  const address = (frame: Frame) =>
    `${frameAddress(publicUrl, registrationId, frame)}?${new URLSearchParams({ content: contentText(content) }).toString()}`;
  return {
    teacherViewUri: address('teacher'),
    studentViewUri: address('student'),
    studentWorkReviewUri: address('review'),
  };
}

/** What an attachment is for, by one of its addresses; null where it does not say. */
export function contentInAddress(address: string): ContentIdentity | null {
  return URL.canParse(address) ? contentFrom(new URL(address).searchParams.get('content') ?? '') : null;
}
