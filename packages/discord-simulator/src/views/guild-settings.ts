import type { Guild } from '../state/model.js';

/** What the guild may do and shows: features that follow from other settings are among them. */
export function featuresOf(guild: Guild): string[] {
  return [...guild.settings.features, ...(guild.welcomeScreen.isEnabled ? ['WELCOME_SCREEN_ENABLED'] : [])];
}

/** The part of a guild that `PATCH /guilds/:id` and the widget's settings change. */
export function renderSettings({ settings }: Guild): object {
  return {
    afk_channel_id: settings.afkChannelId,
    afk_timeout: settings.afkTimeoutSeconds,
    system_channel_id: settings.systemChannelId,
    system_channel_flags: settings.systemChannelFlags,
    widget_enabled: settings.isWidgetEnabled,
    widget_channel_id: settings.widgetChannelId,
    verification_level: settings.verificationLevel,
    default_message_notifications: settings.defaultNotifications,
    explicit_content_filter: settings.contentFilter,
    vanity_url_code: settings.vanityCode,
    rules_channel_id: settings.rulesChannelId,
    safety_alerts_channel_id: settings.safetyAlertsChannelId,
    public_updates_channel_id: settings.publicUpdatesChannelId,
    premium_progress_bar_enabled: settings.showsBoostProgress,
  };
}

/** Incident actions that have not ended, or null. @see https://docs.discord.com/developers/resources/guild#incidents-data-object */
export function renderIncidents(guild: Guild): object | null {
  const lasting = (until: string | null) => (until && Date.parse(until) > guild.clock.now() ? until : null);
  const invites = lasting(guild.settings.invitesDisabledUntil);
  const directMessages = lasting(guild.settings.directMessagesDisabledUntil);
  if (!invites && !directMessages) return null;
  return { invites_disabled_until: invites, dms_disabled_until: directMessages };
}

/** What the audit log compares: the guild's own attributes under the names it uses there. */
export function renderLoggedGuild(guild: Guild): object {
  return {
    name: guild.name,
    description: guild.description,
    icon_hash: guild.icon,
    owner_id: guild.ownerId,
    preferred_locale: guild.preferredLocale,
    ...renderSettings(guild),
  };
}
