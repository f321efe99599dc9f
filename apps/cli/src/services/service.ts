/** Something `guildhall start` keeps running: PostgreSQL, or one of Guildhall's processes. */
export interface Service {
  /** As a person would say it at the beginning of a sentence: `The gateway`. */
  readonly title: string;
  /** Where its log is, for messages about its end. */
  readonly logFile: string;
  /**
   * Starts it and waits until it serves.
   * @param signal ends a start that has become pointless
   */
  start(signal: AbortSignal): Promise<RunningService>;
}

export interface RunningService {
  /** Settles when it has ended for whatever reason, with that reason. */
  readonly exited: Promise<string>;
  /** Ends it in order and waits for it; by force where that takes too long. */
  stop(): Promise<void>;
}
