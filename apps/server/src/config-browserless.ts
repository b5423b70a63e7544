import { z } from 'zod'

/** A Browserless server as it is configured; the token is in no log and no metric. */
export interface ConfiguredBrowserless {
  readonly name: string
  readonly url: string
  readonly token: string
}

const named = /^([a-z0-9-]{1,30})=(https?:\/\/\S+)$/

function readServer(entry: string): ConfiguredBrowserless | null {
  const [, name, address] = named.exec(entry) ?? []
  if (name === undefined || address === undefined || !URL.canParse(address)) return null
  const { username, password, origin, pathname, search } = new URL(address)
  if (username === '' || password !== '' || search !== '' || pathname !== '/') return null
  try {
    return { name, url: origin, token: decodeURIComponent(username) }
  } catch {
    return null
  }
}

/** `name=http://TOKEN@host:3000`, several with spaces or commas between; each name once. */
export const browserlessServers = z
  .string()
  .default('')
  .transform((value, context): readonly ConfiguredBrowserless[] => {
    const entries = value.split(/[\s,]+/).filter(Boolean)
    const servers = entries.flatMap((entry) => readServer(entry) ?? [])
    const names = new Set(servers.map(({ name }) => name))
    if (servers.length < entries.length || names.size < servers.length) {
      context.addIssue({ code: 'custom', message: 'an entry cannot be read, or a name stands twice' })
      return z.NEVER
    }
    return servers
  })
