// Whom the course page shows, and in which order.
import { describe, expect, test } from '@jest/globals';
import { coursePeople, type CoursePerson } from '../../src/courses/course-people.ts';
import { hasWords } from '../../src/courses/find-by-name.ts';

const aziz: CoursePerson = {
  ...{ name: 'Aziz Rahimov', role: 'learner', isTestUser: false, isActive: true },
  launchedAt: new Date(),
};
const names = (people: CoursePerson[]) => people.map(({ name }) => name);

describe('The people of a course', () => {
  const everybody: CoursePerson[] = [
    aziz,
    { ...aziz, name: 'Bek', isActive: false },
    { ...aziz, name: 'Dilnoza', role: 'instructor' },
    { ...aziz, name: 'Aigul', launchedAt: null },
    { ...aziz, name: 'Malika', role: 'assistant' },
    { ...aziz, name: 'Otabek’s mother', role: 'mentor', launchedAt: null },
    { ...aziz, name: 'Test student', isTestUser: true, launchedAt: null },
    { ...aziz, name: null },
  ];

  test('are listed teachers first; who has left stands apart', () => {
    const { present, past } = coursePeople(everybody, '');
    const others = ['Aziz Rahimov', 'Aigul', 'Otabek’s mother', 'Test student', null];
    expect(names(present)).toEqual(['Dilnoza', 'Malika', ...others]);
    expect(names(past)).toEqual(['Bek']);
  });

  test('are counted without those who left, mentors, and the LMS’s made-up student, whatever is searched for', () => {
    const counts = { teachers: 2, students: 3, absent: 1 };
    expect(coursePeople(everybody, '').counts).toEqual(counts);
    expect(coursePeople(everybody, 'aziz').counts).toEqual(counts);
  });

  test('are found by name, also those who left', () => {
    expect(names(coursePeople(everybody, 'be').past)).toEqual(['Bek']);
    expect(names(coursePeople(everybody, 'aziz').present)).toEqual(['Aziz Rahimov']);
    expect(coursePeople(everybody, 'nobody').present).toEqual([]);
  });

  test('fill no endless page: of 700 the first 500 are shown, teachers and those who are still there before others', () => {
    const many = Array.from({ length: 698 }, (_person, index) => ({ ...aziz, isActive: index % 2 === 0 }));
    const { present, past, leftOut } = coursePeople([...many, ...everybody.slice(1, 3)], '');
    expect([present.length, past.length, leftOut]).toEqual([350, 150, 200]);
    expect(present[0]?.name).toBe('Dilnoza');
  });
});

test.each([
  ['Gʻaybullayev Oʻktam', 'gaybullayev'],
  ['Gʻaybullayev Oʻktam', "O'ktam g‘ay"],
  ['Өмүрбек Жаңыбай-Үсөн уулу', 'жаңыбай'],
  ['Сергей Ёлкин', 'елкин'],
  ['José Łukasz', 'jose'],
  ['Aziz Rahimov', '  rahimov   AZIZ '],
])('%s is found by “%s”', (name, wanted) => {
  expect(hasWords(name, wanted)).toBe(true);
});

test.each([
  ['Aziz Rahimov', 'aziza'],
  ['Aziz Rahimov', 'aziz karimov'],
  ['Aziz Rahimov', 'r%v'],
])('%s is not found by “%s”', (name, wanted) => {
  expect(hasWords(name, wanted)).toBe(false);
});
