/** A map that forgets what was used longest ago beyond `sizeMax` entries. */
export class RecentMap<V> {
  private readonly entries = new Map<string, V>()
  private readonly sizeMax: number

  constructor(sizeMax: number) {
    this.sizeMax = sizeMax
  }

  find(key: string): V | undefined {
    const value = this.entries.get(key)
    if (value !== undefined) this.put(key, value)
    return value
  }

  put(key: string, value: V): void {
    this.entries.delete(key)
    this.entries.set(key, value)
    const [oldest] = this.entries.keys()
    if (this.entries.size > this.sizeMax && oldest !== undefined) this.entries.delete(oldest)
  }

  /** The newest so many, oldest first. */
  newest(count: number): [string, V][] {
    return [...this.entries].slice(-count)
  }
}
