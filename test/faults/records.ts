// What the tool's database says at the end, read past the tool.
import pg from 'pg';
import type { NotedDelivery } from './posts.ts';

/** An attempt; points as the exact fraction they are kept as, null while it is open. */
export interface RecordedAttempt {
  attemptId: number;
  personId: string;
  points: string | null;
  /** What is kept of each answer, by place. */
  responses: Map<number, unknown>;
}

/** Every attempt with its answers. */
export async function readAttempts(url: string): Promise<RecordedAttempt[]> {
  const rows = await query<{ id: string; subject: string; points: string | null; responses: Record<string, unknown> }>(
    url,
    `select a.id, p.subject, a.points,
       coalesce(jsonb_object_agg(n.position, n.response) filter (where n.position is not null), '{}') responses
     from attempts a
     join people p on p.id = a.person_id
     left join answers n on n.attempt_id = a.id
     group by a.id, p.subject`,
  );
  return rows.map(({ id, subject, points, responses }) => ({
    ...{ attemptId: Number(id), personId: subject, points },
    responses: new Map(Object.entries(responses).map(([position, response]) => [Number(position), response])),
  }));
}

/** What the tool knew to have arrived, and since when. */
export async function readDeliveries(url: string): Promise<NotedDelivery[]> {
  const rows = await query<{ subject: string; sent_timestamp: Date; tried_at: Date }>(
    url,
    `select p.subject, d.sent_timestamp, d.tried_at
     from grade_deliveries d
     join gradebook_cells c on c.id = d.cell_id
     join people p on p.id = c.person_id
     where d.outcome = 'delivered'`,
  );
  return rows.map(({ subject, sent_timestamp, tried_at }) => ({
    personId: subject,
    timestamp: sent_timestamp.getTime(),
    notedAt: tried_at.getTime(),
  }));
}

/** How many scores the LMS has not the final word about, by what came of the last try. */
export async function countUnsettled(url: string): Promise<Record<string, number>> {
  const rows = await query<{ state: string; count: string }>(
    url,
    `select coalesce(last_outcome || ' ' || coalesce(last_cause, ''), 'new') state, count(*) count
     from gradebook_cells
     where delivered_revision < revision or last_outcome <> 'delivered'
     group by 1`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
