interface Errors {
  _errors?: { code: string }[];
  [field: string]: Errors | { code: string }[] | undefined;
}

/** The faults of a refused form, as `path CODE`. @throws Error for any other answer */
export async function formFaults(answer: Promise<Response>): Promise<string[]> {
  const response = await answer;
  const body = (await response.json()) as { code: number; message: string; errors?: Errors };
  if (response.status !== 400 || body.code !== 50_035)
    throw new Error(`${response.status} in place of an invalid form: ${JSON.stringify(body)}`);
  return flatten(body.errors ?? {}, []);
}

function flatten(errors: Errors, path: string[]): string[] {
  const own = (errors._errors ?? []).map(({ code }) => [path.join('.'), code].filter(Boolean).join(' '));
  const inside = Object.entries(errors).flatMap(([field, inner]) =>
    field === '_errors' || !inner || Array.isArray(inner) ? [] : flatten(inner, [...path, field]),
  );
  return [...own, ...inside];
}
