/** One line somebody says in a conversation. */
export interface Turn {
  /** A letter that stands for one person throughout the conversation. */
  speaker: string;
  text: string;
  /** Index of the turn this one replies to. */
  replyTo: number | null;
  reactions: string[];
  isEdited: boolean;
}

export interface Dialogue {
  turns: Turn[];
  /** Role by speaker, where only some people could say it. */
  cast: Record<string, string>;
}

const LINE = /^(?<speaker>[a-f])(?<edited>\*)?(?<reply>\^(?<line>\d+)?)?: (?<text>.+?)(?: \+\+ (?<reactions>\S.*))?$/u;

/**
 * Reads conversations as they are written in the demo's scripts, separated by empty lines:
 *
 *     [a=Admin]                          only an Admin may be speaker a
 *     a: Patch is out! ++ 🎉 🔥           said by a, with two reactions
 *     b^: Finally                        a reply to the line before; `b^1:` replies to line 1
 *     a*: Servers are back at {hour}     edited afterwards; `{hour}` is filled in
 *     c: thanks {@a}                     mentions a
 *
 * @throws Error for a line that is not in this form, so that a typing error in a script shows at once
 */
export function parseDialogues(script: string): Dialogue[] {
  return script
    .trim()
    .split(/\n\s*\n/)
    .map((block) => parseDialogue(block.split('\n').map((line) => line.trim())));
}

function parseDialogue(lines: string[]): Dialogue {
  const dialogue: Dialogue = { turns: [], cast: {} };
  for (const line of lines) {
    if (line.startsWith('[')) dialogue.cast = parseCast(line);
    else dialogue.turns.push(parseTurn(line, dialogue.turns.length));
  }
  return dialogue;
}

function parseCast(line: string): Record<string, string> {
  const entries = line.slice(1, -1).split(', ');
  return Object.fromEntries(entries.map((entry) => entry.split('=') as [string, string]));
}

function parseTurn(line: string, index: number): Turn {
  const groups = LINE.exec(line)?.groups;
  if (!groups?.['speaker'] || !groups['text']) throw new Error(`Not a line of a conversation: ${line}`);
  const repliedLine = groups['line'] ? Number(groups['line']) - 1 : index - 1;
  return {
    speaker: groups['speaker'],
    text: groups['text'],
    replyTo: groups['reply'] ? repliedLine : null,
    reactions: groups['reactions']?.split(' ') ?? [],
    isEdited: groups['edited'] !== undefined,
  };
}
