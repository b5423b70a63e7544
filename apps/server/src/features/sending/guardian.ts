/** What people do that hurts the number a campaign goes out from. */
export type Harm = 'block' | 'opt_out'

interface Counts {
  sent: number
  block: number
  opt_out: number
}

interface Limit {
  readonly share: number
  /** Fewer say nothing. */
  readonly countMin: number
}

const limits: Readonly<Record<Harm, Limit>> = {
  block: { share: 0.03, countMin: 5 },
  opt_out: { share: 0.1, countMin: 10 },
}

/** The newest so many messages count; older ones are forgotten by halves. */
const windowMessages = 1_000
const sentMin = 50

/**
 * Watches how people answer the campaigns of this process and says when one hurts its numbers.
 *
 * In memory only: after a restart it begins anew, and so it does for a campaign that was halted and goes on.
 */
export class Guardian {
  readonly #byCampaign = new Map<string, Counts>()

  sent(campaignId: string, messages: number): void {
    const counts = this.#countsOf(campaignId)
    counts.sent += messages
    if (counts.sent < windowMessages * 2) return
    counts.sent /= 2
    counts.block /= 2
    counts.opt_out /= 2
  }

  /** @returns true when the campaign should be halted now; its counts start again. */
  harmed(campaignId: string, harm: Harm): boolean {
    const counts = this.#countsOf(campaignId)
    counts[harm] += 1
    const { share, countMin } = limits[harm]
    if (counts.sent < sentMin || counts[harm] < countMin || counts[harm] < counts.sent * share) return false
    this.#byCampaign.delete(campaignId)
    return true
  }

  #countsOf(campaignId: string): Counts {
    let counts = this.#byCampaign.get(campaignId)
    if (!counts) this.#byCampaign.set(campaignId, (counts = { sent: 0, block: 0, opt_out: 0 }))
    return counts
  }
}
