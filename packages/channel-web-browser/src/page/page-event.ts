import { z } from 'zod'

const wid = z.string().regex(/^\d{3,25}@(?:c\.us|lid)$/)
const bareId = z.string().min(1).max(120)
const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').slice(0, 70_000))
const short = z
  .string()
  .max(1_000)
  .nullish()
  .transform((value) => value ?? null)

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attached') }),
  z.object({
    kind: z.literal('stream'),
    mode: z.string().max(40).nullish(),
    info: z.string().max(40).nullable(),
    isAuthenticated: z.boolean(),
    me: z.string().max(60).nullable(),
    lid: z.string().max(60).nullable(),
  }),
  z.object({ kind: z.literal('code'), code: z.string().min(1).max(2_000).nullable() }),
  z.object({ kind: z.literal('idle') }),
  z.object({
    kind: z.literal('link_code'),
    code: z
      .string()
      .regex(/^[A-Z0-9-]{4,16}$/i)
      .nullable(),
  }),
  z.object({
    kind: z.literal('logout'),
    reason: z
      .string()
      .regex(/^[a-z0-9_]{1,80}$/i)
      .nullable()
      .catch(null),
  }),
  z.object({ kind: z.literal('acks'), ack: z.int().min(-20).max(20), ids: z.array(bareId).max(2_000) }),
  z.object({
    kind: z.literal('message'),
    key: z.string().min(1).max(250),
    id: bareId,
    fromMe: z.boolean(),
    chat: wid,
    phone: wid.nullish().transform((value) => value ?? null),
    type: z.string().max(60),
    body: text,
    caption: text,
    mimeType: short,
    fileName: short,
    name: short,
    /** Seconds since 1970. */
    at: z.number().min(0).max(100_000_000_000),
    quoted: short,
    button: short,
    adId: short,
  }),
  z.object({ kind: z.literal('unreadable') }),
])

/** What a page tells: untrusted, because the page is not ours. */
export type PageEvent = z.infer<typeof schema>

export type PageMessageEvent = Extract<PageEvent, { kind: 'message' }>

/** Longer than any event may be: a text of 65,536 characters and its frame. */
const eventCharactersMax = 500_000

/** @returns null for anything that is not an event of the bridge. */
export function parsePageEvent(raw: unknown): PageEvent | null {
  if (typeof raw !== 'string' || raw.length > eventCharactersMax) return null
  try {
    return schema.safeParse(JSON.parse(raw)).data ?? null
  } catch {
    return null
  }
}
