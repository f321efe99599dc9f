import { get } from './api.js';
import { byId, cssColor, h } from './dom.js';
import { icon } from './icons.js';

/** Heights in pixels; panels.css has the same. */
const HEADING_PX = 40;
const ROW_PX = 44;
/** Rows kept ready beyond what is seen, and fetched at once. */
const OVERSCAN_ROWS = 12;
const BLOCK_ROWS = 60;
/** Changes are gathered this long before the list is asked for again, in milliseconds. */
const REFRESH_MS = 400;

/**
 * Who is in the open channel, grouped by their highest displayed role. Of ten thousand members only those in sight are on the page, and
 * only those that were scrolled to are known.
 */
export class MemberPanel {
  groups = [];
  /** By their place in the list. */
  rows = new Map();
  channel = null;

  constructor(client) {
    this.client = client;
    this.panel = byId('members');
    this.panel.addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(this.panel);
  }

  open(channel) {
    const isListed = Boolean(channel?.guildId);
    document.body.classList.toggle('no-members', !isListed);
    this.panel.setAttribute('aria-label', this.client.texts.members);
    if (channel?.id === this.channel?.id && this.personId === this.client.me.id) return;
    if (channel?.guildId !== this.channel?.guildId) this.panel.scrollTop = 0;
    this.channel = isListed ? channel : null;
    this.personId = this.client.me.id;
    if (this.channel) void this.fetch(0);
    else this.forget();
  }

  forget() {
    this.groups = [];
    this.rows.clear();
    this.panel.replaceChildren();
  }

  /** Somebody of a guild came, left or changed. */
  changed(guildId) {
    if (!this.channel || guildId !== this.channel.guildId) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.fetch(this.firstInSight(), true);
    }, REFRESH_MS);
  }

  /** Fetches the rows around one; what else was known is dropped when the list has changed. */
  async fetch(index, isChanged = false) {
    const { channel, personId } = this;
    if (!channel) return;
    const from = Math.max(0, index - OVERSCAN_ROWS);
    const query = { as: personId, channelId: channel.id, from, to: from + BLOCK_ROWS * 2 };
    this.fetching = query.from;
    // Who may not look any more sees it by the channel being gone.
    const page = await get('members', query).catch(() => null);
    this.fetching = null;
    if (!page || channel !== this.channel || personId !== this.personId) return;
    const isOther = isChanged || JSON.stringify(page.groups) !== JSON.stringify(this.groups);
    if (isOther) this.rows.clear();
    this.groups = page.groups;
    page.rows.forEach((row, offset) => this.rows.set(page.from + offset, row));
    this.client.known.learn(
      channel.guildId,
      page.rows.flatMap(({ member }) => member ?? []),
    );
    this.draw();
  }

  firstInSight() {
    return this.rowsBetween(this.panel.scrollTop, this.panel.scrollTop + 1)[0]?.index ?? 0;
  }

  /** Places of the groups, from the top. */
  layout() {
    let top = 0;
    let index = 0;
    return this.groups.map((group) => {
      const place = { ...group, top, index, height: HEADING_PX + group.count * ROW_PX };
      top += place.height;
      index += group.count + 1;
      return place;
    });
  }

  rowsBetween(start, end) {
    return this.layout()
      .filter(({ top, height }) => top < end && top + height > start)
      .map((group) => {
        const first = Math.max(0, Math.floor((start - group.top - HEADING_PX) / ROW_PX));
        const last = Math.min(group.count, Math.ceil((end - group.top - HEADING_PX) / ROW_PX));
        return { ...group, first, last, index: group.index + 1 + first };
      });
  }

  draw() {
    const spare = OVERSCAN_ROWS * ROW_PX;
    const shown = this.rowsBetween(
      this.panel.scrollTop - spare,
      this.panel.scrollTop + this.panel.clientHeight + spare,
    );
    const focused = document.activeElement?.closest('#members [data-id]')?.dataset.id;
    const all = this.layout();
    const box = h('div.member-list', {}, ...shown.map((group) => this.drawGroup(group)));
    box.style.height = `${all.reduce((sum, { height }) => sum + height, 0)}px`;
    const { scrollTop } = this.panel;
    this.panel.replaceChildren(box);
    this.panel.scrollTop = scrollTop;
    this.panel.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
    this.fetchMissing(shown);
  }

  fetchMissing(shown) {
    for (const { index, first, last } of shown) {
      for (let offset = 0; offset < last - first; offset += 1) {
        if (this.rows.has(index + offset)) continue;
        if (this.fetching === null || this.fetching === undefined) void this.fetch(index + offset);
        return;
      }
    }
  }

  drawGroup({ id, count, top, height, index, first, last }) {
    const name = this.nameOf(id);
    const places = Array.from({ length: Math.max(0, last - first) }, (_, offset) => offset);
    const list = h(
      'ul',
      { 'aria-label': name },
      ...places.map((offset) => {
        const item = this.drawMember(this.rows.get(index + offset)?.member);
        item.style.top = `${(first + offset) * ROW_PX}px`;
        return item;
      }),
    );
    const section = h('section', {}, h('h2', {}, `${name} — ${count}`), list);
    section.style.top = `${top}px`;
    section.style.height = `${height}px`;
    return section;
  }

  nameOf(groupId) {
    const { texts, known } = this.client;
    if (groupId === 'online' || groupId === 'offline') return texts[groupId];
    return known.guild(this.channel.guildId)?.roles.find((role) => role.id === groupId)?.name ?? '';
  }

  drawMember(member) {
    if (!member) return h('li.member.unknown', {}, h('span.face', {}), h('span.who', {}, '…'));
    const { texts, known } = this.client;
    const name = h('b', {}, member.name);
    name.style.color = cssColor(member.color);
    const activity = member.activity && texts.activities[member.activity.type];
    const isOwner = member.id === known.guild(this.channel.guildId)?.ownerId;
    return h(
      `li.member.${member.status}`,
      {},
      h(
        'button',
        {
          type: 'button',
          'data-id': member.id,
          title: texts.statuses[member.status],
          onclick: ({ currentTarget }) => this.client.openPerson(member.id, currentTarget),
        },
        h(
          'span.face',
          {},
          h('img', { src: member.avatarUrl, alt: texts.statuses[member.status], width: 32, height: 32 }),
        ),
        h(
          'span.who',
          {},
          name,
          isOwner && h('span.crown', { title: texts.ranks.owner }, icon('crown', 14)),
          member.isBot && h('span.app', {}, texts.app),
          activity && h('small', {}, activity(member.activity.name, member.activity.state)),
        ),
      ),
    );
  }
}
