// The checks that stand between people and what is not theirs, each with a change that takes it away. `from` stands in its file exactly
// once. The tests are those that hold the check, as few and as quick as are enough.

/** One check, taken away. */
export interface Mutation {
  /** Of the check that is gone, not of what is done to it. */
  name: string;
  /** From the root of the project. */
  file: string;
  from: string;
  to: string;
  /** Files of which at least one test has to fail, and one to pass: where all fail, perhaps nothing has run. */
  tests: string[];
}

const refusedLaunches = ['test/launch/refused-launches.test.ts'];
const refusedForms = ['test/launch/refused-forms.test.ts'];
const contentSecurity = ['test/web/content-security.test.ts'];
const outbound = ['test/outbound/outbound-fetch.rules.test.ts'];
const cookies = ['test/launch/cookies.test.ts'];
const courseLog = ['test/audit/course-log.test.ts'];
const erasure = ['test/privacy/erasure.test.ts'];
const personExport = ['test/privacy/export.test.ts'];
const retention = ['test/privacy/retention.test.ts'];

export const mutations: Mutation[] = [
  // Whose it is.
  {
    name: 'owner-of-attempt',
    file: 'src/attempts/attempt.store.ts',
    from: 'return and(eq(attempts.id, attemptId), eq(attempts.personId, personId));',
    to: 'return eq(attempts.id, attemptId);',
    tests: ['test/attempts/strangers.test.ts'],
  },
  {
    name: 'member-of-course',
    file: 'src/courses/member.store.ts',
    // In the place of who is no member, somebody who is.
    from: '    eq(memberships.personId, personId),\n    isNotNull(launchedAt),',
    to: '    sql`${memberships.personId} = (select m.person_id from memberships m where m.course_id = ${courses.id} order by (m.person_id = ${personId}) desc limit 1)`,\n    isNotNull(launchedAt),',
    tests: ['test/attempts/strangers.test.ts'],
  },
  {
    name: 'right-in-course',
    file: 'src/courses/access.routes.ts',
    from: '  if (mayDo(role, right)) return;',
    to: '  if (role) return;',
    tests: ['test/quizzes/strangers.test.ts'],
  },
  {
    name: 'mentor-sees-mentees-only',
    file: 'src/courses/access.routes.ts',
    from: '.find((mentee) => mentee.personId === personId)',
    to: '.concat(await findMember(db, course.id, personId) ?? []).find((mentee) => mentee.personId === personId)',
    tests: ['test/launch/mentors-and-guests.test.ts'],
  },
  {
    name: 'tenant-of-file',
    file: 'src/questions/assets/asset.store.ts',
    from: 'return and(eq(assets.deploymentId, deploymentId), eq(assets.sha256, sha256));',
    to: 'return eq(assets.sha256, sha256);',
    tests: ['test/questions/assets.test.ts'],
  },
  // Who is asking.
  {
    name: 'csrf-token',
    file: 'src/web/csrf.ts',
    from: 'if (!sameText(',
    to: 'if (false && !sameText(',
    tests: ['test/web/csrf.test.ts'],
  },
  {
    name: 'csrf-token-of-person',
    file: 'src/web/csrf.ts',
    from: '`${session.personId} ${',
    to: '`${',
    tests: ['test/web/kept-forms.test.ts'],
  },
  {
    name: 'own-form',
    file: 'src/web/browser.ts',
    from: "return req.get('sec-fetch-site') === 'same-origin' || req.get('origin') === publicUrl;",
    to: 'return publicUrl.length > 0 && req.method.length > 0;',
    tests: ['test/web/handing-over.test.ts'],
  },
  {
    name: 'administrator-door',
    file: 'src/platforms/admin-sign-in.routes.ts',
    from: '    requireAdmin(res);\n',
    to: '',
    tests: ['test/admin/strangers.test.ts'],
  },
  {
    name: 'session-in-force',
    file: 'src/web/session.ts',
    from: "        gt(sessions.expiresAt, sql.placeholder('now')),\n",
    to: '',
    tests: ['test/web/sessions.test.ts'],
  },
  {
    name: 'session-never-adopted',
    file: 'src/web/session.ts',
    from: 'return { id, idHash: hash(id), expiresAt,',
    to: 'return { id: before ?? id, idHash: hash(before ?? id), expiresAt,',
    tests: ['test/web/sessions.test.ts'],
  },
  {
    name: 'session-kept-as-hash',
    file: 'src/web/session.ts',
    from: "  return createHash('sha256').update(id).digest('base64url');",
    to: '  return createHash ? id : id;',
    tests: ['test/web/sessions.test.ts'],
  },
  ...['httpOnly: true', 'secure: true', "sameSite: 'none'", 'partitioned: true'].map((flag) => ({
    name: `cookie-${flag.replace(/:.*/, '')}`,
    file: 'src/web/cookies.ts',
    from: `  ${flag},\n`,
    to: '',
    tests: cookies,
  })),
  // A launch is what an LMS signed, for this login, in this browser, once.
  {
    name: 'signature',
    file: 'src/lti/verify-launch.ts',
    from: "const { payload } = await compactVerify(idToken, key, { algorithms: ['RS256'] });",
    to: "const payload = Buffer.from(key && idToken.split('.')[1] || '', 'base64url');",
    tests: refusedLaunches,
  },
  {
    name: 'algorithm',
    file: 'src/lti/verify-launch.ts',
    from: "  if (header.alg !== 'RS256') return refused('algorithm-refused');\n",
    to: '',
    tests: refusedLaunches,
  },
  {
    name: 'issuer',
    file: 'src/lti/token-rules.ts',
    from: "    (payload.iss === expected.issuer ? null : 'issuer-mismatch') ??\n",
    to: '',
    tests: refusedLaunches,
  },
  {
    name: 'audience',
    file: 'src/lti/token-rules.ts',
    from: '    brokenAudience(payload, expected.clientId) ??\n',
    to: '',
    tests: refusedLaunches,
  },
  {
    name: 'expiry',
    file: 'src/lti/token-rules.ts',
    from: '    brokenExpiry(payload.exp, nowSeconds) ??\n',
    to: '',
    tests: refusedLaunches,
  },
  {
    name: 'nonce-of-login',
    file: 'src/lti/token-rules.ts',
    from: "return nonce === expected ? null : 'nonce-mismatch';",
    to: "return nonce !== expected + '\\0' ? null : 'nonce-mismatch';",
    tests: refusedLaunches,
  },
  {
    name: 'nonce-used-once',
    file: 'src/launch/spent-login.store.ts',
    from: 'return spent.length > 0;',
    to: 'return spent.length >= 0;',
    tests: [...refusedForms, ...cookies],
  },
  {
    name: 'nonce-used-once-where-all-is-known',
    file: 'src/launch/spent-login.store.ts',
    from: 'on conflict do nothing returning login_id',
    to: 'on conflict (login_id) do update set expires_at = excluded.expires_at returning login_id',
    tests: refusedForms,
  },
  {
    name: 'deployment',
    file: 'src/launch/enter-course.ts',
    from: "if (!deployment || deployment.state === 'pending') return 'deployment-unknown';",
    to: "if (!deployment) return 'deployment-unknown';\n  if (deployment.state === 'pending') return null;",
    tests: ['test/launch/deployments.test.ts'],
  },
  {
    name: 'deployment-switched-off',
    file: 'src/web/session.ts',
    from: "        eq(deployments.state, 'active'),\n",
    to: '',
    tests: ['test/launch/deployments.test.ts'],
  },
  {
    name: 'target-of-launch',
    file: 'src/lti/verify-launch.ts',
    from: 'new URL(target).origin === toolOrigin',
    to: 'new URL(target).origin !== toolOrigin + "/"',
    tests: refusedLaunches,
  },
  {
    name: 'browser-of-login',
    file: 'src/lti/login-state.ts',
    from: "return isSameBrowser ? { ok: true, login } : { ok: false, code: 'other-browser' };",
    to: "return isSameBrowser || login ? { ok: true, login } : { ok: false, code: 'other-browser' };",
    tests: refusedForms,
  },
  {
    name: 'state-in-time',
    file: 'src/lti/login-state.ts',
    from: "  if (login.expiresAt <= now) return { ok: false, code: 'state-expired' };\n",
    to: '',
    tests: refusedForms,
  },
  {
    name: 'seal-for-one-purpose',
    file: 'src/lti/sealed.ts',
    from: 'said?.typ === purpose ?',
    to: 'said?.typ || purpose ?',
    tests: ['test/lti/sealed.rules.test.ts'],
  },
  {
    name: 'review-of-others',
    file: 'src/launch/enter-course.ts',
    from: "  if (!isOwn && !mayDo(role, 'see-results')) return refused('review-not-yours');\n",
    to: '',
    tests: ['test/launch/submission-review.test.ts'],
  },
  {
    name: 'journal-seal',
    file: 'src/attempts/journal/journal-key.ts',
    from: '`attempt ${id} ${seed}`',
    to: '`attempt ${typeof id} ${typeof seed}`',
    tests: ['test/attempts/journal.test.ts'],
  },
  // What a browser may do with our pages.
  {
    name: 'frame-ancestors',
    file: 'src/web/security-headers.ts',
    from: '`frame-ancestors ${known}`',
    to: "'frame-ancestors *'",
    tests: contentSecurity,
  },
  {
    name: 'frame-ancestors-of-administrator',
    file: 'src/platforms/admin.routes.ts',
    from: "  res.append('Content-Security-Policy', \"frame-ancestors 'none'; form-action 'self'\");\n",
    to: '',
    tests: ['test/admin/strangers.test.ts'],
  },
  {
    name: 'plain-origins-in-policy',
    file: 'src/web/security-headers.ts',
    from: 'origins.filter((origin) => plainOrigin.test(origin))',
    to: 'origins.filter((origin) => plainOrigin.test(origin) || origin)',
    tests: ['test/launch/issuer-in-policy.test.ts'],
  },
  {
    name: 'script-policy',
    file: 'src/web/security-headers.ts',
    from: `"script-src 'self'"`,
    to: `"script-src 'self' 'unsafe-inline'"`,
    tests: contentSecurity,
  },
  {
    name: 'markup-of-questions',
    file: 'src/questions/markup/sanitise.ts',
    from: 'const safe = sanitizeHtml(html, {',
    to: 'const safe = ((one: string, _options: object) => one)(html, {',
    tests: ['test/questions/hostile-content.rules.test.ts'],
  },
  {
    name: 'files-run-nothing',
    file: 'src/questions/assets/send-bytes.ts',
    from: "media-src 'self'; sandbox; frame-ancestors 'none'",
    to: "media-src 'self'; frame-ancestors 'none'",
    tests: ['test/questions/assets.test.ts'],
  },
  {
    name: 'drawings-with-script',
    file: 'src/questions/assets/check-asset.ts',
    from: "  if (isSvg(bytes)) return refused({ code: 'svg' });\n",
    to: "  if (isSvg(bytes)) return { ok: true, asset: { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType: 'image/png', bytes, size: null } };\n",
    tests: ['test/questions/check-asset.rules.test.ts'],
  },
  {
    name: 'open-redirect',
    file: 'src/web/own-path.ts',
    from: '/^\\/(?![/\\\\])[^\\\\\\s]*$/',
    to: '/^\\//',
    tests: ['test/admin/sign-in.test.ts'],
  },
  // What leaves us.
  {
    name: 'ssrf-guard',
    file: 'src/outbound/outbound-fetch.ts',
    from: '      if (range !== null) return callback(new AddressRefused(hostname, range), null);\n',
    to: '',
    tests: outbound,
  },
  {
    name: 'ssrf-guard-of-names',
    file: 'src/outbound/outbound-fetch.ts',
    from: 'const connectGuarded = buildConnector({ lookup: guarded(lookup, rules) });',
    to: 'const connectGuarded = buildConnector({ lookup });',
    tests: outbound,
  },
  {
    name: 'ssrf-guard-as-shipped',
    file: 'src/start.ts',
    from: 'const outbound = createOutboundFetch(config);',
    to: 'const outbound = createOutboundFetch ? fetch : fetch;',
    tests: ['test/web/shipped-guard.test.ts'],
  },
  {
    // Looks once to check, and once more to connect.
    name: 'dns-rebinding',
    file: 'src/outbound/outbound-fetch.ts',
    from: '      connectGuarded(target, callback);',
    to: '      if (isIP(hostname)) return connectGuarded(target, callback);\n      guarded(lookup, rules)(hostname, { all: true }, (error) => (error ? callback(error, null) : connectAnywhere(target, callback)));',
    tests: outbound,
  },
  {
    name: 'no-redirect-with-token',
    file: 'src/outbound/platform-http.ts',
    from: "redirect: 'manual'",
    to: "redirect: 'follow'",
    tests: ['test/outbound/platform-http.rules.test.ts'],
  },
  {
    name: 'token-for-one-origin',
    file: 'src/lti/link-header.ts',
    from: 'return isOurs ?',
    to: 'return isOurs || url ?',
    tests: ['test/lti/link-header.rules.test.ts'],
  },
  {
    name: 'log-without-values',
    file: 'src/log.ts',
    from: 'message: error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message,',
    to: 'message: error instanceof DrizzleQueryError ? error.message : error.message,',
    tests: ['test/web/log.test.ts'],
  },
  {
    name: 'log-without-queries',
    file: 'src/web/page.ts',
    from: 'path: req.path, status',
    to: "path: req.path === '/lti/launch' ? req.originalUrl : req.path, status",
    tests: ['test/web/log.test.ts'],
  },
  {
    name: 'log-a-line-each',
    file: 'src/log.ts',
    from: 'pino(options, destination)',
    to: "pino(options, { write: (line) => destination.write(line.replaceAll('\\\\n', '\\n')) })",
    tests: ['test/web/log-forgery.test.ts'],
  },
  {
    name: 'log-without-secrets',
    file: 'src/platforms/admin-sign-in.routes.ts',
    from: 'res.locals.log.warn({ address: req.ip }',
    to: 'res.locals.log.warn({ address: req.ip, secret }',
    tests: ['test/web/log-forgery.test.ts'],
  },
  {
    name: 'fields-of-others',
    file: 'src/courses/course.routes.ts',
    from: 'await chooseLanguageOf(db, personId, chosen.code)',
    to: 'await chooseLanguageOf(db, Number(Object(req.body).personId ?? personId), chosen.code)',
    tests: ['test/web/smuggled-fields.test.ts', 'test/web/language.test.ts'],
  },
  // What is written down of decisions.
  {
    name: 'written-down-before-the-act',
    file: 'src/audit/record-acts.routes.ts',
    from: 'const entryId = await insertEntry(db, begunAct(req, res, { actor, route }), now());\n        beforeTheEnd(res, async () => {\n',
    to: 'const begun = begunAct(req, res, { actor, route });\n        beforeTheEnd(res, async () => {\n          const entryId = await insertEntry(db, begun, now());\n',
    tests: courseLog,
  },
  {
    name: 'right-to-read-decisions',
    file: 'src/audit/course-audit.routes.ts',
    from: "requireCourse(db, req, res, 'decide-grades')",
    to: "requireCourse(db, req, res, 'see-results')",
    tests: courseLog,
  },
  {
    name: 'decisions-of-one-course',
    file: 'src/audit/audit.store.ts',
    from: '    ...is(courseId, (value) => eq(auditEntries.courseId, value)),\n',
    to: '',
    tests: courseLog,
  },
  {
    name: 'decisions-name-nobody-of-another-course',
    file: 'src/audit/audit.store.ts',
    from: '.where(and(eq(memberships.courseId, courseId), inArray(memberships.personId, [...personIds])));',
    to: '.where(inArray(memberships.personId, [...personIds]));',
    tests: courseLog,
  },
  {
    name: 'decisions-without-words',
    file: 'src/audit/record-acts.routes.ts',
    from: 'return /^[\\w-]{1,64}$/.test(code) ?',
    to: 'return code ?',
    tests: courseLog,
  },
  {
    name: 'decisions-about-whose-attempt',
    file: 'src/audit/audit.store.ts',
    from: 'where id = ${attemptId} and placement_id = ${placementId})`',
    to: 'where id = ${attemptId} and ${placementId}::bigint > 0)`',
    tests: courseLog,
  },
  // What is kept of people.
  {
    name: 'erased-stay-away',
    file: 'src/privacy/erase-person.ts',
    from: '    if (subject !== null) await rememberErased(tx, { deploymentId, subject }, erasedAt);\n',
    to: '',
    tests: erasure,
  },
  {
    name: 'erased-from-lists-of-mentors',
    file: 'src/privacy/erasure.store.ts',
    from: '  await tx.delete(mentees).where(and(eq(mentees.subject, subject), inArray(mentees.courseId, here)));\n',
    to: '',
    tests: erasure,
  },
  {
    name: 'erasure-at-one-university',
    file: 'src/privacy/person.store.ts',
    from: 'and(eq(registrations.issuer, issuer), eq(registrations.clientId, clientId), eq(people.subject, subject))',
    to: "and(sql`${issuer + clientId} <> ''`, eq(people.subject, subject))",
    tests: erasure,
  },
  {
    name: 'erasure-from-lists-of-one-university',
    file: 'src/privacy/erasure.store.ts',
    from: 'and(eq(mentees.subject, subject), inArray(mentees.courseId, here))',
    to: 'eq(mentees.subject, subject)',
    tests: erasure,
  },
  {
    name: 'erasure-of-words',
    file: 'src/privacy/erasure.store.ts',
    from: 'and(inArray(gradeDecisions.id, aboutThem), not(exists(others)),',
    to: 'and(inArray(gradeDecisions.id, aboutThem), exists(others),',
    tests: erasure,
  },
  {
    name: 'erasure-of-own-words-alone',
    file: 'src/privacy/erasure.store.ts',
    from: 'and(inArray(gradeDecisions.id, aboutThem), not(exists(others)),',
    to: 'and(inArray(gradeDecisions.id, aboutThem),',
    tests: erasure,
  },
  {
    name: 'erasure-of-files',
    file: 'src/privacy/erasure.store.ts',
    from: 'and(isTheirs, not(exists(elsewhere)))',
    to: 'and(isTheirs, exists(elsewhere))',
    tests: erasure,
  },
  {
    name: 'erasure-of-own-files-alone',
    file: 'src/privacy/erasure.store.ts',
    from: 'and(isTheirs, not(exists(elsewhere)))',
    to: 'isTheirs',
    tests: erasure,
  },
  {
    name: 'answers-of-courses-in-use-stay',
    file: 'src/privacy/retention.store.ts',
    from: 'inArray(attempts.placementId, idle)',
    to: 'or(isNull(attempts.erasedAt), inArray(attempts.placementId, idle))',
    tests: retention,
  },
  {
    name: 'answers-of-courses-out-of-use-go',
    file: 'src/privacy/retention.store.ts',
    from: '        eq(memberships.courseId, placements.courseId),\n',
    to: '',
    tests: retention,
  },
  {
    name: 'people-on-lists-stay',
    file: 'src/privacy/retention.store.ts',
    from: 'coalesce(${people.lastLaunchAt}, (${seen}))',
    to: "coalesce(${people.lastLaunchAt}, '-infinity')",
    tests: retention,
  },
  {
    name: 'export-of-own-answers',
    file: 'src/privacy/personal-tables.ts',
    from: '(select ${attempts.id} from ${attempts} where ${attempts.personId} = ${personId})',
    to: '(select ${attempts.id} from ${attempts} where ${personId} > 0)',
    tests: personExport,
  },
  {
    name: 'export-of-own-files',
    file: 'src/privacy/gather-person.ts',
    from: 'and(eq(attempts.id, attemptId), eq(attempts.personId, personId))',
    to: 'eq(attempts.id, attemptId)',
    tests: personExport,
  },
  {
    name: 'analytics-off',
    file: 'src/config.ts',
    from: "ANALYTICS_EXPORT: z.enum(['on', 'off']).default('off')",
    to: "ANALYTICS_EXPORT: z.enum(['on', 'off']).default('on')",
    tests: ['test/privacy/analytics.test.ts'],
  },
  // How much, and how often.
  {
    name: 'body-limit',
    file: 'src/web/forms.ts',
    from: '  limit: maximumBytes,\n',
    to: '  limit: Infinity,\n',
    tests: ['test/web/refused-requests.test.ts'],
  },
  {
    name: 'field-limit',
    file: 'src/web/forms.ts',
    from: '  parameterLimit: 5000,\n',
    to: '  parameterLimit: 500_000,\n',
    tests: ['test/web/refused-requests.test.ts'],
  },
  {
    name: 'guessing-limit-of-all-processes',
    file: 'src/web/limit-tries.ts',
    // Every process counts for itself.
    from: 'rateLimitStore(tools, text)',
    to: 'rateLimitStore(tools, `${text} ${Math.random()}`)',
    tests: ['test/web/rate-limits.test.ts'],
  },
  {
    name: 'slow-clients',
    file: 'src/listen.ts',
    from: '  server.setTimeout(patience.idleTimeout);\n',
    to: '',
    tests: ['test/web/slow-clients.rules.test.ts'],
  },
  {
    name: 'guessing-limit',
    file: 'src/platforms/admin-sign-in.routes.ts',
    from: 'refuseOtherSites, limitTries, record, async',
    to: 'refuseOtherSites, record, async',
    tests: ['test/admin/guessing.test.ts'],
  },
];
