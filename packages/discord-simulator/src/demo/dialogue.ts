/** One line somebody says in a conversation. */
export interface Turn {
  /** A letter that stands for one person throughout the conversation. */
  speaker: string;
  text: string;
  /** Index of the turn this one replies to. */
  replyTo: number | null;
  reactions: string[];
  isEdited: boolean;
  isPinned: boolean;
  embed: EmbedScript | null;
  picture: PictureScript | null;
}

/** A picture that is sent along. */
export interface PictureScript {
  kind: string;
  filename: string;
  description: string;
}

/** A card below the text, as integrations post it. */
export interface EmbedScript {
  title: string;
  description: string;
  fields: { name: string; value: string }[];
}

export interface Dialogue {
  turns: Turn[];
  /** What the thread is called that the first turn starts and the others are said in; null where it all stays in the channel. */
  title: string | null;
  /** Of its post in a forum. */
  tags: string[];
  /** Role by speaker, where only some people could say it. */
  cast: Record<string, string>;
}

const LINE =
  /^(?<speaker>[a-f])(?<edited>\*)?(?<pinned>!)?(?<reply>\^(?<line>\d+)?)?: (?<text>.+?)(?: \+\+ (?<reactions>\S.*))?$/u;

/**
 * Reads conversations as they are written in the demo's scripts, separated by empty lines:
 *
 *     [a=Admin]                          only an Admin may be speaker a
 *     a: Patch is out! ++ 🎉 🔥           said by a, with two reactions
 *     b^: Finally                        a reply to the line before; `b^1:` replies to line 1
 *     a*: Servers are back at {hour}     edited afterwards; `{hour}` is filled in
 *     c: thanks {@a}                     mentions a
 *     a: {morning|hey} all               one of several ways to put it
 *     a!: The menu is up                 pinned
 *     > Title | text | Name: value       a card below the line before, with any number of fields
 *     = poster coat.png A wet coat       a picture with the line before: what kind, its file, and what is on it
 *
 * A block that begins with `# Title` goes on in a thread of that name after its first line; in a forum it is a post, and may have tags:
 * `# Title #answered`.
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
  const dialogue: Dialogue = { turns: [], cast: {}, title: null, tags: [] };
  for (const line of lines) {
    const last = dialogue.turns.at(-1);
    if (line.startsWith('[')) dialogue.cast = parseCast(line);
    else if (line.startsWith('# ')) Object.assign(dialogue, parseTitle(line));
    else if (line.startsWith('> ') && last) last.embed = parseEmbed(line);
    else if (line.startsWith('= ') && last) last.picture = parsePicture(line);
    else dialogue.turns.push(parseTurn(line, dialogue.turns.length));
  }
  return dialogue;
}

/** `# Title` or `# Title #tag #tag` */
function parseTitle(line: string): Pick<Dialogue, 'title' | 'tags'> {
  const [title = '', ...tags] = line.slice(2).split(' #');
  return { title, tags };
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
    isPinned: groups['pinned'] !== undefined,
    embed: null,
    picture: null,
  };
}

function parseEmbed(line: string): EmbedScript {
  const [title = '', description = '', ...fields] = line.slice(2).split(' | ');
  return { title, description, fields: fields.map(parseField) };
}

function parseField(field: string): { name: string; value: string } {
  const colon = field.indexOf(': ');
  if (colon < 0) throw new Error(`Not a field of a card: ${field}`);
  return { name: field.slice(0, colon), value: field.slice(colon + 2) };
}

function parsePicture(line: string): PictureScript {
  const [kind = '', filename = '', ...description] = line.slice(2).split(' ');
  return { kind, filename, description: description.join(' ') };
}
