import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Operation {
  method: string;
  /** With parameters in braces, as Discord writes it. */
  route: string;
  statuses: string[];
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
}

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
    this.ajv.addSchema(this.document, 'discord');
    this.operations = Object.entries(this.document.paths).flatMap(([route, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({
        method: method.toUpperCase(),
        route,
        statuses: Object.keys(item[method]?.responses ?? {}),
      })),
    );
  }

  /** What is wrong with an answer that is no refusal, in lines; nothing for one that Discord could have given. */
  faultsOf(request: { method: string; path: string }, response: { status: number; body: unknown }): string[] {
    const operation = this.operationFor(request.method, request.path);
    if (!operation) return [`${request.method} ${request.path} is no operation of Discord`];
    const status = String(response.status);
    if (!operation.statuses.includes(status)) return [`${operation.method} ${operation.route} never answers ${status}`];
    const validate = this.validatorFor(operation, status);
    if (!validate || validate(response.body)) return [];
    return (validate.errors ?? []).slice(0, 6).map((error) => `${error.instancePath} ${error.message ?? ''}`);
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

  private validatorFor({ method, route }: Operation, status: string): ValidateFunction | undefined {
    const key = `${method} ${route} ${status}`;
    const known = this.validators.get(key);
    if (known) return known;
    const response = this.document.paths[route]?.[method.toLowerCase()]?.responses[status];
    if (!response?.content?.['application/json']) return undefined;
    const pointer = [
      'paths',
      route,
      method.toLowerCase(),
      'responses',
      status,
      'content',
      'application/json',
      'schema',
    ];
    const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = this.ajv.compile({ $ref: `discord#/${escaped.join('/')}` });
    this.validators.set(key, validate);
    return validate;
  }
}

const file = process.env['DISCORD_OPENAPI'];

/** Discord's description where `DISCORD_OPENAPI` names it. */
export const description = file ? new Description(file) : null;
