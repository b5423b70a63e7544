import type { EgressWait } from '@siar/domain'

/** There is no way out for a sender now: its session stays closed until the reason has gone. */
export class EgressWaits extends Error {
  readonly reason: EgressWait

  constructor(reason: EgressWait) {
    super(`The sender has no way out: ${reason}`)
    this.name = 'EgressWaits'
    this.reason = reason
  }
}
