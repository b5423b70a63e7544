import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach } from 'vitest'
import type { Visitor } from './visitor.ts'

const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/siar-e2e', import.meta.url))

/** Keeps a picture of the page after each journey that fails, named by its title. */
export function keepEvidence(visitor: () => Visitor | undefined): void {
  afterEach(async ({ task }) => {
    const page = visitor()?.page
    if (task.result?.state !== 'fail' || !page || page.isClosed()) return
    await mkdir(FOLDER, { recursive: true })
    const file = path.join(FOLDER, `${task.name.replaceAll(/\W+/g, '-').slice(0, 80)}.png`)
    await page.screenshot({ path: file, fullPage: true }).catch(() => undefined)
  })
}
