import { createHmac } from 'node:crypto'
import type { GraphApiApp, WebhookManners } from './options.ts'
import type { Json } from './json.ts'
import type { WebhookThing } from './webhook-thing.ts'

/** Whose news a thing is. */
export interface WebhookSource {
  readonly wabaId: string
  /** null for news of the whole account. */
  readonly number: { readonly id: string; readonly displayPhone: string } | null
}

interface Sourced {
  readonly source: WebhookSource
  readonly thing: WebhookThing
}

interface Waiting {
  readonly things: readonly Sourced[]
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export interface WebhookCounts {
  bodies: number
  things: number
  refused: number
}

const patienceMs = 20_000

function valueOf(source: WebhookSource, things: readonly WebhookThing[]): Json {
  const lists: Record<string, Json[]> = {}
  const contacts: Json[] = []
  for (const thing of things) {
    if (thing.list === null) continue
    ;(lists[thing.list] ??= []).push(thing.entry)
    if (thing.contact !== null) contacts.push(thing.contact)
  }
  const { number } = source
  const metadata = { display_phone_number: number?.displayPhone ?? '', phone_number_id: number?.id ?? '' }
  return {
    messaging_product: 'whatsapp',
    metadata,
    ...(contacts.length > 0 ? { contacts } : {}),
    ...lists,
  }
}

/** Things of one number and one list stand in one change, as Meta batches them. */
function changesOf(sourced: readonly Sourced[]): Json[] {
  const groups = new Map<string, { source: WebhookSource; things: WebhookThing[] }>()
  const changes: Json[] = []
  for (const { source, thing } of sourced) {
    if (thing.list === null) {
      changes.push({ field: thing.field, value: thing.value })
      continue
    }
    const key = `${source.number?.id ?? ''}/${thing.field}/${thing.list}`
    const group = groups.get(key)
    if (group) group.things.push(thing)
    else groups.set(key, { source, things: [thing] })
  }
  for (const { source, things } of groups.values()) {
    changes.push({ field: things[0]?.field ?? 'messages', value: valueOf(source, things) })
  }
  return changes
}

function bodyOf(sourced: readonly Sourced[], nowMs: number): string {
  const byAccount = new Map<string, Sourced[]>()
  for (const one of sourced) {
    const { wabaId } = one.source
    const list = byAccount.get(wabaId)
    if (list) list.push(one)
    else byAccount.set(wabaId, [one])
  }
  const time = Math.floor(nowMs / 1_000)
  const entry = [...byAccount].map(([id, list]) => ({ id, time, changes: changesOf(list) }))
  return JSON.stringify({ object: 'whatsapp_business_account', entry })
}

/** Posts the webhooks of one app: what comes in one turn of the event loop goes together, over all its accounts. */
export class WebhookPoster {
  readonly counts: WebhookCounts = { bodies: 0, things: 0, refused: 0 }
  webhookUrl: string | null
  private waiting: Waiting[] = []
  private isFlushing = false
  private readonly closing = new AbortController()
  private readonly app: GraphApiApp
  private readonly manners: WebhookManners
  private readonly nowMs: () => number

  constructor(app: GraphApiApp, manners: WebhookManners, nowMs: () => number) {
    this.app = app
    this.manners = manners
    this.nowMs = nowMs
    this.webhookUrl = app.webhookUrl
  }

  /** Resolves when every body with one of these things was answered with 200; rejects otherwise. */
  post(source: WebhookSource, things: readonly WebhookThing[]): Promise<void> {
    if (things.length === 0 || this.webhookUrl === null) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.waiting.push({ things: things.map((thing) => ({ source, thing })), resolve, reject })
      if (this.isFlushing) return
      this.isFlushing = true
      setImmediate(() => this.flush())
    })
  }

  close(): void {
    this.closing.abort()
  }

  private flush(): void {
    this.isFlushing = false
    const waiting = this.waiting
    this.waiting = []
    const all = waiting.flatMap(({ things }) => things)
    if (this.manners.reorders === true) all.reverse()
    const { batchMax = 100 } = this.manners
    const bodyByThing = new Map<Sourced, Promise<void>>()
    for (let start = 0; start < all.length; start += batchMax) {
      const slice = all.slice(start, start + batchMax)
      const sent = this.deliver(slice)
      sent.catch(() => undefined)
      for (const thing of slice) bodyByThing.set(thing, sent)
    }
    for (const { things, resolve, reject } of waiting) {
      const needed = new Set(things.flatMap((thing) => bodyByThing.get(thing) ?? []))
      Promise.all(needed).then(
        () => resolve(),
        (error: unknown) => reject(error instanceof Error ? error : new Error('The webhook failed')),
      )
    }
  }

  private async deliver(slice: readonly Sourced[]): Promise<void> {
    const body = bodyOf(slice, this.nowMs())
    await this.send(body, slice.length)
    const { duplicates = 0 } = this.manners
    if (duplicates > 0 && (this.counts.bodies * duplicates) % 1 < duplicates)
      await this.send(body, slice.length)
  }

  private async send(body: string, things: number): Promise<void> {
    if (this.webhookUrl === null) return
    const startedAtMs = performance.now()
    const signature = createHmac('sha256', this.app.secret).update(body).digest('hex')
    const answer = await fetch(this.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      body,
      signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(patienceMs)]),
    }).catch((error: unknown) => {
      this.counts.refused += 1
      throw error
    })
    await answer.arrayBuffer()
    if (answer.status !== 200) {
      this.counts.refused += 1
      throw new Error(`The webhook was answered with ${answer.status}`)
    }
    this.counts.bodies += 1
    this.counts.things += things
    this.manners.onAnswered?.(performance.now() - startedAtMs, things)
  }
}
