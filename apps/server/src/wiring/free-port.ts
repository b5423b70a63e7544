import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Config } from '../config.ts'

/**
 * Port 0 becomes a free port before anything is built: links, cookies and the check of origins carry the address.
 *
 * Between the look and the listening another program could take the port; the start then fails and is repeated.
 */
export async function settlePort(config: Config): Promise<Config> {
  if (config.port !== 0) return config
  const port = await findFreePort(config.host)
  const publicUrl = config.publicUrl === 'http://localhost:0' ? `http://localhost:${port}` : config.publicUrl
  return { ...config, port, publicUrl }
}

function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, host, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
