import { get } from './api.js';
import { byId, h } from './dom.js';
import { icon } from './icons.js';
import { agoOf, askThread, openCard } from './threads.js';

/** A forum: its posts as cards, the last one answered first. */
export class Forum {
  posts = [];
  wanted = '';

  constructor(client) {
    this.client = client;
    this.root = byId('forum');
  }

  async open(channel) {
    this.wanted = '';
    this.tagId = null;
    this.channelId = channel.id;
    this.posts = [];
    await this.load();
  }

  async load() {
    const { channelId, client } = this;
    try {
      const posts = await get('threads', { as: client.me.id, channelId });
      if (channelId !== client.channelId) return;
      this.posts = posts;
      this.problem = null;
    } catch (error) {
      this.problem = error.message;
    }
    this.known = this.signature();
    this.drawAll();
  }

  /** What there is to post changed: the cards are fetched anew. */
  draw() {
    const isOpen = this.client.channel?.kind === 'forum';
    if (isOpen && this.channelId === this.client.channelId && this.known !== this.signature()) {
      this.known = this.signature();
      void this.load();
    }
  }

  signature() {
    const posts = (this.client.guild?.channels ?? []).filter(({ parentId }) => parentId === this.channelId);
    return posts.map(({ id, name, lastMessageId }) => `${id} ${name} ${lastMessageId}`).join();
  }

  drawAll() {
    const { client } = this;
    const { texts, channel } = client;
    const search = h('input', { type: 'search', placeholder: texts.searchPosts, 'aria-label': texts.searchPosts });
    search.value = this.wanted;
    search.addEventListener('input', () => {
      this.wanted = search.value;
      this.drawCards();
    });
    const start = h(
      'button.button.primary',
      { type: 'button', onclick: () => askThread(client, channel) },
      icon('plus', 18),
      texts.newPost,
    );
    this.cards = h('div.cards');
    this.root.setAttribute('aria-label', texts.forum);
    this.root.replaceChildren(
      h('div.forum-bar', {}, search, channel?.canWrite && start),
      this.drawTags(channel?.tags ?? []),
      this.cards,
    );
    this.drawCards();
  }

  drawTags(tags) {
    const choose = (tag) => {
      this.tagId = this.tagId === tag.id ? null : tag.id;
      this.drawAll();
    };
    const button = (tag) =>
      h(
        'button.tag',
        { type: 'button', 'aria-pressed': String(this.tagId === tag.id), onclick: () => choose(tag) },
        [tag.emoji, tag.name].filter(Boolean).join(' '),
      );
    return h('div.tags', {}, ...tags.map(button));
  }

  drawCards() {
    const { texts } = this.client;
    if (this.problem) return this.cards.replaceChildren(h('p.empty', {}, `${texts.loadFailed} ${this.problem}`));
    const wanted = this.wanted.trim().toLowerCase();
    const shown = this.posts.filter(
      (post) =>
        `${post.name} ${post.excerpt}`.toLowerCase().includes(wanted) &&
        (!this.tagId || post.tags.some(({ id }) => id === this.tagId)),
    );
    const nothing = this.posts.length === 0 ? texts.noPosts : texts.noneFound;
    return this.cards.replaceChildren(
      ...(shown.length > 0 ? shown.map((post) => this.drawCard(post)) : [h('p.empty', {}, nothing)]),
    );
  }

  drawCard(post) {
    const { client } = this;
    const { texts, locale, reads } = client;
    const isUnread = reads.isUnread(post);
    return h(
      `button.card${isUnread ? '.unread' : ''}`,
      { type: 'button', onclick: () => openCard(client, post) },
      post.tags.length > 0 &&
        h(
          'span.tags',
          {},
          ...post.tags.map((tag) => h('span.tag', {}, [tag.emoji, tag.name].filter(Boolean).join(' '))),
        ),
      h('b.card-title', {}, post.name),
      h('span.excerpt', {}, h('b', {}, `${post.owner.name}: `), post.excerpt),
      h(
        'span.card-foot',
        {},
        icon('bubble', 16),
        texts.messageCount(post.thread.messageCount),
        ' · ',
        agoOf(post, locale),
        post.thread.isArchived && ` · ${texts.archived}`,
        post.thread.isLocked && ` · ${texts.locked}`,
      ),
    );
  }
}
