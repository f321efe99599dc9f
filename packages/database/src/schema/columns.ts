import type { Snowflake } from '@guildhall/contracts';
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** A Discord id: `bigint` in SQL, a decimal string in TypeScript (pg hands `int8` over as a string already). */
export const snowflake = customType<{ data: Snowflake; driverData: string }>({
  dataType: () => 'bigint',
});

/** Several Discord ids in one column. */
export const snowflakeArray = customType<{ data: Snowflake[]; driverData: string[] }>({
  dataType: () => 'bigint[]',
});

/** Discord's permission bits: 64-bit and never searched by arithmetic, kept as `numeric` in a decimal string. */
export const permissionBits = customType<{ data: string; driverData: string }>({
  dataType: () => 'numeric(20)',
});

/** A hash or another short run of bytes. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
});

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Our own ids are UUIDv7, made in code so that a row's id is known before it is written. */
export const ownId = () => uuid('id').primaryKey();

export const createdAt = () => instant('created_at').notNull().defaultNow();

export const updatedAt = () =>
  instant('updated_at')
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date());
