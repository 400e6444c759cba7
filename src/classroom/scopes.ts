// What we ask people for at Google, by what it is for: nothing that is not used, and more only when it is needed.

const api = 'https://www.googleapis.com/auth';

/** Who it is. Without one of the last two Google never says who opens a frame (`login_hint`). */
const identityScopes = ['openid', `${api}/userinfo.email`, `${api}/userinfo.profile`] as const;

export const scope = {
  addOnTeacher: `${api}/classroom.addons.teacher`,
  addOnStudent: `${api}/classroom.addons.student`,
  rosters: `${api}/classroom.rosters.readonly`,
  courses: `${api}/classroom.courses.readonly`,
  courseWorkOfStudents: `${api}/classroom.coursework.students`,
  courseWorkOfMine: `${api}/classroom.coursework.me.readonly`,
} as const;

/**
 * What a sign-in asks for. `teach`: to open a teacher's frame, to read what the course is called and who is in it, and to grade while its
 * teacher is away. `learn`: to open a student's. `assign`: to make assignments from our own pages, and to grade them while their teacher is
 * away. `work`: to know that somebody is a student whom such an assignment is for.
 */
export const scopesFor = {
  teach: [...identityScopes, scope.addOnTeacher, scope.rosters, scope.courses],
  learn: [...identityScopes, scope.addOnStudent],
  assign: [...identityScopes, scope.courses, scope.rosters, scope.courseWorkOfStudents],
  work: [...identityScopes, scope.courseWorkOfMine],
} as const;

export type SignInPurpose = keyof typeof scopesFor;

/** All that is ever asked for, each once: what the owner of a client declares at Google, neither more nor less. */
export function everyScope(): string[] {
  return [...new Set<string>(Object.values(scopesFor).flat())];
}

/** What of these was not granted: people may untick each. */
export function missingScopes(granted: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((one) => one !== 'openid' && !granted.includes(one));
}
