import { type ProblemCode, problemCode, problemSchema, problemTable, type Problem } from '@guildhall/contracts';

/**
 * Reads an answer that must be a problem document in every detail, and returns it with its code.
 * @throws Error when it is anything else
 */
export async function readProblem(response: Response): Promise<Problem & { code: ProblemCode }> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json'))
    throw new Error(`${response.status} ${type}: ${text.slice(0, 300)}`);
  const problem = problemSchema.strict().parse(JSON.parse(text));
  const code = problemCode(problem);
  if (problem.status !== response.status || problem.status !== problemTable[code].status) {
    throw new Error(`${code} must not be answered with ${response.status}: ${text}`);
  }
  if (problem.requestId !== response.headers.get('x-request-id')) throw new Error('the request id is not the header');
  if (/\bat \S+ \(|node_modules|\.js:\d+/.test(text)) throw new Error(`a stack trace went out: ${text}`);
  return { ...problem, code };
}
