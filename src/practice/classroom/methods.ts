// Every method that the practice API has: its verb, its path and its scopes, of which one is enough, as Google's own client has them (a test
// compares the two), and what may stand in the query.
import type { ItemType } from './state.ts';

export interface Method {
  verb: 'get' | 'post' | 'patch' | 'delete';
  /** As in Google's discovery document. */
  path: string;
  /** Without what all of them begin with. */
  scopes: readonly string[];
  query?: readonly string[];
}

const courses = ['courses', 'courses.readonly'];
const rosters = ['profile.emails', 'profile.photos', 'rosters', 'rosters.readonly'];
const readWork = ['coursework.me', 'coursework.me.readonly', 'coursework.students', 'coursework.students.readonly'];
const readSubmissions = [...readWork, 'student-submissions.me.readonly', 'student-submissions.students.readonly'];
const addOns = ['addons.student', 'addons.teacher'];

const page = ['pageSize', 'pageToken'];
const course = '/v1/courses/{courseId}';
const work = `${course}/courseWork`;
const submissions = `${work}/{courseWorkId}/studentSubmissions`;

const own = {
  'courses.list': {
    ...{ verb: 'get', path: '/v1/courses', scopes: courses },
    query: ['courseStates', 'studentId', 'teacherId', ...page],
  },
  'courses.get': { verb: 'get', path: '/v1/courses/{id}', scopes: courses },
  'courses.students.list': { verb: 'get', path: `${course}/students`, scopes: rosters, query: page },
  'courses.students.get': { verb: 'get', path: `${course}/students/{userId}`, scopes: rosters },
  'courses.teachers.list': { verb: 'get', path: `${course}/teachers`, scopes: rosters, query: page },
  'courses.teachers.get': { verb: 'get', path: `${course}/teachers/{userId}`, scopes: rosters },
  // Before the profile, whose path would take it for an id.
  'userProfiles.checkUserCapability': {
    ...{ verb: 'get', path: '/v1/userProfiles/{userId}:checkUserCapability', scopes: courses },
    query: ['capability', 'previewVersion'],
  },
  'userProfiles.get': { verb: 'get', path: '/v1/userProfiles/{userId}', scopes: rosters },
  'courses.courseWork.create': { verb: 'post', path: work, scopes: ['coursework.students'] },
  'courses.courseWork.list': {
    ...{ verb: 'get', path: work, scopes: readWork },
    query: ['courseWorkStates', 'orderBy', ...page],
  },
  'courses.courseWork.get': { verb: 'get', path: `${work}/{id}`, scopes: readWork },
  'courses.courseWork.patch': {
    ...{ verb: 'patch', path: `${work}/{id}`, scopes: ['coursework.students'] },
    query: ['updateMask'],
  },
  'courses.courseWork.delete': { verb: 'delete', path: `${work}/{id}`, scopes: ['coursework.students'] },
  'courses.courseWork.studentSubmissions.list': {
    ...{ verb: 'get', path: submissions, scopes: readSubmissions },
    query: ['late', 'states', 'userId', ...page],
  },
  'courses.courseWork.studentSubmissions.get': { verb: 'get', path: `${submissions}/{id}`, scopes: readSubmissions },
  'courses.courseWork.studentSubmissions.patch': {
    ...{ verb: 'patch', path: `${submissions}/{id}`, scopes: ['coursework.me', 'coursework.students'] },
    query: ['updateMask'],
  },
  'courses.courseWork.studentSubmissions.return': {
    ...{ verb: 'post', path: `${submissions}/{id}:return`, scopes: ['coursework.students'] },
  },
  'courses.courseWork.studentSubmissions.turnIn': {
    ...{ verb: 'post', path: `${submissions}/{id}:turnIn`, scopes: ['coursework.me'] },
  },
  'courses.courseWork.studentSubmissions.reclaim': {
    ...{ verb: 'post', path: `${submissions}/{id}:reclaim`, scopes: ['coursework.me'] },
  },
} as const satisfies Record<string, Method>;

/** What an add-on does with one kind of post. */
function addOn(kind: ItemType) {
  const item = `${course}/${kind}/{itemId}`;
  const attachments = `${item}/addOnAttachments`;
  const attachment = `${attachments}/{attachmentId}`;
  const teacher = ['addons.teacher'];
  return {
    context: {
      ...{ verb: 'get', path: `${item}/addOnContext`, scopes: addOns },
      query: ['addOnToken', 'attachmentId', 'postId'],
    },
    create: { verb: 'post', path: attachments, scopes: teacher, query: ['addOnToken', 'postId'] },
    list: { verb: 'get', path: attachments, scopes: addOns, query: ['postId', ...page] },
    get: { verb: 'get', path: attachment, scopes: addOns, query: ['postId'] },
    patch: { verb: 'patch', path: attachment, scopes: teacher, query: ['postId', 'updateMask'] },
    remove: { verb: 'delete', path: attachment, scopes: teacher, query: ['postId'] },
  } as const satisfies Record<string, Method>;
}

const onWork = addOn('courseWork');
const onMaterial = addOn('courseWorkMaterials');
const onAnnouncement = addOn('announcements');
const attachmentWork = `${work}/{itemId}/addOnAttachments/{attachmentId}/studentSubmissions/{submissionId}`;

/** By the name that Google's client has for each. */
export const methods = {
  ...own,
  'courses.courseWork.getAddOnContext': onWork.context,
  'courses.courseWork.addOnAttachments.create': onWork.create,
  'courses.courseWork.addOnAttachments.list': onWork.list,
  'courses.courseWork.addOnAttachments.get': onWork.get,
  'courses.courseWork.addOnAttachments.patch': onWork.patch,
  'courses.courseWork.addOnAttachments.delete': onWork.remove,
  'courses.courseWorkMaterials.getAddOnContext': onMaterial.context,
  'courses.courseWorkMaterials.addOnAttachments.create': onMaterial.create,
  'courses.courseWorkMaterials.addOnAttachments.list': onMaterial.list,
  'courses.courseWorkMaterials.addOnAttachments.get': onMaterial.get,
  'courses.courseWorkMaterials.addOnAttachments.patch': onMaterial.patch,
  'courses.courseWorkMaterials.addOnAttachments.delete': onMaterial.remove,
  'courses.announcements.getAddOnContext': onAnnouncement.context,
  'courses.announcements.addOnAttachments.create': onAnnouncement.create,
  'courses.announcements.addOnAttachments.list': onAnnouncement.list,
  'courses.announcements.addOnAttachments.get': onAnnouncement.get,
  'courses.announcements.addOnAttachments.patch': onAnnouncement.patch,
  'courses.announcements.addOnAttachments.delete': onAnnouncement.remove,
  'courses.courseWork.addOnAttachments.studentSubmissions.get': {
    ...{ verb: 'get', path: attachmentWork, scopes: [...addOns, 'student-submissions.students.readonly'] },
    query: ['postId'],
  },
  'courses.courseWork.addOnAttachments.studentSubmissions.patch': {
    ...{ verb: 'patch', path: attachmentWork, scopes: ['addons.teacher'] },
    query: ['postId', 'updateMask'],
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
