import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EnvironmentError, parseEnvironment, portSchema } from './environment.js';

const schema = z.object({ PORT: portSchema.default(3000), WEB_URL: z.url('must be an address') });

describe('parseEnvironment', () => {
  it('names every variable that is wrong, at once', () => {
    const parse = () => parseEnvironment(schema, { PORT: 'many', WEB_URL: 'nowhere' });

    expect(parse).toThrow(new EnvironmentError(['PORT: must be a port number', 'WEB_URL: must be an address']));
  });

  it('takes an empty variable for an absent one', () => {
    const { config } = parseEnvironment(schema, { PORT: '', WEB_URL: 'http://localhost' });

    expect(config.PORT).toBe(3000);
  });

  it('reads an older name and says so', () => {
    const { config, notices } = parseEnvironment(schema, { FRONTEND_URL: 'http://old' }, { FRONTEND_URL: 'WEB_URL' });

    expect(config.WEB_URL).toBe('http://old');
    expect(notices).toEqual([expect.stringContaining('FRONTEND_URL is an older name of WEB_URL')]);
  });

  it('prefers the current name to the older one', () => {
    const environment = { FRONTEND_URL: 'http://old', WEB_URL: 'http://new' };
    const { config, notices } = parseEnvironment(schema, environment, { FRONTEND_URL: 'WEB_URL' });

    expect(config.WEB_URL).toBe('http://new');
    expect(notices).toEqual([]);
  });

  describe('with several older names for one', () => {
    const aliases = { WEB_HOST: 'WEB_URL', WEB_PORT: 'WEB_URL' };
    const composers = {
      WEB_URL: ({ WEB_HOST, WEB_PORT }: Readonly<Record<string, string | undefined>>) =>
        `http://${WEB_HOST ?? 'localhost'}:${WEB_PORT ?? '80'}`,
    };
    const read = (environment: Record<string, string>) => parseEnvironment(schema, environment, aliases, composers);

    it('puts them together and names each that was used', () => {
      const { config, notices } = read({ WEB_HOST: 'old', WEB_PORT: '8080' });

      expect(config.WEB_URL).toBe('http://old:8080');
      expect(notices).toEqual([
        expect.stringContaining('WEB_HOST is an older way to say a part of WEB_URL'),
        expect.stringContaining('WEB_PORT is an older way to say a part of WEB_URL'),
      ]);
    });

    it('makes do with one of them', () => {
      const { config, notices } = read({ WEB_PORT: '8080' });

      expect(config.WEB_URL).toBe('http://localhost:8080');
      expect(notices).toHaveLength(1);
    });

    it('does not look at them when the current name is set', () => {
      const { config, notices } = read({ WEB_HOST: 'old', WEB_URL: 'http://new' });

      expect(config.WEB_URL).toBe('http://new');
      expect(notices).toEqual([]);
    });
  });
});
