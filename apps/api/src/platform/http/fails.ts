import { type ProblemCode, problemTable } from '@guildhall/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/**
 * Documents how a route can fail, beyond what is said of every route of its kind: for guilds 403 and 404, for accounts 401,
 * for versions 412.
 */
export function Fails(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const byStatus = Map.groupBy(codes, (code) => problemTable[code].status);
  return applyDecorators(
    ...[...byStatus].map(([status, ofStatus]) =>
      ApiResponse({
        status,
        description: ofStatus.map((code) => `${problemTable[code].title} (\`${code}\`).`).join(' '),
      }),
    ),
  );
}
