import type { Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';

/** Whose data it is, by everything that rows may know them by. */
export interface Person {
  accountId: string;
  discordId: Snowflake | null;
  /** In lower case. */
  emails: readonly string[];
}

/** What a feature holds of people. */
export interface PersonalDataHolder {
  /** Everything held of a person, item by item, as JSON without secrets. */
  export(person: Person): AsyncIterable<unknown>;
  /** Deletes it, or makes it nobody's; the account itself falls last, with all that refers to it by foreign key. */
  erase(transaction: Transaction, person: Person): Promise<void>;
}

/** Every feature that holds something of people registers here how it is handed out and how it is erased. */
@Injectable()
export class PersonalData {
  private readonly holders = new Map<string, PersonalDataHolder>();

  /** @param section its name in the copy that people get */
  register(section: string, holder: PersonalDataHolder): void {
    if (this.holders.has(section)) throw new Error(`personal data ${section} is registered twice`);
    this.holders.set(section, holder);
  }

  /** Everything held of a person, section by section. */
  sections(person: Person): { section: string; items: AsyncIterable<unknown> }[] {
    return [...this.holders].map(([section, holder]) => ({ section, items: holder.export(person) }));
  }

  async erase(transaction: Transaction, person: Person): Promise<void> {
    for (const holder of this.holders.values()) await holder.erase(transaction, person);
  }
}
