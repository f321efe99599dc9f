/** What a scenario waited for did not happen, or happened though it never should have; the message tells what happened instead. */
export class ExpectationFailed extends Error {}
