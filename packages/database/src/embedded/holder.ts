import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { DatabaseLogger } from '../logger.ts'
import type { Place } from './place.ts'
import { connectionOf } from './server.ts'

const retryDelaysMs: readonly number[] = [0, 200, 1_000, 5_000]

/** An open holder must not keep a program running that has nothing left to do. The typings leave `unref` out. */
function letProcessEnd(client: pg.Client): void {
  ;(client as pg.Client & { unref(): void }).unref()
}

/**
 * One open connection that says "this process uses the server": the last holder stops it. Losing it means that the
 * server died, so it brings the server up again, until closed.
 */
export class Holder {
  private client: pg.Client | null = null
  private closed = false
  private readonly place: Place
  private readonly bringUp: () => Promise<unknown>
  private readonly logger: DatabaseLogger

  /** @param bringUp Makes sure the server runs, unless this holder was closed; takes the start lock itself. */
  constructor(place: Place, bringUp: () => Promise<unknown>, logger: DatabaseLogger) {
    this.place = place
    this.bringUp = bringUp
    this.logger = logger
  }

  async open(): Promise<void> {
    const client = new pg.Client({
      ...connectionOf(this.place, 'siar'),
      application_name: `siar holder ${process.pid}`,
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', () => undefined)
    await client.connect()
    letProcessEnd(client)
    this.client = client
    client.once('end', () => {
      if (!this.closed) void this.recover()
    })
    if (this.closed) this.close()
  }

  get isClosed(): boolean {
    return this.closed
  }

  close(): void {
    this.closed = true
    this.client?.end().catch(() => undefined)
    this.client = null
  }

  private async recover(): Promise<void> {
    this.logger.warn({}, 'the embedded PostgreSQL was lost; starting it again')
    for (let failures = 0; !this.closed; failures++) {
      await wait(retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)], undefined, { ref: false })
      if (this.closed) return
      try {
        await this.bringUp()
        await this.open()
        this.logger.info({}, 'the embedded PostgreSQL runs again')
        return
      } catch (error) {
        this.logger.error({ err: error }, 'the embedded PostgreSQL could not be started again')
      }
    }
  }
}
