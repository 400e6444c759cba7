// An assignment that we made, as a place of its course.
import type { CourseWork } from '../../classroom/course-work.ts';
import { lineItemScope } from '../../lti/line-items.ts';
import { resultScope } from '../../lti/results.ts';
import { scoreScope } from '../../lti/scores.ts';
import { columnAddress } from '../../platforms/classroom/column-address.ts';
import type { Place } from '../arrive-at-placement.ts';
import type { ContentIdentity } from '../content-identity.ts';

/**
 * @param of.apiUrl the root of the API, without a slash at the end
 * @param of.googleCourseId Google's id of the course
 * @param of.work as Google has it now: teachers rename it, move its date, and make it worth more or nothing
 * @param of.content null where it is known from its making
 */
export function assignedPlace(of: {
  apiUrl: string;
  googleCourseId: string;
  work: CourseWork;
  content: ContentIdentity | null;
}): Place {
  const { apiUrl, googleCourseId, work, content } = of;
  const place = { courseId: googleCourseId, itemType: 'courseWork', itemId: work.id, attachmentId: null } as const;
  return {
    resourceLinkId: `${place.itemType}/${work.id}`,
    title: work.title || null,
    content,
    history: { contextIds: [], resourceLinkIds: [] },
    lineItemUrl: work.maxPoints === null ? null : columnAddress(apiUrl, place),
    lineItemsUrl: null,
    gradebookScopes: [scoreScope, resultScope, lineItemScope],
    dueAt: work.dueAt,
  };
}
