import { once } from 'node:events'
import type { StartEmbeddedOptions } from './bring-up.ts'
import { startEmbedded } from './start.ts'

/**
 * A program that uses the embedded server, for tests that start, kill and race several: prints one line of JSON when it
 * is ready or failed, stops in order when its input ends.
 */
try {
  const server = await startEmbedded(JSON.parse(process.argv[2] ?? '{}') as StartEmbeddedOptions)
  process.stdout.write(
    `${JSON.stringify({ url: server.url, clusterDir: server.clusterDir, reused: server.reused })}\n`,
  )
  process.stdin.resume()
  await once(process.stdin, 'end')
  await server.stop()
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ failure: (error as Error).message, kind: (error as Error).name })}\n`,
  )
}
