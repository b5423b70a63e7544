/** Every id prefix with the thing it names. To add one, add a line; a prefix is 2-3 small letters and never changes. */
export const idPrefixes = {
  ws: 'workspace',
  usr: 'user',
  mem: 'member',
  inv: 'invitation',
  key: 'api key',
  ses: 'login session',
  acc: 'login account',
  vrf: 'verification',
  tfa: 'two-factor secret',
  rlm: 'rate limit',
  mal: 'mail',
  con: 'contact',
  adr: 'address',
  cns: 'consent',
  sup: 'suppression',
  lst: 'list',
  tag: 'tag',
  fld: 'custom field',
  seg: 'segment',
  viw: 'contact view',
  mrg: 'contact merge',
  nte: 'note',
  tpl: 'template',
  apv: 'template approval',
  med: 'media',
  imp: 'import',
  snd: 'sender',
  prx: 'proxy',
  gwn: 'gateway node',
  cmp: 'campaign',
  run: 'run',
  rcp: 'recipient',
  att: 'attempt',
  msg: 'message',
  cnv: 'conversation',
  rul: 'keyword rule',
  lnk: 'link',
  clk: 'click',
  whk: 'webhook',
  dlv: 'webhook delivery',
  pln: 'plan',
  sbs: 'subscription',
  pay: 'payment',
  ivc: 'invoice',
  rec: 'receipt',
  aud: 'audit entry',
  evt: 'event',
  job: 'job',
  req: 'request',
} as const satisfies Record<string, string>

export type IdPrefix = keyof typeof idPrefixes

declare const idBrand: unique symbol

/** A string that is known to be an id of one kind. Made by `newId`, proved by `isId`. */
export type Id<P extends IdPrefix> = string & { readonly [idBrand]: P }

export type WorkspaceId = Id<'ws'>
export type UserId = Id<'usr'>
export type MemberId = Id<'mem'>
export type InvitationId = Id<'inv'>
export type ApiKeyId = Id<'key'>
export type ContactId = Id<'con'>
export type AddressId = Id<'adr'>
export type ConsentId = Id<'cns'>
export type SuppressionId = Id<'sup'>
export type ListId = Id<'lst'>
export type TagId = Id<'tag'>
export type CustomFieldId = Id<'fld'>
export type SegmentId = Id<'seg'>
export type ContactMergeId = Id<'mrg'>
export type NoteId = Id<'nte'>
export type TemplateId = Id<'tpl'>
export type ApprovalId = Id<'apv'>
export type MediaId = Id<'med'>
export type ImportId = Id<'imp'>
export type SenderId = Id<'snd'>
export type ProxyId = Id<'prx'>
export type GatewayNodeId = Id<'gwn'>
export type CampaignId = Id<'cmp'>
export type RunId = Id<'run'>
export type RecipientId = Id<'rcp'>
export type AttemptId = Id<'att'>
export type MessageId = Id<'msg'>
export type ConversationId = Id<'cnv'>
export type ReceiptId = Id<'rec'>
export type AuditId = Id<'aud'>
export type EventId = Id<'evt'>
export type JobId = Id<'job'>
export type RequestId = Id<'req'>

export const idRandomBytes = 10
const timeHexDigits = 12
const maxTimeMs = 2 ** 48 - 1

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes an id: prefix, `_`, 12 hex digits of the time, 20 hex digits of randomness. Sorts by time as text.
 *
 * @param atMs Milliseconds since 1970, 0 … 2^48 - 1.
 * @param random Exactly 10 bytes from a cryptographic source.
 * @throws RangeError on a time or a length out of bounds.
 */
export function newId<P extends IdPrefix>(prefix: P, atMs: number, random: Uint8Array): Id<P> {
  if (!Number.isInteger(atMs) || atMs < 0 || atMs > maxTimeMs) throw new RangeError('atMs is out of bounds')
  if (random.length !== idRandomBytes) throw new RangeError(`random must be ${idRandomBytes} bytes`)
  let text = `${prefix}_${atMs.toString(16).padStart(timeHexDigits, '0')}`
  for (const byte of random) text += hexOfByte[byte] ?? ''
  return text as Id<P>
}

const patterns = new Map<IdPrefix, RegExp>()

/** The anchored pattern of one kind of id, for schemas: `^con_[0-9a-f]{32}$`. */
export function ID_PATTERN(prefix: IdPrefix): RegExp {
  const known = patterns.get(prefix)
  if (known) return known
  const pattern = new RegExp(`^${prefix}_[0-9a-f]{32}$`)
  patterns.set(prefix, pattern)
  return pattern
}

/** Tells whether an unknown value is an id of this kind. Says nothing about whether such a row exists. */
export function isId<P extends IdPrefix>(prefix: P, value: unknown): value is Id<P> {
  return typeof value === 'string' && ID_PATTERN(prefix).test(value)
}

/** The instant an id was made at, in milliseconds since 1970. */
export function idCreatedAtMs(id: Id<IdPrefix>): number {
  const start = id.indexOf('_') + 1
  return Number.parseInt(id.slice(start, start + timeHexDigits), 16)
}
