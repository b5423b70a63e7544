import type { WahaAnswer, WahaHandler, WahaWorld } from './waha-call.ts'
import { isRecord } from './waha-config.ts'
import { messageRoutes } from './waha-message-routes.ts'
import { peopleRoutes } from './waha-people-routes.ts'
import { problem } from './waha-problem.ts'
import { sessionRoutes } from './waha-session-routes.ts'

const serverRoutes: Readonly<Record<string, WahaHandler>> = {
  'GET /ping': () => ({ status: 200, body: { message: 'pong' } }),
  'GET /api/server/version': ({ world: { behaviour } }) => ({
    status: 200,
    body: { version: behaviour.version, engine: behaviour.engine, tier: 'CORE', browser: null },
  }),
}

interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly handler: WahaHandler
}

function routeOf([line, handler]: [string, WahaHandler]): Route {
  const [method = '', path = ''] = line.split(' ')
  return { method, handler, pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`) }
}

/** Fixed paths come before those that hold a session's name in their place. */
const routes = Object.entries({ ...serverRoutes, ...messageRoutes, ...peopleRoutes, ...sessionRoutes }).map(
  routeOf,
)

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw problem(400, 'Failed to decode param')
  }
}

/** Answers one call that showed the right key. @throws WahaProblem */
export async function answerCall(
  world: WahaWorld,
  method: string,
  url: URL,
  body: unknown,
  signal: AbortSignal,
): Promise<WahaAnswer> {
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname
  for (const route of routes) {
    const found = route.method === method ? route.pattern.exec(path) : null
    if (!found) continue
    if (!isRecord(body)) throw problem(400, ['the body must be an object'])
    const parts = found.slice(1).map(decode)
    return route.handler({ world, parts, query: url.searchParams, body, signal })
  }
  throw problem(404, `Cannot ${method} ${url.pathname}`)
}
