/** A person, group or the account itself, as WhatsApp Web keeps it. */
export interface Wid {
  readonly user: string
  readonly server: string
  readonly _serialized: string
  toString(): string
  isLid(): boolean
  isGroup(): boolean
  isUser(): boolean
  equals(other: unknown): boolean
}

export interface MsgKey {
  readonly fromMe: boolean
  readonly remote: Wid
  readonly id: string
  readonly _serialized: string
  toString(): string
}

/** An error with a code, as wa-js throws it. */
export class WPPError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'WPPError'
    this.code = code
  }
}

export function createWid(given: unknown): Wid | undefined {
  const text = typeof given === 'object' && given !== null ? (given as Wid)._serialized : given
  if (typeof text !== 'string') return undefined
  const [, user, server] = /^(\d[\d-]*)(?:@(c\.us|lid|g\.us))?$/.exec(text) ?? []
  if (user === undefined) return undefined
  const home = server ?? 'c.us'
  const serialized = `${user}@${home}`
  return {
    user,
    server: home,
    _serialized: serialized,
    toString: () => serialized,
    isLid: () => home === 'lid',
    isGroup: () => home === 'g.us',
    isUser: () => home !== 'g.us',
    equals: (other) => (other as Wid | null)?._serialized === serialized,
  }
}

export function assertWid(given: unknown): Wid {
  const wid = createWid(given)
  if (wid === undefined) throw new WPPError('invalid_wid', 'Invalid WID value')
  return wid
}

export function msgKey(text: string): MsgKey {
  const [, side, chat, id] = /^(true|false)_([^_]+)_([^_]+)$/.exec(text) ?? []
  if (chat === undefined || id === undefined) throw new WPPError('invalid_msg_key', 'Invalid message key')
  return {
    fromMe: side === 'true',
    remote: assertWid(chat),
    id,
    _serialized: text,
    toString: () => text,
  }
}
