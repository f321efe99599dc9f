const COOKIE = 'simulator_person';
const YEAR_SECONDS = 31_536_000;

/** Each tab is one person; a new tab begins as the person chosen last, whom the authorize page preselects too. */
export function rememberPerson(id) {
  sessionStorage.setItem(COOKIE, id);
  document.cookie = `${COOKIE}=${id}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** Ids of whom this tab might be, best first. A link may name somebody: `/?as=123`. */
export function rememberedPeople() {
  const named = new URLSearchParams(location.search).get('as');
  const inCookie = new RegExp(`(?:^|; )${COOKIE}=(\\d+)`).exec(document.cookie)?.[1];
  return [named, sessionStorage.getItem(COOKIE), inCookie].filter((id) => id);
}

async function answerOf(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

export const get = async (path, query = {}) => answerOf(await fetch(`/client/${path}?${new URLSearchParams(query)}`));

export const post = async (path, body) =>
  answerOf(
    await fetch(`/client/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
