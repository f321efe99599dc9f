let loading: Promise<ReadonlySet<string>> | undefined;

/**
 * Passwords that leaked often, in lower case; about 18,000 of them have the length we ask for. Some hundred kilobytes, read
 * when the first password is judged.
 */
export async function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary.passwords));
  return loading;
}
