// Gradebook columns (obligations 88-93, 107): found, made and changed without doubling or losing any.
import { describe, expect, test } from '@jest/globals';
import type { LineItem } from '../../src/lti/line-item.ts';
import { findLineItem, parseLineItem } from '../../src/lti/line-item.ts';
import { createLineItem, listLineItems, readLineItem, updateLineItem } from '../../src/lti/line-items.ts';
import type { SentRequest } from './fake-platform.ts';
import { answering, now, parseJson, recordedAnswer } from './fake-platform.ts';

const lineItemsUrl = 'https://moodle.example/mod/lti/services.php/2/lineitems?type_id=1';
const lineItemUrl = 'https://moodle.example/mod/lti/services.php/2/lineitems/2/lineitem?type_id=1';
const itemType = 'application/vnd.ims.lis.v2.lineitem+json';
const token = 'token-of-the-tool';

function platform(answer: () => Response) {
  const sent: SentRequest[] = [];
  const fetch = answering((request) => {
    sent.push(request);
    return answer();
  });
  return { tools: { fetch, now: () => now }, sent };
}

const json = (body: unknown, status = 200) => {
  return () => new Response(status === 204 ? null : JSON.stringify(body), { status });
};

const newton = {
  id: lineItemUrl,
  label: 'Newton qonunlari',
  scoreMaximum: 100,
  resourceId: 'q1',
  tag: 'quiz',
  resourceLinkId: '1',
  ltiLinkId: '1',
};

const column = (changed: Record<string, unknown> = {}): LineItem => {
  const item = parseLineItem({ ...newton, ...changed }, lineItemsUrl);
  if (!item) throw new Error('no line item');
  return item;
};

describe('a line item', () => {
  test('may have null for what it has not, and numbers as strings (lti.md 107)', () => {
    expect(
      parseLineItem({ ...newton, resourceId: null, tag: '', resourceLinkId: 7, scoreMaximum: '12.5' }, lineItemsUrl),
    ).toMatchObject({
      resourceId: null,
      tag: null,
      resourceLinkId: '7',
      scoreMaximum: 12.5,
    });
    expect(parseLineItem({ id: lineItemUrl }, lineItemsUrl)).toEqual({
      url: lineItemUrl,
      label: '',
      scoreMaximum: null,
      resourceId: null,
      tag: null,
      resourceLinkId: null,
      document: { id: lineItemUrl },
    });
  });

  test.each([
    null,
    'x',
    [],
    {},
    { id: 7 },
    { id: '/relative' },
    { id: 'https://evil.example/1' },
    { id: 'http://moodle.example/1' },
  ])('is none without an address that our token may go to: %j (lti.md 71)', (document) => {
    expect(parseLineItem(document, lineItemsUrl)).toBeNull();
  });
});

describe('the list of columns', () => {
  const list = async (
    answer: () => Response,
    filters: { resourceLinkId?: string; resourceId?: string; tag?: string } = {},
  ) => {
    const { tools, sent } = platform(answer);
    return { outcome: await listLineItems(tools, { token, lineItemsUrl, ...filters }), sent };
  };

  test('is read as Moodle 5.1 gives it, under the exact media type (lti.md 89)', async () => {
    const { outcome, sent } = await list(recordedAnswer('lineitems'));
    expect(outcome).toEqual({ kind: 'read', items: [column()] });
    expect(sent[0]?.url).toBe(lineItemsUrl);
    expect(sent[0]?.headers.get('accept')).toBe('application/vnd.ims.lis.v2.lineitemcontainer+json');
  });

  test('asks for one placement, resource and tag, and takes no other although the platform sends all (lti.md 90, 92)', async () => {
    const others = [{ resourceLinkId: '2' }, { resourceId: 'q2' }, { tag: null }, {}];
    const { outcome, sent } = await list(json(others.map((changed) => ({ ...newton, ...changed }))), {
      resourceLinkId: '1',
      resourceId: 'q1',
      tag: 'quiz',
    });
    expect(outcome).toEqual({ kind: 'read', items: [column()] });
    expect(sent[0]?.url).toBe(`${lineItemsUrl}&resource_link_id=1&resource_id=q1&tag=quiz`);
  });

  test('leaves out what is no column, and is unavailable when it is no list', async () => {
    expect((await list(json([null, { id: 'https://evil.example/1' }, newton]))).outcome).toMatchObject({
      items: [{ url: lineItemUrl }],
    });
    expect((await list(json({ items: [] }))).outcome).toMatchObject({ kind: 'unavailable', status: 200 });
  });

  test('has all its pages (lti.md 90)', async () => {
    let calls = 0;
    const { outcome } = await list(() => {
      calls += 1;
      const headers = calls === 1 ? { link: `<${lineItemsUrl}&amp;from=1>; rel="next"` } : {};
      return new Response(JSON.stringify([newton]), { headers });
    });
    expect(outcome).toMatchObject({ kind: 'read', items: [{ url: lineItemUrl }, { url: lineItemUrl }] });
  });
});

