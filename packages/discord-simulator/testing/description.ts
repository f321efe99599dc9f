import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Exchange } from '../src/options.js';

/** Something one may ask Discord for. */
export interface Operation {
  method: string;
  /** With parameters in braces, as Discord writes it. */
  route: string;
  statuses: string[];
}

interface Schema {
  const?: unknown;
  $ref?: string;
  type?: unknown;
  properties?: Record<string, Schema>;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
}

interface Content {
  content?: Record<string, unknown>;
}

interface Document {
  components: { schemas: Record<string, Schema & { required?: string[] }> };
  paths: Record<
    string,
    Record<string, { security?: object[]; requestBody?: Content; responses: Record<string, Content> }>
  >;
}

const PERMISSION_FIELDS = ['allow', 'deny', 'permissions', 'default_member_permissions'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Discord's own description of its HTTP API, made into validators. */
export class Description {
  readonly operations: Operation[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly document: Document;

  constructor(file: string) {
    // The package's types describe its CommonJS form.
    (formats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    // Ids are strings of digits; Discord's formats for them are its own.
    for (const format of ['snowflake', 'nonce', 'base64-image']) this.ajv.addFormat(format, true);
    this.document = JSON.parse(readFileSync(file, 'utf8')) as Document;
    amend(this.document);
    this.ajv.addSchema(this.document, 'discord');
    this.operations = Object.entries(this.document.paths).flatMap(([route, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({
        method: method.toUpperCase(),
        route,
        statuses: Object.keys(item[method]?.responses ?? {}),
      })),
    );
  }

  /** What is wrong with an exchange that is no refusal, in lines; nothing for one that Discord could have had. */
  faultsOf({ method, path, sent, status, answer }: Exchange): string[] {
    const operation = this.operationFor(method, path);
    if (!operation) return [`${method} ${path} is no operation of Discord`];
    const name = `${operation.method} ${operation.route}`;
    if (!operation.statuses.includes(String(status))) return [`${name} never answers ${status}`];
    // An absent body is an empty one to Discord.
    return [
      ...this.faultsIn(withNumericPermissions(sent ?? {}), { operation, part: ['requestBody'] }).map(
        (fault) => `${name} was sent ${fault}`,
      ),
      ...this.faultsIn(answer, { operation, part: ['responses', String(status)] }).map(
        (fault) => `${name} answered ${fault}`,
      ),
    ];
  }

  private faultsIn(body: unknown, schema: { operation: Operation; part: string[] }): string[] {
    const validate = this.validatorFor(schema);
    if (!validate || validate(body)) return [];
    const errors = (validate.errors ?? []).slice(0, 6);
    return errors.map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  /** Whether it is for those alone who say who they are. */
  needsToken({ method, route }: Operation): boolean {
    const { security = [] } = this.document.paths[route]?.[method.toLowerCase()] ?? {};
    return security.length > 0 && security.every((way) => Object.keys(way).length > 0);
  }

  /** A body in which no field is what it should be; undefined for operations that take none, or nothing that could be wrong. */
  wrongBodyFor({ method, route }: Operation): unknown {
    const content = this.document.paths[route]?.[method.toLowerCase()]?.requestBody?.content?.['application/json'];
    if (!content) return undefined;
    const [schema] = this.alternativesOf((content as { schema: Schema }).schema);
    if (schema?.type === 'array') return { wrong: true };
    const fields = Object.entries(schema?.properties ?? {});
    if (fields.length === 0) return undefined;
    const isObject = (field: Schema) => this.alternativesOf(field).some(({ type }) => type === 'object');
    return Object.fromEntries(fields.map(([name, field]) => [name, isObject(field) ? 'wrong' : { wrong: true }]));
  }

  /** What a schema may be in the end. */
  private alternativesOf(schema: Schema): Schema[] {
    if (schema.$ref !== undefined) {
      const place = schema.$ref.split('/').slice(1);
      return this.alternativesOf(this.at(place) as Schema);
    }
    const parts = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => list ?? []);
    return parts.length > 0 ? parts.flatMap((part) => this.alternativesOf(part)) : [schema];
  }

  private at(place: readonly string[]): unknown {
    return place.reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      this.document,
    );
  }

  private operationFor(method: string, path: string): Operation | undefined {
    const parts = path.split('/');
    const fitting = this.operations.filter((operation) => {
      const pattern = operation.route.split('/');
      const fits = (part: string, index: number) => part.startsWith('{') || part === parts[index];
      return operation.method === method && pattern.length === parts.length && pattern.every(fits);
    });
    // `/users/@me` goes before `/users/{user_id}`.
    const parameters = (operation: Operation) => operation.route.split('{').length;
    return fitting.sort((left, right) => parameters(left) - parameters(right))[0];
  }

  private validatorFor({ operation, part }: { operation: Operation; part: string[] }): ValidateFunction | undefined {
    const place = ['paths', operation.route, operation.method.toLowerCase(), ...part];
    const key = place.join(' ');
    const known = this.validators.get(key);
    if (known) return known;
    const described = this.at(place);
    if (!(described as Content | undefined)?.content?.['application/json']) return undefined;
    const pointer = [...place, 'content', 'application/json', 'schema'];
    const escaped = pointer.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = this.ajv.compile({ $ref: `discord#/${escaped.join('/')}` });
    this.validators.set(key, validate);
    return validate;
  }
}

/**
 * Bit fields of permissions are strings of digits by Discord's documentation, and so every library sends them; its description of requests
 * has them as integers. @see https://docs.discord.com/developers/topics/permissions
 */
function withNumericPermissions(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withNumericPermissions);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const isBitField = PERMISSION_FIELDS.includes(name) && typeof value === 'string' && /^\d+$/.test(value);
      return [name, isBitField ? Number(value) : withNumericPermissions(value)];
    }),
  );
}

/**
 * Where Discord's documentation says otherwise than its description, and libraries follow it: forwards are references of type 1, the text of
 * an application is a string, and a bot may change its avatar without its name.
 * @see https://docs.discord.com/developers/resources/message#message-reference-types
 * @see https://docs.discord.com/developers/resources/application#edit-current-application
 * @see https://docs.discord.com/developers/resources/user#modify-current-user
 */
function amend({ components: { schemas } }: Document): void {
  schemas['MessageReferenceType']?.oneOf?.push({ const: 1 });
  const text = schemas['ApplicationFormPartial']?.properties?.['description'];
  if (text) text.type = ['object', 'string', 'null'];
  const account = schemas['BotAccountPatchRequest'];
  if (account) account.required = [];
}

const file = process.env['DISCORD_OPENAPI'];

/** Discord's description where `DISCORD_OPENAPI` names it. */
export const description = file ? new Description(file) : null;
