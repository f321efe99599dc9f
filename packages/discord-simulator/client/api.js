const COOKIE = 'simulator_person';
const RECENT = 'recent-people';
const YEAR_SECONDS = 31_536_000;
const MAX_RECENT = 6;

/** Each tab is one person; a new tab begins as the person chosen last, whom the authorize page preselects too. */
export function rememberPerson(id) {
  // Two people side by side share the memory of their tab: only their address tells them apart.
  if (!isPane()) sessionStorage.setItem(COOKIE, id);
  document.cookie = `${COOKIE}=${id}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  const others = recentPeople().filter((other) => other !== id);
  localStorage.setItem(RECENT, JSON.stringify([id, ...others].slice(0, MAX_RECENT)));
}

/** Ids of whom one was lately, the last one first. */
export const recentPeople = () => JSON.parse(localStorage.getItem(RECENT) ?? '[]');

/** Whether this page is one of two people side by side. */
export const isPane = () => new URLSearchParams(location.search).has('pane');

/** Ids of whom this tab might be, best first. A link may name somebody: `/?as=123`. */
export function rememberedPeople() {
  const named = new URLSearchParams(location.search).get('as');
  const inCookie = new RegExp(`(?:^|; )${COOKIE}=(\\d+)`).exec(document.cookie)?.[1];
  return [named, sessionStorage.getItem(COOKIE), inCookie].filter((id) => id);
}

/** The address names who one is now, where it named somebody before. */
export function nameInAddress(id) {
  const url = new URL(location.href);
  if (!url.searchParams.has('as')) return;
  url.searchParams.set('as', id);
  history.replaceState(null, '', url);
}

async function answerOf(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

/** @throws Error with what the server says when it refuses */
export async function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return answerOf(await fetch(`/client/${path}?${new URLSearchParams(given)}`));
}

/** @throws Error with what the server says when it refuses */
export const post = async (path, body) =>
  answerOf(
    await fetch(`/client/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
