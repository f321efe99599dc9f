import { describe, expect, it } from 'vitest';
import { parseDialogues } from './dialogue.js';

describe('parseDialogues', () => {
  it('reads speakers, replies, edits, reactions and casts', () => {
    const [first, second] = parseDialogues(`
      [a=Admin, b=Moderator]
      a: Patch is out! ++ 🎉 🔥
      b^: Finally
      a*: Servers are back at {hour}
      c^1: thanks {@a}

      a: Another one
    `);
    expect(first?.cast).toEqual({ a: 'Admin', b: 'Moderator' });
    expect(first?.turns).toMatchObject([
      { speaker: 'a', text: 'Patch is out!', replyTo: null, reactions: ['🎉', '🔥'], isEdited: false },
      { speaker: 'b', text: 'Finally', replyTo: 0, reactions: [] },
      { speaker: 'a', text: 'Servers are back at {hour}', isEdited: true },
      { speaker: 'c', text: 'thanks {@a}', replyTo: 0 },
    ]);
    expect(second?.turns).toHaveLength(1);
  });

  it('reads pins, titles of threads and cards', () => {
    const [dialogue] = parseDialogues(`
      # Brief: {client}
      a!^1: The brief is up
      > {client} | One idea | Budget: {budget} | When: in: spring
      b: who decides?
    `);
    expect(dialogue?.title).toBe('Brief: {client}');
    expect(dialogue?.turns).toMatchObject([
      {
        isPinned: true,
        replyTo: 0,
        embed: {
          title: '{client}',
          description: 'One idea',
          fields: [
            { name: 'Budget', value: '{budget}' },
            { name: 'When', value: 'in: spring' },
          ],
        },
      },
      { isPinned: false, embed: null },
    ]);
    expect(() => parseDialogues('a: fine\n> Title | text | no colon')).toThrow('no colon');
  });

  it('names the line that is not in its form', () => {
    expect(() => parseDialogues('a: fine\nnobody says this')).toThrow('nobody says this');
  });
});
