import { proto } from 'baileys'
import type { SignalKeyStore } from 'baileys'

/** How many messages of a sender can be sent anew when a phone could not read them. */
const keptMax = 512
const type = 'siar-sent'

interface Kept {
  readonly id: string
  readonly message: Uint8Array
}

/** Baileys' own stores take any type of key; their TypeScript knows only its own. */
type AnyKeys = {
  get(type: string, ids: string[]): Promise<Record<string, unknown>>
  set(data: Record<string, Record<string, unknown>>): Promise<void>
}

/**
 * What was sent lately, by the id of its stanza. A phone that cannot read a message asks for it again, also days later and
 * after a restart; without this it shows "Waiting for this message". The newest push out the oldest, in a ring of slots,
 * because the credential store cannot list its keys.
 */
export class SentMessages {
  private readonly keys: AnyKeys
  private readonly slots = new Map<string, number>()
  private next = 0
  private loading: Promise<void> | null = null

  constructor(keys: SignalKeyStore) {
    this.keys = keys as unknown as AnyKeys
  }

  /** Kept with whatever else the running transaction writes. */
  async keep(id: string, message: proto.IMessage): Promise<void> {
    await this.load()
    const slot = this.slots.get(id) ?? this.next
    if (slot === this.next) this.next = (this.next + 1) % keptMax
    for (const [other, taken] of this.slots) if (taken === slot && other !== id) this.slots.delete(other)
    this.slots.set(id, slot)
    const bytes = proto.Message.encode(proto.Message.create(message)).finish()
    const position = { id: 'next', message: Buffer.from(String(this.next)) }
    await this.keys.set({ [type]: { [String(slot)]: { id, message: bytes } satisfies Kept, position } })
  }

  async find(id: string): Promise<proto.IMessage | undefined> {
    await this.load()
    const slot = this.slots.get(id)
    if (slot === undefined) return undefined
    const kept = (await this.keys.get(type, [String(slot)]))[String(slot)] as Kept | undefined
    return kept?.id === id ? proto.Message.decode(Buffer.from(kept.message)) : undefined
  }

  /** Reads once where the ring stands. */
  private load(): Promise<void> {
    this.loading ??= this.readRing().catch((error: unknown) => {
      this.loading = null
      throw error
    })
    return this.loading
  }

  private async readRing(): Promise<void> {
    const ids = Array.from({ length: keptMax }, (_, slot) => String(slot))
    const found = (await this.keys.get(type, [...ids, 'position'])) as Record<string, Kept | undefined>
    for (const slot of ids) {
      const kept = found[slot]
      if (kept) this.slots.set(kept.id, Number(slot))
    }
    const position = found['position']
    if (position) this.next = Number(Buffer.from(position.message).toString()) % keptMax
  }
}
