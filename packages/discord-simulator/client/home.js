import { get } from './api.js';
import { byId, h } from './dom.js';
import { HOME } from './knowledge.js';

const SHOWN = 60;

/** Where one is when no conversation is open: everybody one could write to. */
export class HomeView {
  constructor(client) {
    this.client = client;
    this.root = byId('home');
    this.list = h('div.home-list');
    this.search = h('input', { type: 'search' });
    this.search.addEventListener('input', () => void this.load());
  }

  async open() {
    const { texts, known } = this.client;
    for (const name of ['placeholder', 'aria-label']) this.search.setAttribute(name, texts.findPerson);
    this.search.value = '';
    this.root.replaceChildren(
      h('p.hint', {}, known.guilds.length === 0 ? texts.emptyGuilds : texts.homeHint),
      this.search,
      this.list,
    );
    await this.load();
  }

  /** In sight only while no channel is. */
  draw() {
    this.root.setAttribute('aria-label', this.client.texts.home);
  }

  async load() {
    const { client } = this;
    const { texts } = client;
    const query = this.search.value;
    try {
      const { people } = await get('people', { query, limit: SHOWN });
      if (client.guildId !== HOME || query !== this.search.value) return;
      const others = people.filter(({ id }) => id !== client.me.id);
      this.list.replaceChildren(...others.map((person) => this.drawPerson(person)));
      if (others.length === 0) this.list.replaceChildren(h('p.empty', {}, texts.nobody));
    } catch (error) {
      this.list.replaceChildren(h('p.empty', {}, `${texts.loadFailed} ${error.message}`));
    }
  }

  drawPerson(person) {
    const { client } = this;
    const { texts } = client;
    const activity = person.activity && texts.activities[person.activity.type];
    return h(
      `button.home-person.${person.status}`,
      { type: 'button', onclick: () => void client.openDirect(person.id) },
      h('span.face', {}, h('img', { src: person.avatarUrl, alt: '', width: 32, height: 32, loading: 'lazy' })),
      h(
        'span.who',
        {},
        h('b', {}, person.name),
        h(
          'small',
          {},
          activity ? activity(person.activity.name, person.activity.state) : texts.statuses[person.status],
        ),
      ),
    );
  }
}
