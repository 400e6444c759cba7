// What a teacher reads of the list's last refresh.
import { expect, test } from '@jest/globals';
import { rosterOutcomes, rosterStanding, type RosterState } from '../../src/courses/roster-standing.ts';

const askedAt = new Date('2026-11-21T09:00:00Z');
const state: RosterState = { isOffered: true, askedAt, outcome: null, readAt: null };
const after = (ms: number) => new Date(askedAt.getTime() + ms);

test('An LMS that names no list is said to offer none', () => {
  expect(rosterStanding({ ...state, isOffered: false, askedAt: null }, askedAt)).toBe('not-offered');
});

test('Before the first asking, the list is said not to have been read', () => {
  expect(rosterStanding({ ...state, askedAt: null }, askedAt)).toBe('never-asked');
});

test.each(rosterOutcomes.map((outcome) => [outcome]))('“%s” is said as it was noted', (outcome) => {
  expect(rosterStanding({ ...state, outcome }, after(60 * 60 * 1000))).toBe(outcome);
});

test('An asking without an outcome is under way for two minutes; then it counts as unanswered', () => {
  expect(rosterStanding(state, after(119_999))).toBe('under-way');
  expect(rosterStanding(state, after(120_000))).toBe('unavailable');
});
