import { createHash, randomBytes } from 'node:crypto';

/** How far a seeded source has come: from there it goes on alike. */
export interface RandomnessState {
  seed: string;
  /** Blocks drawn so far. */
  drawn: number;
}

/** Bytes of one block: what SHA-256 gives. */
const BLOCK_BYTES = 32;

/**
 * The one source of everything in this Discord that nobody may guess: tokens, invite codes, session ids. Cryptographic; with a seed it
 * is the same in every run instead, and protects nothing.
 */
export class Randomness {
  private drawn = 0;

  constructor(private seed?: string) {}

  /** This many bytes in base64url. */
  token(byteCount: number): string {
    return this.bytes(byteCount).toString('base64url');
  }

  /** This many bytes in hexadecimal. */
  hex(byteCount: number): string {
    return this.bytes(byteCount).toString('hex');
  }

  /** A whole number from 0, below `bound`. */
  integer(bound: number): number {
    // 48 bits: for bounds as small as those of alphabets the remainder favours nothing that could be noticed.
    return this.bytes(6).readUIntBE(0, 6) % bound;
  }

  /** A source of its own: how much it is asked for changes nothing in this one. */
  branch(name: string): Randomness {
    return new Randomness(this.seed === undefined ? undefined : `${this.seed}/${name}`);
  }

  /** Null where there is no seed, and so nothing that could be repeated. */
  get state(): RandomnessState | null {
    return this.seed === undefined ? null : { seed: this.seed, drawn: this.drawn };
  }

  /** Goes on from where another source, or this one earlier, had come. */
  restore({ seed, drawn }: RandomnessState): void {
    this.seed = seed;
    this.drawn = drawn;
  }

  private bytes(count: number): Buffer {
    if (this.seed === undefined) return randomBytes(count);
    const blocks: Buffer[] = [];
    for (let filled = 0; filled < count; filled += BLOCK_BYTES) {
      blocks.push(createHash('sha256').update(`${this.seed}:${this.drawn}`).digest());
      this.drawn += 1;
    }
    return Buffer.concat(blocks).subarray(0, count);
  }
}
