import type { Core } from '../../core.ts'

const everyMs = 500
/** When more campaigns than this moved on, one event without an id stands for all of them. */
const namedMax = 20

/** Tells screens that campaigns moved on, at most twice a second for each campaign, in one message to the bus. */
export class ProgressTeller {
  readonly #core: Core
  readonly #workspaceId: string
  readonly #dirty = new Set<string>()
  #timer: NodeJS.Timeout | null = null

  constructor(core: Core, workspaceId: string) {
    this.#core = core
    this.#workspaceId = workspaceId
  }

  touch(campaignIds: Iterable<string>): void {
    for (const id of campaignIds) if (id !== '') this.#dirty.add(id)
    if (this.#dirty.size === 0 || this.#timer) return
    this.#timer = setTimeout(() => this.#tell(), everyMs)
    this.#timer.unref()
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #tell(): void {
    this.#timer = null
    const event = { kind: 'campaign.progress', workspaceId: this.#workspaceId } as const
    const events = this.#dirty.size > namedMax ? [event] : [...this.#dirty].map((id) => ({ ...event, id }))
    this.#dirty.clear()
    this.#core.bus
      .publishAll(events)
      .catch((error: unknown) => this.#core.logger.debug({ err: error }, 'progress could not be told'))
  }
}
