// A single request as a page's script sends it, or as a meddler does: any address, any fields, the robot's own cookies.
import request, { type Test } from 'supertest';
import type { Robot } from '../../src/practice/robot.ts';
import { cookiesOf } from './ask.ts';

/**
 * Posts with the cookies of the robot and the form token of the page it is on.
 *
 * @param fields names and values, in their order; a name may come several times
 */
export function post(robot: Robot, path: string, fields: [string, string][]): Test {
  const { url, $ } = robot.page;
  const { origin, hostname } = new URL(url);
  return request(origin)
    .post(path)
    .set('Cookie', cookiesOf(robot, hostname))
    .set('X-CSRF-Token', $('input[name=_csrf]').attr('value') ?? '')
    .type('form')
    .send(new URLSearchParams(fields).toString());
}
