import { z } from 'zod';

const givenFile = z.object({ filename: z.string().min(1).max(1_024), content: z.base64().optional() });

/** A value of an option of a command, as JSON. */
export const optionValue = z.union([z.string(), z.number(), z.boolean(), givenFile]);

/** What is filled into a field of a modal, as JSON. */
export const fieldValue = z.union([z.string(), z.boolean(), z.array(z.string()), z.array(givenFile)]);
