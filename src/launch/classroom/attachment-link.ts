// The addresses that an attachment bears: which of our clients it belongs to, and what it is for. Google keeps them and copies them with
// the course; whoever opens one can alter it, so only what Google says of them is believed.
import { frameAddress, type Frame } from '../../platforms/classroom/our-addresses.ts';
import { contentFrom, contentText, type ContentIdentity } from '../content-identity.ts';

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
