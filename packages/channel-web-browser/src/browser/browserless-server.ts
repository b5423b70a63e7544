import { z } from 'zod'

/** A Browserless server (version 2) of one's own. */
export interface BrowserlessServer {
  /** Names it in metrics and in what a sender remembers; never its address. */
  readonly name: string
  /** `http://host:3000` or `https://…`. */
  readonly url: string
  readonly token: string
  /** A folder on that server, on a volume that outlives it: profiles are kept there, and nowhere else. */
  readonly profilesFolder: string
}

/** How busy a server is; null while it does not answer. */
export interface ServerLoad {
  readonly isAvailable: boolean
  readonly running: number
  readonly queued: number
  readonly runningMax: number
}

/** Source: `pressure.get.ts` of Browserless 2. */
const pressureSchema = z.object({
  pressure: z.object({
    isAvailable: z.boolean(),
    running: z.number().min(0),
    queued: z.number().min(0),
    maxConcurrent: z.number().min(0),
  }),
})

/** Source: `sessions.get.ts` of Browserless 2. */
const sessionsSchema = z.array(z.object({ trackingId: z.string().nullish() }))

const answerMs = 5_000

function addressOf({ url, token }: BrowserlessServer, path: string, query: Record<string, string> = {}): URL {
  const address = new URL(path, url)
  address.search = new URLSearchParams({ token, ...query }).toString()
  return address
}

async function read<T>(schema: z.ZodType<T>, address: URL): Promise<T | null> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(answerMs), redirect: 'error' })
    return response.ok ? (schema.safeParse(await response.json()).data ?? null) : null
  } catch {
    return null
  }
}

export async function readLoad(server: BrowserlessServer): Promise<ServerLoad | null> {
  const answer = await read(pressureSchema, addressOf(server, '/pressure'))
  if (answer === null) return null
  const { isAvailable, running, queued, maxConcurrent } = answer.pressure
  return { isAvailable, running, queued, runningMax: maxConcurrent }
}

/** Ends browsers of this sender that an earlier process left behind. @returns false when the server does not answer. */
export async function endLeftOver(server: BrowserlessServer, trackingId: string): Promise<boolean> {
  const sessions = await read(sessionsSchema, addressOf(server, '/sessions', { trackingId }))
  if (sessions === null) return false
  if (!sessions.some((session) => session.trackingId === trackingId)) return true
  await fetch(addressOf(server, `/kill/${trackingId}`), { signal: AbortSignal.timeout(answerMs) }).catch(
    () => null,
  )
  return true
}

/** Where to connect for a browser with these arguments; holds the token, never logged. */
export function connectAddress(
  server: BrowserlessServer,
  trackingId: string,
  args: readonly string[],
  sessionMs: number,
): string {
  const launch = JSON.stringify({ headless: true, args })
  const address = addressOf(server, '/chromium', { trackingId, timeout: String(sessionMs), launch })
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return address.href
}

/** The least busy of servers that can take one more, with what is open here counted too. */
export function leastBusy(
  loads: readonly { readonly name: string; readonly load: ServerLoad | null; readonly openHere: number }[],
): string | null {
  const share = (load: ServerLoad, openHere: number): number =>
    Math.max(load.running + load.queued, openHere) / Math.max(1, load.runningMax)
  const able = loads.flatMap(({ name, load, openHere }) =>
    load?.isAvailable === true ? [{ name, share: share(load, openHere) }] : [],
  )
  able.sort((a, b) => a.share - b.share || a.name.localeCompare(b.name))
  return able[0]?.name ?? null
}
