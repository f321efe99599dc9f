export interface BannerFacts {
  webUrl: string;
  simulatorUrl: string | undefined;
  isDatabaseEmbedded: boolean;
  dataDir: string;
}

/** The last words of a successful start: where it runs, on what, and how to sign in. */
export function banner({ webUrl, simulatorUrl, isDatabaseEmbedded, dataDir }: BannerFacts): string {
  return [
    '',
    `  Guildhall runs on ${webUrl}`,
    '',
    `  Discord    ${simulatorUrl ? `the local Discord on ${simulatorUrl} (no token needed)` : 'Discord itself, with DISCORD_TOKEN'}`,
    `  Database   ${isDatabaseEmbedded ? 'the embedded PostgreSQL' : 'PostgreSQL at DATABASE_URL'}`,
    `  Data       ${dataDir}`,
    `  Sign in    open ${webUrl}, choose "Continue with Discord"${simulatorUrl ? ' and pick a person' : ''}`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}