describe('the column of a placement', () => {
  const wanted = { resourceLinkId: '1', resourceId: 'q1', tag: 'quiz' };
  const find = (...items: Record<string, unknown>[]) => {
    const found = findLineItem(
      items.map((changed, index) => column({ ...changed, label: `${index}` })),
      wanted,
    );
    return found && Number(found.label);
  };

  test('is never one of another placement, as a course copy leaves them behind (lti.md 92)', () => {
    expect(find({ resourceLinkId: '2' }, { resourceLinkId: null })).toBeNull();
    expect(find({ resourceLinkId: '2' }, {})).toBe(1);
    expect(find()).toBeNull();
  });

  test('is the most alike of those of the placement, and the first of equals', () => {
    expect(find({ tag: null, resourceId: null }, { resourceId: 'q9' }, {}, {})).toBe(2);
    expect(find({ tag: null, resourceId: null }, { resourceId: 'q9' })).toBe(1);
    expect(find({ tag: null, resourceId: null }, { tag: null })).toBe(1);
    expect(find({ tag: null, resourceId: null })).toBe(0);
  });

  test('is not the one it has for something else', () => {
    expect(find({ tag: 'credit' })).toBeNull();
  });

  test('that stands for itself has both its tag and its resource', () => {
    const alone = { ...wanted, resourceLinkId: null };
    const free = column({ resourceLinkId: null });
    expect(findLineItem([column(), free], alone)).toBe(free);
    expect(findLineItem([column({ resourceLinkId: null, resourceId: 'q2' })], alone)).toBeNull();
  });
});

