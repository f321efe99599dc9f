import { escapeHtml } from '../html.js';
import type { Texts } from './texts.js';

export interface PersonChoice {
  id: string;
  name: string;
  username: string;
  avatarUrl: string;
  badge: 'owner' | 'administrator' | null;
}

export interface PersonGroup {
  /** The guild; null for people in none. */
  name: string | null;
  people: PersonChoice[];
}

export interface AuthorizePage {
  texts: Texts;
  applicationName: string;
  scopes: string[];
  groups: PersonGroup[];
  chosenId: string | null;
  action: string;
  redirectHost: string;
}

/** Works without its script too: that one only filters the list. */
export function renderAuthorizePage(page: AuthorizePage): string {
  const { texts, applicationName, groups } = page;
  const everyone = groups.flatMap((group) => group.people);
  const chosenId = everyone.some((it) => it.id === page.chosenId) ? page.chosenId : (everyone[0]?.id ?? null);
  let isChosen = false;
  const list = groups.map((group) =>
    renderGroup(texts, group, (person) => {
      // Someone in two guilds is listed twice, and chosen once.
      if (isChosen || person.id !== chosenId) return false;
      isChosen = true;
      return true;
    }),
  );
  const scopes = page.scopes.map((scope) => `<li>${escapeHtml(texts.scopes[scope] ?? scope)}</li>`).join('');
  return htmlDocument(
    texts,
    texts.title,
    `<form method="post" action="${escapeHtml(page.action)}">
      <header><div class="logo" aria-hidden="true">${escapeHtml(applicationName.slice(0, 1))}</div>
      <h1>${escapeHtml(texts.intro(applicationName))}</h1><p class="local">${escapeHtml(texts.local)}</p></header>
      <div class="find"><label for="search">${escapeHtml(texts.choose)}</label>
      <input id="search" type="search" placeholder="${escapeHtml(texts.search)}" autocomplete="off"></div>
      <div class="people">${list.join('')}<p id="nobody" hidden>${escapeHtml(texts.nobody)}</p></div>
      <footer><div class="scopes"><h2>${escapeHtml(texts.wants(applicationName))}</h2><ul>${scopes}</ul>
      <p>${escapeHtml(texts.returnsTo(page.redirectHost))}</p></div>
      <div class="actions"><button name="decision" value="authorize" class="primary">${escapeHtml(texts.authorize)}</button>
      <button name="decision" value="cancel">${escapeHtml(texts.cancel)}</button></div></footer>
    </form><script>${SCRIPT}</script>`,
  );
}

function renderGroup(texts: Texts, group: PersonGroup, isChosen: (person: PersonChoice) => boolean): string {
  const people = group.people.map((person) => renderPerson(texts, person, isChosen(person)));
  return `<fieldset><legend>${escapeHtml(group.name ?? texts.noGuild)} <span>${group.people.length}</span></legend>${people.join('')}</fieldset>`;
}

function renderPerson(texts: Texts, person: PersonChoice, isChosen: boolean): string {
  const badge = person.badge ? `<span class="badge ${person.badge}">${escapeHtml(texts[person.badge])}</span>` : '';
  return `<label class="person" data-name="${escapeHtml(`${person.name} ${person.username}`.toLowerCase())}">
    <input type="radio" name="person" value="${escapeHtml(person.id)}"${isChosen ? ' checked' : ''}>
    <img src="${escapeHtml(person.avatarUrl)}" alt="" width="36" height="36" loading="lazy">
    <span class="name"><b>${escapeHtml(person.name)}</b><small>${escapeHtml(person.username)}</small></span>${badge}</label>`;
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

const SCRIPT = `
const search = document.getElementById('search');
const people = [...document.querySelectorAll('.person')];
search.addEventListener('input', () => {
  const wanted = search.value.trim().toLowerCase();
  for (const person of people) person.hidden = !person.dataset.name.includes(wanted);
  for (const group of document.querySelectorAll('fieldset')) group.hidden = !group.querySelector('.person:not([hidden])');
  document.getElementById('nobody').hidden = people.some((person) => !person.hidden);
  const first = people.find((person) => !person.hidden);
  if (wanted && first) first.querySelector('input').checked = true;
});
document.querySelector('input[type=radio]:checked')?.closest('.person').scrollIntoView({ block: 'center' });`;

const STYLE = `
*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;color:#f2f3f5;font:15px/1.45 system-ui,sans-serif;
background:radial-gradient(circle at 20% 0,#5865f2 0,transparent 45%),radial-gradient(circle at 90% 100%,#9b59d0 0,transparent 40%),#1e1f2b}
form,.error{width:min(480px,100%);max-height:calc(100vh - 32px);display:flex;flex-direction:column;background:#2b2d31;border-radius:12px;
box-shadow:0 12px 40px #0008;overflow:hidden}
header{padding:24px 24px 8px;text-align:center}.logo{width:56px;height:56px;margin:0 auto 12px;border-radius:18px;display:grid;place-items:center;
background:#5865f2;font-size:26px;font-weight:700}
h1{font-size:20px;margin:0 0 6px}.local{margin:0;color:#b5bac1;font-size:13px}
.find{padding:12px 24px}.find label{display:block;font-weight:600;margin-bottom:6px}
#search{width:100%;padding:10px 12px;border:1px solid #4e5058;border-radius:8px;background:#1e1f22;color:inherit;font:inherit}
#search::placeholder{color:#949ba4}
.people{overflow-y:auto;padding:0 16px;flex:1;min-height:140px}
fieldset{border:0;margin:0 0 8px;padding:0;min-width:0}legend{padding:8px;font-size:12px;font-weight:700;text-transform:uppercase;letter-spacing:.04em;color:#b5bac1}
legend span{font-weight:400}
.person{display:flex;align-items:center;gap:12px;padding:6px 8px;border-radius:8px;cursor:pointer}
.person:hover{background:#35373c}.person:has(:checked){background:#404249}.person:has(:focus-visible){outline:2px solid #949cf7;outline-offset:-2px}
.person input{accent-color:#5865f2;width:18px;height:18px;margin:0;flex:none}.person img{border-radius:50%;flex:none}
.name{flex:1;min-width:0;display:flex;flex-direction:column}.name b,.name small{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.name small{color:#b5bac1}
.badge{font-size:12px;font-weight:600;padding:2px 8px;border-radius:10px}.owner{background:#5c4a12;color:#ffe08a}.administrator{background:#343b86;color:#d5d9ff}
#nobody{text-align:center;color:#b5bac1}
footer{padding:12px 24px 20px;border-top:1px solid #1e1f22;background:#2b2d31}.scopes h2{font-size:13px;margin:0}.scopes ul{margin:4px 0;padding-left:20px;font-size:13px}
.scopes p{margin:0 0 12px;font-size:13px;color:#b5bac1}
.actions{display:flex;flex-direction:row-reverse;gap:12px}button{flex:1;padding:11px;border:0;border-radius:8px;font:inherit;font-weight:600;color:#fff;background:#4e5058;cursor:pointer}
button.primary{background:#5865f2}button:hover{filter:brightness(1.1)}button:focus-visible,#search:focus-visible{outline:2px solid #949cf7;outline-offset:2px}
.error{padding:32px;text-align:center}.error p{color:#dbdee1}.error code{color:#b5bac1}`;
