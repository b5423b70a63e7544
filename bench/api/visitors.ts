import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { names } from '../audience/names.ts'

/** What the visitors are to do. */
export interface Visit {
  readonly url: string
  readonly key: string
  /** Contacts that are there. */
  readonly people: number
  readonly users: number
  /** Mean pause between two requests of one person. */
  readonly thinkMs: number
  readonly seconds: number
}

export interface Answer {
  readonly what: 'firstPage' | 'laterPage' | 'name' | 'number' | 'contact' | 'timeline'
  readonly ms: number
  readonly status: number
}

const visitKinds: readonly Answer['what'][] = [
  'firstPage',
  'laterPage',
  'name',
  'number',
  'contact',
  'timeline',
]

const oneOf = <T>(choices: readonly T[]): T => choices[Math.floor(Math.random() * choices.length)] as T

/** One person at work: follows pages and opens contacts that were seen. */
async function work({ url, key, people, thinkMs, seconds }: Visit, answers: Answer[]): Promise<void> {
  const endMs = performance.now() + seconds * 1000
  let cursor: string | null = null
  let contactId: string | null = null
  const pathOf = (what: Answer['what']): string => {
    switch (what) {
      case 'firstPage':
        return '/api/v1/contacts?limit=50'
      case 'laterPage':
        return `/api/v1/contacts?limit=50${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
      case 'name':
        return `/api/v1/contacts?limit=50&search=${encodeURIComponent(`${oneOf(names.first)} ${oneOf(names.last).slice(0, 4)}`)}`
      case 'number':
        return `/api/v1/contacts?limit=50&search=${String(Math.floor(Math.random() * people)).padStart(6, '0')}`
      default:
        return `/api/v1/contacts/${contactId ?? ''}${what === 'timeline' ? '/timeline' : ''}`
    }
  }
  await wait(Math.random() * thinkMs)
  while (performance.now() < endMs) {
    const what = contactId === null ? 'firstPage' : oneOf(visitKinds)
    const startedMs = performance.now()
    const response = await fetch(url + pathOf(what), { headers: { authorization: `Bearer ${key}` } })
    const body = (await response.json()) as { data?: { id?: string }[]; nextCursor?: string | null }
    answers.push({ what, ms: performance.now() - startedMs, status: response.status })
    if (what !== 'timeline' && Array.isArray(body.data) && body.data.length > 0)
      contactId = oneOf(body.data).id ?? contactId
    if (what === 'firstPage' || what === 'laterPage') cursor = body.nextCursor ?? null
    await wait(thinkMs * (0.5 + Math.random()))
  }
}

const order = workerData as Visit
const answers: Answer[] = []
await Promise.all(Array.from({ length: order.users }, () => work(order, answers)))
parentPort?.postMessage(answers)
