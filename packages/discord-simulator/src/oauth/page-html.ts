import { escapeHtml } from '../html.js';
import { STYLE } from './page-style.js';
import type { PeopleList, PeopleWanted, PersonChoice, PersonGroup } from './people.js';
import type { Texts } from './texts.js';

export interface AuthorizePage {
  texts: Texts;
  applicationName: string;
  scopes: string[];
  wanted: PeopleWanted;
  list: PeopleList;
  chosenId: string | null;
  /** The parameters of the application's request. */
  request: [name: string, value: string][];
  redirectHost: string;
}

/** Runs no script: what is sought and shown is asked for by forms and links. */
export function renderAuthorizePage(page: AuthorizePage): string {
  const { texts, applicationName } = page;
  const scopes = page.scopes.map((scope) => `<li>${escapeHtml(texts.scopes[scope] ?? scope)}</li>`).join('');
  return htmlDocument(
    texts,
    texts.title,
    `<main>
      <header><div class="logo" aria-hidden="true">${escapeHtml(applicationName.slice(0, 1))}</div>
      <h1>${escapeHtml(texts.intro(applicationName))}</h1><p class="local">${escapeHtml(texts.local)}</p></header>
      ${renderSearch(page)}
      <form class="choice" method="post" action="${escapeHtml(linkTo(page, page.wanted))}">
      <div class="people">${renderGroups(page)}</div>${renderPages(page)}
      <footer><div class="scopes"><h2>${escapeHtml(texts.wants(applicationName))}</h2><ul>${scopes}</ul>
      <p>${escapeHtml(texts.returnsTo(page.redirectHost))}</p></div>
      <div class="actions"><button name="decision" value="authorize" class="primary">${escapeHtml(texts.authorize)}</button>
      <button name="decision" value="cancel">${escapeHtml(texts.cancel)}</button></div></footer>
    </form></main>`,
  );
}

/** The same page with other people on it. */
function linkTo({ request }: AuthorizePage, { query, everybody, page }: Omit<PeopleWanted, 'currentId'>): string {
  const parameters = new URLSearchParams(request);
  if (query !== '') parameters.set('q', query);
  if (everybody) parameters.set('everybody', '1');
  if (page > 1) parameters.set('page', String(page));
  return `/oauth2/authorize?${parameters}`;
}

function renderSearch(page: AuthorizePage): string {
  const { texts, wanted, list } = page;
  const hidden = page.request
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  return `<form class="find" method="get" action="/oauth2/authorize" role="search">${hidden}
    <label for="search">${escapeHtml(texts.choose)}</label>
    <div><input id="search" name="q" type="search" maxlength="100" placeholder="${escapeHtml(texts.search)}" autocomplete="off" value="${escapeHtml(wanted.query)}">
    <button>${escapeHtml(texts.find)}</button></div></form>
    ${list.isShort || wanted.everybody || wanted.query !== '' ? renderNote(page) : ''}`;
}

/** What part of the people is shown, and the way to the others. */
function renderNote(page: AuthorizePage): string {
  const { texts, list, wanted } = page;
  const [text, way, target] = list.isShort
    ? [texts.shortList, texts.everybody(list.total), { query: '', everybody: true, page: 1 }]
    : [
        wanted.query === '' ? texts.wholeList(list.total) : texts.found(list.total, wanted.query),
        texts.fewer,
        { query: '', everybody: false, page: 1 },
      ];
  return `<p class="note" role="status">${escapeHtml(text)} <a href="${escapeHtml(linkTo(page, target))}">${escapeHtml(way)}</a></p>`;
}

function renderGroups({ texts, list, chosenId: wantedId }: AuthorizePage): string {
  const everyone = list.groups.flatMap((group) => group.people);
  if (everyone.length === 0) return `<p class="nobody">${escapeHtml(texts.nobody)}</p>`;
  const chosenId = everyone.some((it) => it.id === wantedId) ? wantedId : (everyone[0]?.id ?? null);
  let isChosen = false;
  return list.groups
    .map((group) =>
      renderGroup(texts, group, (person) => {
        // Someone in two guilds is listed twice, and chosen once.
        if (isChosen || person.id !== chosenId) return false;
        isChosen = true;
        return true;
      }),
    )
    .join('');
}

function renderGroup(texts: Texts, group: PersonGroup, isChosen: (person: PersonChoice) => boolean): string {
  const people = group.people.map((person) => renderPerson(texts, person, isChosen(person)));
  const more = group.hiddenCount > 0 ? `<p class="more">${escapeHtml(texts.others(group.hiddenCount))}</p>` : '';
  const count = group.people.length + group.hiddenCount;
  return `<fieldset><legend>${escapeHtml(group.name ?? texts.noGuild)} <span>${texts.number(count)}</span></legend>${people.join('')}${more}</fieldset>`;
}

function renderPerson(texts: Texts, person: PersonChoice, isChosen: boolean): string {
  const badge = person.badge ? `<span class="badge ${person.badge}">${escapeHtml(texts[person.badge])}</span>` : '';
  return `<label class="person">
    <input type="radio" name="person" value="${escapeHtml(person.id)}"${isChosen ? ' checked' : ''}>
    <img src="${escapeHtml(person.avatarUrl)}" alt="" width="36" height="36" loading="lazy">
    <span class="name"><b>${escapeHtml(person.name)}</b><small>${escapeHtml(person.username)}</small></span>${badge}</label>`;
}

function renderPages(page: AuthorizePage): string {
  const { texts, list, wanted } = page;
  if (list.pageCount === 1) return '';
  const link = (number: number, text: string) =>
    number < 1 || number > list.pageCount
      ? '<span></span>'
      : `<a href="${escapeHtml(linkTo(page, { ...wanted, page: number }))}">${escapeHtml(text)}</a>`;
  return `<nav class="pages" aria-label="${escapeHtml(texts.pages)}">${link(list.page - 1, texts.previous)}
    <span>${escapeHtml(texts.pageOf(list.page, list.pageCount))}</span>${link(list.page + 1, texts.next)}</nav>`;
}

export function renderErrorPage(texts: Texts, problem: string): string {
  const text = texts.problems[problem] ?? problem;
  return htmlDocument(
    texts,
    texts.errorTitle,
    `<main class="error"><h1>${escapeHtml(texts.errorTitle)}</h1><p>${escapeHtml(text)}</p><code>${escapeHtml(problem)}</code></main>`,
  );
}

function htmlDocument(texts: Texts, title: string, body: string): string {
  return `<!doctype html><html lang="${texts.lang}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${STYLE}</style></head><body>${body}</body></html>`;
}
