import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describeEmbedded, removeCluster } from '@siar/database'

/** Data folders of test servers carry the process number of their run: `siar-test-server-PID-…`. */
export const testDirPrefix = 'siar-test-server-'

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function removeOne(dataDir: string): Promise<void> {
  const { pid } = await describeEmbedded(dataDir)
  if (pid !== null) process.kill(pid, 'SIGINT')
  for (let tries = 0; pid !== null && isRunning(pid) && tries < 500; tries++) await wait(10)
  await removeCluster(dataDir)
  await rm(dataDir, { recursive: true, force: true })
}

/** Ends and removes the test servers of runs that were killed. What cannot be removed is left for the next time. */
export async function removeLeftOver(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^siar-test-server-(\d+)-/.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) await removeOne(join(tmpdir(), name)).catch(() => undefined)
  }
}
