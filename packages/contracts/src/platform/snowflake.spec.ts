import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snowflakeAt, snowflakeInstant, snowflakeSchema } from './snowflake.js';

describe('snowflake', () => {
  it('knows when an id of the documentation was made', () => {
    const id = snowflakeSchema.parse('175928847299117063');

    expect(snowflakeInstant(id).toISOString()).toBe('2016-04-30T11:18:25.796Z');
  });

  it.each(['', '01', '-1', '1.5', '1e3', ' 1', '9223372036854775808', '99999999999999999999'])(
    'refuses %j',
    (value) => {
      expect(snowflakeSchema.safeParse(value).success).toBe(false);
    },
  );

  it('bounds every id of an instant from below', () => {
    const instants = fc.date({ min: new Date('2015-01-02'), max: new Date('2080-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.bigInt(0n, (1n << 22n) - 1n), (instant, low) => {
        const smallest = snowflakeAt(instant);
        const id = snowflakeSchema.parse(String(BigInt(smallest) + low));
        expect(snowflakeInstant(id).getTime()).toBe(instant.getTime());
      }),
    );
  });
});
