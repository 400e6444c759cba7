const timeoutMs = 10_000;

/** Who is signed in with this browser: `{ person, name, csrfToken }`; null: nobody; undefined: the server does not say. */
export async function whoIsHere() {
  const hanging = new AbortController();
  const deadline = setTimeout(() => hanging.abort(), timeoutMs);
  try {
    const answer = await fetch('/session', { headers: { Accept: 'application/json' }, signal: hanging.signal });
    if (answer.ok) return await answer.json();
    return answer.status === 401 ? null : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(deadline);
  }
}
