/** A cache that never holds more than so many entries, none longer than its time; it needs no timer. */
export class BoundedCache<T> {
  private readonly entries = new Map<string, { readonly value: T; readonly untilMs: number }>()
  private readonly entriesMax: number
  private readonly validMs: number

  constructor(entriesMax: number, validMs = Infinity) {
    this.entriesMax = entriesMax
    this.validMs = validMs
  }

  get<V = T>(key: string): V | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined) return undefined
    this.entries.delete(key)
    if (entry.untilMs < performance.now()) return undefined
    this.entries.set(key, entry)
    return entry.value as unknown as V
  }

  set(key: string, value: unknown): void {
    this.entries.delete(key)
    this.entries.set(key, { value: value as T, untilMs: performance.now() + this.validMs })
    if (this.entries.size <= this.entriesMax) return
    const [oldest] = this.entries.keys()
    if (oldest !== undefined) this.entries.delete(oldest)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  del(key: string): void {
    this.entries.delete(key)
  }

  flushAll(): void {
    this.entries.clear()
  }
}
