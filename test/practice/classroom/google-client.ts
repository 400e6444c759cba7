// What Google's own client knows of the Classroom API, read from its code: every verb and path, and the scopes of each method.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(import.meta.resolve('@googleapis/classroom'));
const code = readFileSync(main.replace(/index\.js$/, 'v1.js'), 'utf8');
const types = readFileSync(main.replace(/index\.js$/, 'v1.d.ts'), 'utf8');

/** Such as `GET /v1/courses/{id}`. */
export const templates = code
  .split('const parameters = {')
  .slice(1)
  .map((call) => {
    const path = /'(\/v1\/[^']+)'/.exec(call)?.[1] ?? '';
    const verb = /method: '(\w+)'/.exec(call)?.[1] ?? '';
    return `${verb} ${path}`;
  });

/** By method, such as `courses.list`; without what all of them begin with. Of those alone that the client gives an example for. */
export const scopesOfMethods: Record<string, string[]> = Object.fromEntries(
  [...types.matchAll(/scopes: \[([^\]]*)\](?:(?!scopes: \[)[^])*?await classroom\.([\w.]+)\(/g)].map(
    ([, scopes = '', name = '']) => [
      name,
      [...scopes.matchAll(/auth\/classroom\.([\w.-]+)'/g)].map(([, scope = '']) => scope),
    ],
  ),
);

/** The templates that a call can be of: one, or it is a call of nothing that Google has. */
export function templatesOf(verb: string, path: string): string[] {
  return templates.filter((template) => {
    const [expected = '', pattern = ''] = template.split(' ');
    const parts = pattern.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`));
    return verb === expected && new RegExp(`^${parts.join('[^/:]+')}$`).test(path);
  });
}
