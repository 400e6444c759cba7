// Scores as they arrived at the LMS, and what is to be said of them: which repeat another one, rightly or not, and which came
// out of order.
import { z } from 'zod';

/** One score that arrived. Times in Unix milliseconds. */
export interface Post {
  personId: string;
  /** Of its maximum; null: that there is none. */
  share: number | null;
  /** The moment it bore. */
  timestamp: number;
  arrivedAt: number;
  /** When it was answered, or its connection was cut; infinity while it is open. */
  endedAt: number;
}

/** A delivery that the tool had noted as confirmed. */
export interface NotedDelivery {
  personId: string;
  timestamp: number;
  notedAt: number;
}

export interface PostFigures {
  total: number;
  /** The same again, where nobody had told the tool that the one before had arrived: its answer was lost, or it was refused. */
  repeated: number;
  /** The same again, although the tool knew, or while the one before was still on its way. */
  duplicate: number;
  /** Older than one before it, by what it says or by the moment it bears, or sent while another one was on its way. */
  outOfOrder: number;
}

const message = z.object({
  userId: z.string(),
  scoreGiven: z.number().optional(),
  scoreMaximum: z.number().optional(),
  timestamp: z.string().transform((text) => Date.parse(text)),
});

/** Whose score a message is, what it says and since when. @throws if it is none */
export function readPost(body: string): Pick<Post, 'personId' | 'share' | 'timestamp'> {
  const { userId, scoreGiven, scoreMaximum, timestamp } = message.parse(JSON.parse(body));
  const share = scoreGiven === undefined || !scoreMaximum ? null : scoreGiven / scoreMaximum;
  return { personId: userId, share, timestamp };
}

/**
 * Sorts posts to one column, the first to arrive first. The best attempt counts in this run, so nobody's share ever falls: a post
 * that says less than one before it is older.
 */
export function judgePosts(posts: readonly Post[], deliveries: readonly NotedDelivery[]): PostFigures {
  const figures: PostFigures = { total: posts.length, repeated: 0, duplicate: 0, outOfOrder: 0 };
  const newest = new Map<string, Post>();
  for (const post of posts) {
    const before = newest.get(post.personId);
    const verdict = before ? compare(before, post, deliveries) : 'new';
    if (verdict !== 'new') figures[verdict] += 1;
    if (verdict !== 'outOfOrder') newest.set(post.personId, post);
  }
  return figures;
}

function compare(
  before: Post,
  post: Post,
  deliveries: readonly NotedDelivery[],
): 'new' | 'repeated' | 'duplicate' | 'outOfOrder' {
  const isOverlapping = before.endedAt > post.arrivedAt;
  if (post.timestamp < before.timestamp || (post.share ?? 0) < (before.share ?? 0)) return 'outOfOrder';
  if (post.share !== before.share) {
    return isOverlapping || post.timestamp === before.timestamp ? 'outOfOrder' : 'new';
  }
  const wasKnown = deliveries.some(
    ({ personId, timestamp, notedAt }) =>
      personId === post.personId && timestamp === before.timestamp && notedAt < post.arrivedAt,
  );
  return wasKnown || isOverlapping ? 'duplicate' : 'repeated';
}
