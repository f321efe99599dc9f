import { createHmac } from 'node:crypto';

const FIRST_KEY_ID = 'k1';

/** The keys of `AUDIT_KEY`: the first one signs, all of them verify. */
export class AuditKeys {
  readonly currentId: string;
  private readonly keys: ReadonlyMap<string, string>;

  /** @param list one secret, or a list of `id:secret` for a rotation */
  constructor(list: string) {
    const keys = list.split(',').map(parseKey);
    this.keys = new Map(keys);
    this.currentId = keys[0]?.[0] ?? FIRST_KEY_ID;
  }

  get ids(): string[] {
    return [...this.keys.keys()];
  }

  /**
   * HMAC-SHA256 with a key that is derived for one purpose, so that what one part of Guildhall signs means nothing to another.
   * @returns null when the key is not in the list any more
   */
  mac(keyId: string, purpose: 'chain' | 'heads' | 'erasures', ...pieces: (Buffer | string)[]): Buffer | null {
    const key = this.keys.get(keyId);
    if (key === undefined) return null;
    const hmac = createHmac('sha256', createHmac('sha256', key).update(`guildhall/${purpose}`).digest());
    for (const piece of pieces) hmac.update(piece);
    return hmac.digest();
  }

  /** The same with the key that signs now. */
  currentMac(purpose: 'chain' | 'heads' | 'erasures', ...pieces: (Buffer | string)[]): Buffer {
    const mac = this.mac(this.currentId, purpose, ...pieces);
    if (!mac) throw new Error('AUDIT_KEY names no key');
    return mac;
  }
}

/** A lone key needs no id until a second one joins it. */
function parseKey(text: string): [id: string, key: string] {
  const [first = '', second] = text.split(':');
  return second === undefined ? [FIRST_KEY_ID, first] : [first, second];
}
