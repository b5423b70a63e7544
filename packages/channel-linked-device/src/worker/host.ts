import type { InboundEvent } from '@siar/channel'

/** What a session asks of the thread that owns its credentials and its listener. */
export interface Host {
  /** May anything leave now? Never waits. */
  mayAct(): boolean
  read(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  /** All or none; rejects when it could not be kept. */
  write(entries: ReadonlyMap<string, Uint8Array | null>): Promise<void>
  clear(): Promise<void>
  /** Waits for this session's turn to connect. False: it may not. */
  turn(): Promise<boolean>
  /** The bytes of the file that a call of `send` brings. */
  readMedia(sendId: string): Promise<Uint8Array>
  emit(...events: InboundEvent[]): void
  /** The same, and resolves when all of them are stored. Never resolves when the session ends first. */
  deliver(events: readonly InboundEvent[]): Promise<void>
}
