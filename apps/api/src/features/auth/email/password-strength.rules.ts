/** What a password must not be made of: whose it is, and what it is for. */
export interface PasswordCircumstances {
  email: string;
  displayName?: string | undefined;
}

/** Shorter parts of an address or a name may be in any good password by chance. */
const MIN_TELLING_LENGTH = 4;

const PRODUCT_WORDS = ['guildhall', 'discord'];

/** What people add to a word to make it look like a password. */
const DECORATION = /^[\d\W_]+|[\d\W_]+$/g;

/**
 * Why a password is too easy to guess, as a sentence for the person, or null. Length is the contract's business; no rule asks
 * for kinds of characters.
 * @param common passwords that leaked often, in lower case
 * @see https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x15-V6-Authentication.md section V6.2
 */
export function weaknessOf(
  password: string,
  { email, displayName }: PasswordCircumstances,
  common: ReadonlySet<string>,
): string | null {
  const lower = password.toLowerCase();
  const word = lower.replaceAll(DECORATION, '');
  if (common.has(lower) || common.has(word)) return 'It is a very common password, or one with little added.';
  if (isRepetitive(lower)) return 'It repeats the same characters.';
  if (PRODUCT_WORDS.some((product) => lower.includes(product))) return 'It names what it is for.';
  const [localPart = '', domain = ''] = email.toLowerCase().split('@');
  const telling = [localPart, domain.split('.')[0] ?? '', displayName?.toLowerCase() ?? ''];
  if (telling.some((part) => part.length >= MIN_TELLING_LENGTH && lower.includes(part))) {
    return 'It contains a part of the e-mail address or of the name.';
  }
  return null;
}

/** One or two characters, or a short piece over and over. */
function isRepetitive(password: string): boolean {
  return new Set(password).size <= 2 || /^(.{1,4})\1+$/u.test(password);
}
