// Who may do what, written down a second time: the table that the README shows, and what may lead into which of its rows.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mayDo, rights, type Right } from '../../src/courses/rights.ts';
import { courseRoleOf, type CourseRole } from '../../src/lti/roles.ts';

const table: [CourseRole, Right[]][] = [
  ['instructor', ['edit-quizzes', 'preview-quizzes', 'see-results', 'run-course', 'mark-answers', 'decide-grades']],
  ['assistant', ['preview-quizzes', 'see-results', 'run-course', 'mark-answers']],
  ['author', ['edit-quizzes', 'preview-quizzes']],
  ['learner', ['answer', 'be-graded']],
  ['mentor', ['see-mentees']],
  ['guest', ['answer']],
];

const rightsOf = (role: CourseRole) => rights.filter((right) => mayDo(role, right));

describe('the table of rights', () => {
  test.each(table)('%s', (role, expected) => {
    expect(rightsOf(role)).toEqual(expected);
  });

  test('leaves out no right', () => {
    expect([...new Set(table.flatMap(([, held]) => held))].sort()).toEqual([...rights].sort());
  });
});

/** The principal context roles of LTI core, appendix A.2.3, that can lead to a right; whoever has none of them may answer. */
const leadsTo: Record<Right, string[]> = {
  'edit-quizzes': ['Instructor', 'Administrator', 'ContentDeveloper'],
  'preview-quizzes': ['Instructor', 'Administrator', 'ContentDeveloper'],
  'see-results': ['Instructor', 'Administrator'],
  'run-course': ['Instructor', 'Administrator'],
  'mark-answers': ['Instructor', 'Administrator'],
  'decide-grades': ['Instructor', 'Administrator'],
  answer: ['Learner'],
  'be-graded': ['Learner'],
  'see-mentees': ['Mentor'],
};

const vocabulary = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const words = ['Instructor', 'TeachingAssistant', 'Administrator', 'ContentDeveloper', 'Learner', 'Mentor', 'Member'];
const word = fc.constantFrom(...words, 'Grader', 'Lecturer', 'TestUser', 'Officer', 'Manager', 'x');

/** Roles as LMSs write them, and as nobody should: in other cases, with something before or after, or of another vocabulary. */
const role = fc.oneof(
  word,
  word.map((name) => `${vocabulary}#${name}`),
  fc.tuple(word, word).map(([principal, name]) => `${vocabulary}/${principal}#${name}`),
  fc
    .tuple(fc.constantFrom('institution', 'system'), word)
    .map(([place, name]) => `http://purl.imsglobal.org/vocab/lis/v2/${place}/person#${name}`),
  word.map((name) => `urn:lti:sysrole:ims/lis/${name}`),
  fc.tuple(fc.string(), word, fc.string()).map(([before, name, after]) => `${before}${vocabulary}#${name}${after}`),
  word.map((name) => `${vocabulary}#${name}`.toUpperCase()),
  fc.string(),
);
const roles = fc.array(role, { maxLength: 6 });

/** The principal role of a context role, spelled out or in short; undefined for anything else. */
function principalOf(text: string): string | undefined {
  if (/^\w+$/.test(text)) return text === 'TeachingAssistant' ? 'Instructor' : text;
  const [, name] = /^http:\/\/purl\.imsglobal\.org\/vocab\/lis\/v2\/membership(?:#|\/(?=\w+#))(\w+)/.exec(text) ?? [];
  return name === 'TeachingAssistant' ? 'Instructor' : name;
}

describe('whatever roles an LMS sends', () => {
  test('every right held is one that the table gives to the role they mean (lti.md 45)', () => {
    fc.assert(
      fc.property(roles, (sent) => {
        const [, expected] = table.find(([one]) => one === courseRoleOf(sent)) ?? [];
        expect(rightsOf(courseRoleOf(sent))).toEqual(expected);
      }),
    );
  });

  test('nobody has a right that none of their context roles leads to; answering is for everybody (lti.md 41, 45)', () => {
    fc.assert(
      fc.property(roles, (sent) => {
        const principals = sent.map(principalOf);
        const unearned = rightsOf(courseRoleOf(sent)).filter(
          (right) => right !== 'answer' && !leadsTo[right].some((name) => principals.includes(name)),
        );
        expect(unearned).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('an assistant with the principal role beside it edits nothing, in whatever order (LTI core appendix A)', () => {
    const instructor = `${vocabulary}#Instructor`;
    const assistant = `${vocabulary}/Instructor#TeachingAssistant`;
    for (const sent of [[assistant], [instructor, assistant], [assistant, instructor], ['TeachingAssistant']]) {
      expect(rightsOf(courseRoleOf(sent))).not.toContain('edit-quizzes');
    }
  });

  test('the roles of the institution or of the whole system alone let nobody do more than a guest (lti.md 45)', () => {
    for (const place of ['institution', 'system']) {
      for (const name of words) {
        const sent = [`http://purl.imsglobal.org/vocab/lis/v2/${place}/person#${name}`];
        expect(rightsOf(courseRoleOf(sent))).toEqual(['answer']);
      }
    }
  });
});
