import { get, isPane, recentPeople } from './api.js';
import { beside } from './beside.js';
import { byId, h } from './dom.js';
import { openDialog } from './forms.js';
import { icon } from './icons.js';

const PAGE_SIZE = 50;

/**
 * The list of everybody one can be, with a search and filters; Enter takes the first one found. However many there are, they come a page
 * at a time.
 */
export function choosePerson(client, choose) {
  new PeoplePicker(client, choose).open();
}

class PeoplePicker {
  found = [];
  total = 0;
  asked = 0;

  constructor(client, choose) {
    this.client = client;
    this.choose = choose;
    const { texts } = client;
    this.search = h('input', { type: 'search', placeholder: texts.searchPeople, 'aria-label': texts.searchPeople });
    this.guild = h('select', { 'aria-label': texts.guilds });
    this.role = h('select', { 'aria-label': texts.roles });
    this.count = h('p.count', { role: 'status' });
    this.list = h('div.people', { tabindex: 0, 'aria-label': texts.everybody, role: 'region' });
    this.fillGuilds();
    this.search.addEventListener('input', () => this.find());
    this.guild.addEventListener('change', () => this.fillRoles());
    this.role.addEventListener('change', () => this.find());
    this.list.addEventListener('scroll', () => this.isNearEnd() && void this.more(), { passive: true });
  }

  open() {
    const { texts } = this.client;
    const submit = async (event) => {
      event.preventDefault();
      // What was just typed may still be on its way.
      await this.finding;
      this.list.querySelector('.person')?.click();
    };
    openDialog(
      texts.switchPerson,
      h(
        'form.picker',
        { method: 'dialog', onsubmit: (event) => void submit(event) },
        h('h2', {}, texts.switchPerson),
        this.search,
        h('div.filters', {}, this.guild, this.role),
        this.count,
        this.list,
        h(
          'div.actions',
          {},
          h('button.button.secondary', { type: 'button', onclick: () => byId('dialog').close() }, texts.cancel),
        ),
      ),
    );
    this.find();
  }

  fillGuilds() {
    const { known, texts } = this.client;
    const option = ({ id, name }) => h('option', { value: id }, name);
    this.guild.replaceChildren(h('option', { value: '' }, texts.allGuilds), ...known.guilds.map(option));
    this.role.replaceChildren(h('option', { value: '' }, texts.allRoles));
    this.role.disabled = true;
  }

  fillRoles() {
    const { known, texts } = this.client;
    const guild = known.guild(this.guild.value);
    const roles = (guild?.roles ?? []).filter(({ id }) => id !== guild.id);
    const fromTop = roles.toSorted((left, right) => right.position - left.position);
    this.role.replaceChildren(
      h('option', { value: '' }, texts.allRoles),
      ...fromTop.map(({ id, name }) => h('option', { value: id }, name)),
    );
    this.role.disabled = fromTop.length === 0;
    this.find();
  }

  find() {
    this.finding = this.load(0);
  }

  async more() {
    if (this.isLoading || this.found.length >= this.total) return;
    this.isLoading = true;
    await this.load(this.found.length).finally(() => (this.isLoading = false));
  }

  async load(offset) {
    const asked = (this.asked += 1);
    const query = {
      query: this.search.value,
      guildId: this.guild.value || null,
      roleId: this.role.value || null,
      offset,
      limit: PAGE_SIZE,
    };
    const isPlain = offset === 0 && query.query === '' && !query.guildId;
    const recentIds = isPlain ? recentPeople().join(',') : '';
    try {
      const [{ people, total }, recent] = await Promise.all([
        get('people', query),
        recentIds ? get('beginning', { ids: recentIds }) : [],
      ]);
      // Something else was typed meanwhile.
      if (asked !== this.asked) return;
      this.found = offset === 0 ? people : [...this.found, ...people];
      this.total = total;
      this.draw(offset, recent);
    } catch (error) {
      this.count.textContent = `${this.client.texts.loadFailed} ${error.message}`;
    }
  }

  draw(offset, recent) {
    const { texts } = this.client;
    this.count.textContent = texts.peopleFound(this.total);
    const fresh = this.found.slice(offset).map((person) => this.drawPerson(person));
    if (offset > 0) return this.list.append(...fresh);
    const lately =
      recent.length > 1 ? [h('h3', {}, texts.recentPeople), ...recent.map((it) => this.drawPerson(it))] : [];
    this.list.replaceChildren(...lately, ...(lately.length > 0 ? [h('h3', {}, texts.everybody)] : []), ...fresh);
    if (this.found.length === 0) this.list.replaceChildren(h('p.empty', {}, texts.nobody));
    this.list.scrollTop = 0;
  }

  drawPerson(person) {
    const { texts, me } = this.client;
    const take = (act) => {
      byId('dialog').close();
      void act();
    };
    const openBeside = h(
      'button.icon',
      {
        type: 'button',
        title: texts.beside,
        'aria-label': texts.besideWho(person.name),
        onclick: () => take(() => beside(me.id, person.id)),
      },
      icon('beside', 18),
    );
    return h(
      `div.person-row.${person.status}`,
      {},
      h(
        'button.person',
        { type: 'button', 'aria-current': person.id === me.id, onclick: () => take(() => this.choose(person)) },
        h('span.face', {}, h('img', { src: person.avatarUrl, alt: '', width: 36, height: 36, loading: 'lazy' })),
        h('span.who', {}, h('b', {}, person.name), h('small', {}, `${person.username} · ${guildNames(person, texts)}`)),
        h('span.locale', {}, person.locale),
      ),
      !isPane() && person.id !== me.id && openBeside,
    );
  }

  isNearEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 300;
  }
}

function guildNames({ guilds }, texts) {
  const withRank = ({ name, rank }) => (rank === 'member' ? name : `${name} (${texts.ranks[rank]})`);
  return guilds.map(withRank).join(', ') || texts.noGuild;
}
