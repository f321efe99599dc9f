/** At most two letters that stand for a name, as Discord does for guilds without an icon. */
export function initials(name: string): string {
  const letters = name
    .split(/[\s_.-]+/)
    .flatMap((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? []);
  return letters.slice(0, 2).join('').toUpperCase();
}
