import { identityOperations } from '@siar/contract'
import type { TestProject } from 'vitest/node'
import { startSiar } from './siar.ts'
import type { Credentials } from './visitor.ts'

/** One started program with an admin and the demo workspace, for every journey that leaves others' data alone. */
export interface SharedSiar {
  readonly url: string
  readonly dataDir: string
  readonly admin: Credentials & { readonly name: string }
}

declare module 'vitest' {
  interface ProvidedContext {
    sharedSiar: SharedSiar
  }
}

const ADMIN = { name: 'Rani Wijaya', email: 'rani@kopi.example', password: 'seduh-manual-92C' }

/** Starts a program with the demo workspace and makes its first admin. */
export async function startSharedSiar(): Promise<{ siar: SharedSiar; stop: () => Promise<void> }> {
  const siar = await startSiar()
  try {
    const token = new URL(await siar.setUpLink()).searchParams.get('token')
    const { method, path } = identityOperations.completeSetUp
    const answer = await fetch(siar.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...ADMIN, token, workspaceName: 'Kopi Rani', language: 'en' }),
    })
    if (!answer.ok) throw new Error(`Set-up answered ${answer.status}: ${await answer.text()}`)
  } catch (error) {
    await siar.remove()
    throw error
  }
  return { siar: { url: siar.url, dataDir: siar.dataDir, admin: ADMIN }, stop: () => siar.remove() }
}

/** Starting takes longer than most journeys, so it happens once for the run. Each journey makes a workspace of its own. */
export async function setup(project: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const { siar, stop } = await startSharedSiar()
  project.provide('sharedSiar', siar)
  return stop
}
