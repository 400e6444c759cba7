// What only the live Classroom can show: to be gone through once by whoever connects it, in this order (classroom.md §7).

/** Each is told in words by `admin.google.live.<check>`. */
export const liveChecks = [
  'listed',
  'consent',
  'frame',
  'attach',
  'kinds',
  'student',
  'phone',
  'underage',
  'grade',
  'review',
  'copy',
  'accounts',
  'disconnect',
  'unlicensed',
] as const;