describe('a new column', () => {
  const wanted = { label: 'Kreditlar', scoreMaximum: 5, resourceId: 'credits', tag: 'credit', resourceLinkId: null };
  const create = async (answer: () => Response, changed: Partial<Parameters<typeof createLineItem>[1]> = {}) => {
    const { tools, sent } = platform(answer);
    return { outcome: await createLineItem(tools, { token, lineItemsUrl, ...wanted, ...changed }), sent };
  };

  test('is what Moodle 5.1 makes of our wish, and offers submission review (lti.md 89, 91, 128)', async () => {
    const { outcome, sent } = await create(recordedAnswer('create_lineitem'));
    expect(outcome).toMatchObject({
      kind: 'read',
      item: { url: lineItemUrl.replace('/2/lineitem?', '/3/lineitem?'), label: 'Kreditlar', resourceLinkId: null },
    });
    expect(sent[0]).toMatchObject({ method: 'POST', url: lineItemsUrl });
    expect(sent[0]?.headers.get('content-type')).toBe(itemType);
    expect(sent[0]?.headers.get('accept')).toBe(itemType);
    expect(parseJson(sent[0]?.body)).toEqual({
      label: 'Kreditlar',
      scoreMaximum: 5,
      resourceId: 'credits',
      tag: 'credit',
      submissionReview: {},
    });
  });

  test('is the returned one, also where that differs (lti.md 91)', async () => {
    const { outcome } = await create(json({ ...newton, label: 'Kreditlar (1)', scoreMaximum: 100 }, 201));
    expect(outcome).toMatchObject({ item: { label: 'Kreditlar (1)', scoreMaximum: 100, resourceLinkId: '1' } });
  });

  test.each([
    ['nothing', () => new Response('', { status: 201 })],
    ['a page', () => new Response('<html>', { status: 200 })],
    ['no id', json({ label: 'x' }, 201)],
    ['an id elsewhere', json({ ...newton, id: 'https://evil.example/1' }, 201)],
  ])('that comes back as %s is none yet', async (_, answer) => {
    expect((await create(answer)).outcome).toMatchObject({ kind: 'unavailable' });
  });

  test('of another tool’s placement is refused, as Moodle 5.1 does it', async () => {
    expect((await create(json([], 403))).outcome).toMatchObject({ kind: 'refused', status: 403 });
  });

  test('has a label and a maximum (lti.md 91)', async () => {
    await expect(create(json(newton), { label: ' ' })).rejects.toThrow(RangeError);
    await expect(create(json(newton), { scoreMaximum: 0 })).rejects.toThrow(RangeError);
    await expect(create(json(newton), { scoreMaximum: NaN })).rejects.toThrow(RangeError);
  });
});

describe('a changed column', () => {
  const before = column({
    submissionReview: { reviewableStatus: ['Submitted'] },
    'https://lms.example/x': [1],
    tag: null,
  });
  const update = async (answer: () => Response, change: { label?: string; scoreMaximum?: number }) => {
    const { tools, sent } = platform(answer);
    return { outcome: await updateLineItem(tools, { token, item: before, change }), sent };
  };

  test('is sent whole, with all that we do not know and the same identity (lti.md 93, 128)', async () => {
    const { outcome, sent } = await update(json({ ...before.document, label: 'Yangi nom' }), { label: 'Yangi nom' });
    expect(sent[0]).toMatchObject({ method: 'PUT', url: lineItemUrl });
    expect(sent[0]?.headers.get('content-type')).toBe(itemType);
    expect(parseJson(sent[0]?.body)).toEqual({ ...before.document, label: 'Yangi nom' });
    expect(outcome).toMatchObject({ kind: 'read', item: { label: 'Yangi nom', scoreMaximum: 100 } });
  });

  test('is what we sent where the platform does not return it', async () => {
    const { outcome } = await update(json(null, 204), { scoreMaximum: 20 });
    expect(outcome).toMatchObject({ kind: 'read', item: { url: lineItemUrl, scoreMaximum: 20, resourceLinkId: '1' } });
  });

  test('keeps its identity, whatever the change carries along (lti.md 93)', async () => {
    const change = { label: 'x', id: 'https://moodle.example/other', resourceLinkId: '9' };
    const { sent } = await update(json(null, 204), change);
    expect(parseJson(sent[0]?.body)).toMatchObject({ id: lineItemUrl, resourceLinkId: '1' });
  });

  test('has a label and a maximum', async () => {
    await expect(update(json(null, 204), { label: '' })).rejects.toThrow(RangeError);
    await expect(update(json(null, 204), { scoreMaximum: -1 })).rejects.toThrow(RangeError);
  });
});

test('one column is read as Moodle 5.1 gives it; one that is gone is refused', async () => {
  const { tools, sent } = platform(recordedAnswer('lineitem'));
  expect(await readLineItem(tools, { token, lineItemUrl })).toEqual({ kind: 'read', item: column() });
  expect(sent[0]).toMatchObject({ method: 'GET', url: lineItemUrl });
  expect(sent[0]?.headers.get('accept')).toBe(itemType);
  const gone = platform(json([], 404));
  expect(await readLineItem(gone.tools, { token, lineItemUrl })).toMatchObject({ kind: 'refused', status: 404 });
});
