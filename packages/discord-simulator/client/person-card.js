import { get, post } from './api.js';
import { byId, cssColor, h } from './dom.js';
import { openDialog } from './forms.js';
import { icon } from './icons.js';
import { closePopover, openPopover } from './popover.js';

/** Who somebody is in the open guild, and what one may do to them. */
export async function openPersonCard(client, userId, anchor) {
  const guildId = client.guild?.id;
  try {
    const profile = await get('profile', { as: client.me.id, userId, guildId });
    const isListed = anchor.closest('#members');
    openPopover(anchor, {
      name: profile.name,
      side: isListed ? 'left' : 'right',
      content: drawCard(client, profile),
    });
  } catch (error) {
    client.talk.composer.say(error.message);
  }
}

function drawCard(client, profile) {
  const { texts, locale } = client;
  const activity = profile.activity && texts.activities[profile.activity.type];
  const day = (time) => new Date(time).toLocaleDateString(locale, { dateStyle: 'medium' });
  const name = h('h2', {}, profile.name, profile.isBot && h('span.app', {}, texts.app));
  const banner = h('div.banner');
  banner.style.background = cssColor(profile.color) || 'var(--brand)';
  return h(
    `div.person-card.${profile.status}`,
    {},
    banner,
    h(
      'span.face',
      { title: texts.statuses[profile.status] },
      h('img', { src: profile.avatarUrl, alt: '', width: 80, height: 80 }),
    ),
    h(
      'div.card-body',
      {},
      name,
      h(
        'p.username',
        {},
        profile.username,
        profile.isOwner && h('span.crown', { title: texts.ranks.owner }, icon('crown', 14)),
      ),
      activity && h('p.activity', {}, activity(profile.activity.name, profile.activity.state)),
      profile.isTimedOut &&
        h(
          'p.timed-out',
          {},
          icon('clock', 16),
          texts.timedOutUntil(new Date(profile.timeoutUntil).toLocaleString(locale)),
        ),
      profile.joinedAt && h('h3', {}, texts.memberSince),
      profile.joinedAt && h('p', {}, day(profile.joinedAt)),
      h('h3', {}, texts.discordSince),
      h('p', {}, day(profile.createdAt)),
      profile.roles.length > 0 && h('h3', {}, texts.roles),
      profile.roles.length > 0 && h('ul.roles', {}, ...profile.roles.map(drawRole)),
      drawActions(client, profile),
    ),
  );
}

function drawRole({ name, color }) {
  const dot = h('span.role-dot');
  dot.style.background = cssColor(color) || 'var(--faint)';
  return h('li', {}, dot, name);
}

function drawActions(client, profile) {
  const { texts } = client;
  const act = (sign, text, run, isDangerous = false) =>
    h(
      `button.card-action${isDangerous ? '.dangerous' : ''}`,
      {
        type: 'button',
        onclick: () => {
          closePopover();
          void run();
        },
      },
      icon(sign, 18),
      text,
    );
  const ask = (action) => () => askModeration(client, profile, action);
  const { may } = profile;
  return h(
    'div.card-actions',
    {},
    may.message && act('bubble', texts.sendMessage, () => client.openDirect(profile.id)),
    may.nickname && act('pencil', texts.changeNickname, ask('nickname')),
    may.timeout && !profile.isTimedOut && act('clock', texts.timeout, ask('timeout'), true),
    may.timeout &&
      profile.isTimedOut &&
      act('clock', texts.endTimeout, () => moderate(client, profile, { action: 'timeout', minutes: 0 })),
    may.kick && act('door', texts.kick, ask('kick'), true),
    may.ban && act('hammer', texts.ban, ask('ban'), true),
  );
}

function moderate(client, profile, deed) {
  const body = { as: client.me.id, guildId: client.guild.id, userId: profile.id, ...deed };
  return client.talk.settle(post('moderation', body));
}

/** Asks for what an action needs to know: a nickname, a reason, a duration. */
function askModeration(client, profile, action) {
  const { texts } = client;
  const title = {
    nickname: texts.changeNickname,
    timeout: texts.confirmTimeout(profile.name),
    kick: texts.confirmKick(profile.name),
    ban: texts.confirmBan(profile.name),
  }[action];
  const nick = h('input', { maxlength: 32, placeholder: profile.globalName });
  nick.value = profile.nick ?? '';
  const durations = Object.entries(texts.durations).map(([value, text]) => h('option', { value }, text));
  const minutes = h('select', {}, ...durations);
  const reason = h('input', { maxlength: 512 });
  const submit = (event) => {
    event.preventDefault();
    byId('dialog').close();
    const deed = {
      nickname: { nick: nick.value },
      timeout: { minutes: Number(minutes.value), reason: reason.value },
    }[action] ?? { reason: reason.value };
    void moderate(client, profile, { action, ...deed });
  };
  const style = action === 'nickname' ? 'primary' : 'danger';
  openDialog(
    title,
    h(
      'form',
      { method: 'dialog', onsubmit: submit },
      h('h2', {}, title),
      action === 'nickname' && h('label', {}, h('b', {}, texts.nickname), nick),
      action === 'timeout' && h('label', {}, h('b', {}, texts.duration), minutes),
      action !== 'nickname' && h('label', {}, h('b', {}, texts.reason), reason),
      h(
        'div.actions',
        {},
        h('button.button.secondary', { type: 'button', onclick: () => byId('dialog').close() }, texts.cancel),
        h(`button.button.${style}`, { type: 'submit' }, action === 'nickname' ? texts.save : texts[action]),
      ),
    ),
  );
}
