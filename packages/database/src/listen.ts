import pg from 'pg'
import type { Database } from './client.ts'
import type { AnyScope } from './scope.ts'

/** One small event between processes: what changed, never the data itself. JSON under 8,000 bytes. */
export interface BusEvent {
  readonly kind: string
  readonly workspaceId?: string
  readonly [field: string]: unknown
}

/** Events may have been missed (the connection was lost): load the state again. */
export interface ResyncEvent {
  readonly kind: 'resync'
}

export interface BusOptions {
  /** Name of the channel, `siar` unless told; letters, digits and `_`. */
  channel?: string
  /** Pauses before a new connection is tried, in ms; the last one repeats. */
  retryDelaysMs?: readonly number[]
  /** How often a silent connection is asked whether it lives. */
  heartbeatMs?: number
}

export interface Bus<Event extends BusEvent = BusEvent> {
  /** Tells every process, this one too. Resolves when the server took it. */
  publish(event: Event): Promise<void>
  /** The same for several, in one round trip. */
  publishAll(events: readonly Event[]): Promise<void>
  /** Tells every process when, and only if, the transaction of the scope commits. */
  publishIn(scope: AnyScope, event: Event): Promise<void>
  /**
   * Calls the handler for each event, in order, at most once. Losing one is possible and must only delay: after a lost
   * connection `resync` comes. An error that the handler throws is logged. @returns the way to stop.
   */
  subscribe(handler: (event: Event | ResyncEvent) => void): () => void
  close(): Promise<void>
}

const payloadBytesMax = 7_999

function toPayload(event: BusEvent): string {
  const payload = JSON.stringify(event)
  if (Buffer.byteLength(payload) > payloadBytesMax) {
    throw new RangeError(
      `An event of kind ${event.kind} is over ${payloadBytesMax} bytes; send ids, not data`,
    )
  }
  return payload
}

/** Keeps one client listening; makes a new one when it breaks, until closed. */
class Listener {
  private client: pg.Client | undefined
  private timer: NodeJS.Timeout | undefined
  private failures = 0
  private closed = false
  private readonly database: Database
  private readonly options: Required<BusOptions>
  private readonly onPayload: (payload: string) => void
  private readonly onReturn: () => void

  constructor(
    database: Database,
    options: Required<BusOptions>,
    onPayload: (payload: string) => void,
    onReturn: () => void,
  ) {
    this.database = database
    this.options = options
    this.onPayload = onPayload
    this.onReturn = onReturn
  }

  async connect(): Promise<void> {
    const client = new pg.Client({ ...this.database.clientConfig, query_timeout: 10_000 })
    client.on('error', () => undefined)
    client.on('notification', ({ payload }) => {
      if (client === this.client && payload !== undefined) this.onPayload(payload)
    })
    this.client = client
    try {
      await client.connect()
      await client.query(`listen ${this.options.channel}`)
    } catch (error) {
      this.drop(client)
      throw error
    }
    if (this.closed) return this.drop(client)
    client.once('end', () => this.lose(client))
    this.failures = 0
    this.beat(client)
  }

  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    const client = this.client
    this.client = undefined
    await client?.end().catch(() => undefined)
  }

  private beat(client: pg.Client): void {
    this.timer = setTimeout(() => {
      client.query('select 1').then(
        () => client === this.client && this.beat(client),
        () => this.lose(client),
      )
    }, this.options.heartbeatMs)
    this.timer.unref()
  }

  private drop(client: pg.Client): void {
    if (this.client === client) this.client = undefined
    client.end().catch(() => undefined)
  }

  private lose(client: pg.Client): void {
    if (this.closed || client !== this.client) return
    clearTimeout(this.timer)
    this.drop(client)
    this.database.logger.warn({}, 'the connection that listens for events was lost')
    this.retryLater()
  }

  private retryLater(): void {
    const delays = this.options.retryDelaysMs
    const delayMs = delays[Math.min(this.failures, delays.length - 1)] ?? 1_000
    this.failures += 1
    this.timer = setTimeout(() => {
      this.connect().then(
        () => this.closed || this.onReturn(),
        () => this.closed || this.retryLater(),
      )
    }, delayMs)
  }
}

/**
 * Opens the bus between the processes of one database, on LISTEN/NOTIFY and one connection of its own.
 *
 * Reconnects by itself, for ever, and then tells subscribers to resync.
 *
 * @throws when the first connection fails.
 */
export async function createBus<Event extends BusEvent = BusEvent>(
  database: Database,
  options: BusOptions = {},
): Promise<Bus<Event>> {
  const settings = {
    channel: 'siar',
    retryDelaysMs: [50, 200, 500, 1_000, 2_000],
    heartbeatMs: 15_000,
    ...options,
  }
  if (!/^[a-z0-9_]{1,63}$/.test(settings.channel)) throw new TypeError('Not a name for a channel')
  const handlers = new Set<(event: Event | ResyncEvent) => void>()
  const tell = (event: Event | ResyncEvent) => {
    for (const handler of [...handlers]) {
      try {
        handler(event)
      } catch (error) {
        database.logger.error({ err: error, kind: event.kind }, 'a subscriber of the event bus failed')
      }
    }
  }
  const listener = new Listener(
    database,
    settings,
    (payload) => tell(JSON.parse(payload) as Event),
    () => tell({ kind: 'resync' }),
  )
  await listener.connect()
  const notify = 'select pg_notify($1, $2)'
  const notifyAll = 'select count(pg_notify($1, payload)) from unnest($2::text[]) payload'
  return {
    publish: async (event) => void (await database.pool.query(notify, [settings.channel, toPayload(event)])),
    publishAll: async (events) => {
      if (events.length > 0) await database.pool.query(notifyAll, [settings.channel, events.map(toPayload)])
    },
    publishIn: async (scope, event) => void (await scope.query(notify, [settings.channel, toPayload(event)])),
    subscribe: (handler) => {
      handlers.add(handler)
      return () => void handlers.delete(handler)
    },
    close: () => listener.close(),
  }
}
