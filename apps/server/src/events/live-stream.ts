import { dashboardOperations } from '@siar/contract'
import { PassThrough } from 'node:stream'
import { isInner } from '../core.ts'
import type { Core } from '../core.ts'
import { bind } from '../http/binding.ts'
import type { Binding } from '../http/binding.ts'

const KEEP_ALIVE_MS = 15_000
/** A screen that reads slower than this many waiting bytes is cut off; it reconnects and reloads. */
const WAITING_BYTES_MAX = 256 * 1024

/** `GET /api/v1/events`: the events of one workspace as server-sent events; `resync` asks the screen to reload. */
export function liveStreamBindings(core: Core): Binding[] {
  return [
    bind(dashboardOperations.events, async (call) => {
      const stream = new PassThrough()
      const send = (event: { type: string; id?: string }): void => {
        if (stream.writableLength > WAITING_BYTES_MAX) stream.destroy()
        else if (!stream.destroyed) stream.write(`data: ${JSON.stringify(event)}\n\n`)
      }
      const { workspaceId } = call
      const unsubscribe = core.bus.subscribe((event) => {
        if (event.kind === 'resync') send({ type: 'resync' })
        else if (event.workspaceId === workspaceId && !isInner(event.kind))
          send({ type: event.kind, ...(event.id ? { id: event.id } : {}) })
      })
      const keepAlive = setInterval(() => stream.write(': still here\n\n'), KEEP_ALIVE_MS)
      const stop = (): void => {
        unsubscribe()
        clearInterval(keepAlive)
        stream.end()
      }
      stream.on('close', stop)
      call.signal.addEventListener('abort', stop, { once: true })
      stream.write('retry: 2000\n\n')
      return { stream, contentType: 'text/event-stream' }
    }),
  ]
}
