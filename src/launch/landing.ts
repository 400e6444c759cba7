// Where a person is taken after a launch.
import type { CourseRole } from '../lti/roles.ts';
import { mayDo } from '../courses/rights.ts';
import type { ContentIdentity } from './content-identity.ts';

/** What a launch was for. Numbers are our keys. */
export type Landing =
  | {
      kind: 'quiz';
      placementId: number;
      role: CourseRole;
      /** Its content belongs to a course it was not copied from. */ isForeign: boolean;
    }
  | { kind: 'progress' | 'credits'; courseId: number; personId: number; role: CourseRole }
  | { kind: 'credits-of'; courseId: number; personId: number; isOwn: boolean }
  | { kind: 'mentees'; courseId: number }
  | {
      kind: 'content-request';
      requestId: number;
      /** What takes the place of a link that stands there already, if it says what it leads to. */
      replaces?: { content: ContentIdentity | null };
    }
  | {
      kind: 'review';
      placementId: number;
      learnerId: number;
      isOwn: boolean;
      /** Nobody else's work may be reached from there (classroom.md §2.10, 7.2). */
      isAlone?: boolean;
    };

/** The page of ours, as a path. Who answers goes to the attempts; who teaches, to what they teach with. */
export function landingPath(landing: Landing): string {
  switch (landing.kind) {
    case 'quiz':
      if (mayDo(landing.role, 'answer')) return `/placements/${landing.placementId}/attempts`;
      return `/placements/${landing.placementId}/quiz${landing.isForeign ? '?foreign' : ''}`;
    case 'progress':
      return mayDo(landing.role, 'answer') ? `/courses/${landing.courseId}/progress` : `/courses/${landing.courseId}`;
    case 'credits':
      return creditPagePath(landing);
    case 'credits-of':
      return `/courses/${landing.courseId}${landing.isOwn ? '' : `/people/${landing.personId}`}/credits`;
    case 'mentees':
      return `/courses/${landing.courseId}/mentees`;
    case 'content-request':
      return `/content-requests/${landing.requestId}${landing.replaces ? `?${proposal(landing.replaces)}` : ''}`;
    case 'review':
      if (landing.isOwn) return `/placements/${landing.placementId}/attempts`;
      return `/placements/${landing.placementId}/learners/${landing.learnerId}/attempts${landing.isAlone ? '?alone' : ''}`;
  }
}

function proposal({ content }: { content: ContentIdentity | null }): string {
  const chosen = content?.kind === 'quiz' ? content.contentId : (content?.kind ?? '');
  return new URLSearchParams({ replaces: chosen }).toString();
}

/** The credit page of a course: one's own credits, everybody's, or the plan for who writes quizzes and sees no results. */
function creditPagePath({ courseId, role }: { courseId: number; role: CourseRole }): string {
  if (mayDo(role, 'answer')) return `/courses/${courseId}/credits`;
  return `/courses/${courseId}/credits/${mayDo(role, 'see-results') ? 'students' : 'plan'}`;
}
