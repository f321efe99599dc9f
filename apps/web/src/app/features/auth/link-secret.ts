import { inject } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

/** The secret of a mailed link. It stands behind the `#`, which no server and no log gets to see. */
export function linkSecret(): string {
  return new URLSearchParams(inject(ActivatedRoute).snapshot.fragment ?? '').get('token') ?? '';
}
