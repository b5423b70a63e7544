const peopleMax = 10_000

/** The newest message of each person, for answers that must name one. Forgets who was silent longest. */
export class LatestMessages {
  private readonly byAddress = new Map<string, string>()

  keep(addresses: readonly string[], channelMessageId: string): void {
    for (const address of addresses) {
      this.byAddress.delete(address)
      this.byAddress.set(address, channelMessageId)
      const [oldest] = this.byAddress.keys()
      if (this.byAddress.size > peopleMax && oldest !== undefined) this.byAddress.delete(oldest)
    }
  }

  find(address: string): string | null {
    return this.byAddress.get(address) ?? null
  }
}
