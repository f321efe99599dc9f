/** A file a person hands over: for an option of a command, or in a modal. */
export interface GivenFile {
  filename: string;
  /** Its bytes in base64; none, if absent. */
  content?: string | undefined;
}

export type OptionValue = string | number | boolean | GivenFile;

export interface CommandUse {
  userId: string;
  channelId: string;
  /** The command with its subcommands, e.g. `case view`. */
  name: string;
  /** Values by the name of the option; users, roles and channels by their ids. */
  options?: Record<string, OptionValue> | undefined;
  /** Asks for suggestions for this option instead of running the command. */
  focused?: string | undefined;
}

export interface ContextMenuUse {
  userId: string;
  channelId: string;
  name: string;
  /** The user, or the message of this channel, whose menu was opened. */
  targetId: string;
}

export interface ComponentUse {
  userId: string;
  channelId: string;
  messageId: string;
  customId: string;
  /** For selects: what was chosen. */
  values?: string[] | undefined;
}

/** Text; what was chosen in a select, or the one choice of a radio group; whether a box is ticked; files. */
export type FieldValue = string | string[] | boolean | GivenFile[];

export interface ModalUse {
  userId: string;
  channelId: string;
  customId: string;
  /** By the custom ids of the inputs; what is left out stays as the modal showed it. */
  fields: Record<string, FieldValue>;
}

/** What was asked for does not exist or is not allowed for this person. */
export class ImpossibleAction extends Error {}
