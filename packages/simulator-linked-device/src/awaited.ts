import { getAllBinaryNodeChildren, getBinaryNodeChildren } from 'baileys'
import type { BinaryNode } from 'baileys'

interface Wait {
  readonly settle: () => void
  readonly fail: (error: Error) => void
  readonly again?: () => Promise<void>
  isAskedAgain: boolean
}

/** What a client still has to confirm. */
export class Awaited {
  /** Resolves when the client is gone. */
  readonly ended: Promise<void>
  private tellEnd: () => void = () => undefined
  private readonly waits = new Map<string, Wait[]>()
  private isOver = false

  constructor() {
    this.ended = new Promise((resolve) => {
      this.tellEnd = resolve
    })
  }

  /** Resolves with the client's `<ack>` of a stanza; rejects when the client goes first. */
  ack(stanzaClass: string, id: string, type?: string): Promise<void> {
    return this.wait(`${stanzaClass}/${id}/${type ?? ''}`)
  }

  /** Resolves with the client's `<receipt>` for a message; `again` seals it anew when the client cannot read it. */
  receipt(id: string, again?: () => Promise<void>): Promise<void> {
    return this.wait(`message/${id}/`, again)
  }

  settle(stanzaClass: string, stanza: BinaryNode): void {
    const { id = '', type, error } = stanza.attrs
    const [list] = getAllBinaryNodeChildren(stanza)
    const items = getBinaryNodeChildren(list, 'item').map((item) => item.attrs['id'] ?? '')
    for (const one of [id, ...items]) {
      const key = stanzaClass === 'message' ? `message/${one}/` : `${stanzaClass}/${one}/${type ?? ''}`
      const waits = this.waits.get(key) ?? []
      if (error !== undefined && waits.some(({ isAskedAgain }) => isAskedAgain)) continue
      this.waits.delete(key)
      for (const wait of waits) wait.settle()
    }
  }

  /** The client could not read a message and asks for it again. */
  async retry(id: string): Promise<void> {
    for (const wait of this.waits.get(`message/${id}/`) ?? []) {
      wait.isAskedAgain = true
      await wait.again?.()
    }
  }

  end(): void {
    this.isOver = true
    this.tellEnd()
    for (const waits of this.waits.values())
      for (const wait of waits) wait.fail(new Error('the client went away'))
    this.waits.clear()
  }

  private wait(key: string, again?: () => Promise<void>): Promise<void> {
    if (this.isOver) return Promise.reject(new Error('the client went away'))
    return new Promise((settle, fail) => {
      const wait: Wait = { settle, fail, isAskedAgain: false, ...(again ? { again } : {}) }
      this.waits.set(key, [...(this.waits.get(key) ?? []), wait])
    })
  }
}
