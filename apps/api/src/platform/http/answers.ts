import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** Documents what a route answers with when all is well. */
export function Answers(schema: z.ZodType, { status = 200, description = '' } = {}): MethodDecorator & ClassDecorator {
  return ApiResponse({ status, description, standardSchema: schema });
}
