import { setTimeout as wait } from 'node:timers/promises'
import type { NetworkSession, SimulatedNetwork } from '../network.ts'
import type { WahaConfig } from './waha-config.ts'
import { addressOfChat } from './waha-ids.ts'
import type { WahaBehaviour } from './waha-options.ts'
import { problem, wrongStatus } from './waha-problem.ts'
import type { WahaSession, WahaStatus } from './waha-session.ts'

export interface WahaWorld {
  readonly network: SimulatedNetwork
  readonly behaviour: WahaBehaviour
  readonly sessions: Map<string, WahaSession>
  readonly build: (name: string, config: WahaConfig) => WahaSession
}

/** Null: the connection breaks without an answer. */
export type WahaAnswer =
  | { readonly status: number; readonly body?: unknown }
  | { readonly file: Uint8Array; readonly mimeType: string }
  | null

/** One call that is allowed in, with its path taken apart. */
export interface WahaCall {
  readonly world: WahaWorld
  /** The parts of the path the pattern left open. */
  readonly parts: readonly string[]
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal
}

export type WahaHandler = (call: WahaCall) => WahaAnswer | Promise<WahaAnswer>

const statusCheckMs = 20

export function nameIn(call: WahaCall): string {
  const name = call.parts[0] ?? call.body['session'] ?? call.query.get('session') ?? 'default'
  if (typeof name !== 'string') throw problem(400, ['session must be a string'])
  return name
}

export function findSession(call: WahaCall): WahaSession {
  const session = call.world.sessions.get(nameIn(call))
  if (!session) throw problem(404, 'Session not found')
  return session
}

/** The session of a call once it has a status that is expected, which it may wait for a while. */
export async function sessionIn(call: WahaCall, expected: readonly WahaStatus[]): Promise<WahaSession> {
  const session = call.world.sessions.get(nameIn(call))
  if (!session || session.status === 'STOPPED') {
    const name = nameIn(call)
    throw problem(
      404,
      `We didn't find a session with name '${name}'.\nPlease start it first by using POST /api/sessions/${name}/start request`,
    )
  }
  const deadline = performance.now() + call.world.behaviour.statusWaitMs
  while (!expected.includes(session.status)) {
    if (performance.now() > deadline || call.signal.aborted) {
      throw wrongStatus(session.name, session.status, expected)
    }
    await wait(statusCheckMs)
  }
  return session
}

export async function workingNetwork(call: WahaCall): Promise<NetworkSession> {
  const session = await sessionIn(call, ['WORKING'])
  if (session.network === null) throw wrongStatus(session.name, session.status, ['WORKING'])
  return session.network
}

/** The person a field names, as the network knows them. */
export function personIn(value: unknown): string {
  const address = typeof value === 'string' ? addressOfChat(value) : null
  if (address === null) throw problem(400, ['chatId must be the id of a person'])
  return address
}
