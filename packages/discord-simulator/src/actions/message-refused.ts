/** A person cannot write this, here, now. The message says why, as the person would read it. */
export abstract class MessageRefused extends Error {}
