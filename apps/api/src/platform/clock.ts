/** The time, as everything that compares instants reads it; specs set their own. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
