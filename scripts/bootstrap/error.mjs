/** Something the person at the keyboard can put right; the message is one line that says how. */
export class BootstrapError extends Error {}
