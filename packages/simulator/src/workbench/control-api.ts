import { controlMethods, paths } from '../http-protocol.ts'
import type { SimulatedNetwork } from '../network.ts'
import type { ScanResult } from '../control.ts'
import { z } from 'zod'
import { controlShapes } from './control-shapes.ts'
import type { RecentFrames } from './recent-frames.ts'
import { answerSession } from './remote-sessions.ts'
import type { RemoteSessions } from './remote-sessions.ts'
import { RequestRefused } from './request-guard.ts'
import type { StandIn } from './stand-in.ts'

/** Everything the page and the API work on. */
export interface Workbench {
  readonly network: SimulatedNetwork
  readonly standIns: readonly StandIn[]
  readonly sessions: RemoteSessions
  readonly recent: RecentFrames
  url: string
}

const standInPath = /^\/v1\/stand-ins\/([a-z-]+)\/(\w+)$/
const framesMax = 1_000

const ScanShape = z.object({
  /** The text of the QR code. */
  data: z.string().min(1).max(4_000),
  /** The number of the phone, for codes that leave it open. */
  phone: z
    .string()
    .regex(/^\+\d{7,15}$/)
    .optional(),
  senderId: z.string().min(1).max(200).optional(),
})

/** Addresses of all servers and what their clients need. */
export function presentServers({ url, standIns }: Workbench): Record<string, unknown> {
  const others = standIns.map(
    ({ kind, url: address, access }) => [kind, { url: address, ...access }] as const,
  )
  return { control: { url }, ...Object.fromEntries(others) }
}

/** A phone scans a code, whoever shows it: a sender of the network, or a stand-in by itself. */
export async function scanAnywhere(
  { network, standIns }: Workbench,
  wish: z.infer<typeof ScanShape>,
): Promise<ScanResult> {
  const { data, phone, senderId } = wish
  const shows = (await network.control.senders()).find(({ qr }) => qr === data)
  if (shows) return network.control.scan(shows.senderId, data)
  for (const { scan } of standIns) {
    const own = phone ?? '+6289599990001'
    const result = await scan?.(data, own, senderId ?? own)
    if (result === 'paired') return result
  }
  return 'expired'
}

async function callControl(network: SimulatedNetwork, name: string, args: unknown): Promise<unknown> {
  const method = controlMethods.find((known) => known === name)
  if (method === undefined) return undefined
  const call = network.control[method] as (...args: unknown[]) => Promise<unknown>
  return (await call(...controlShapes[method].parse(args ?? []))) ?? null
}

async function callStandIn(
  standIns: readonly StandIn[],
  [kind, name]: readonly [string, string],
  args: unknown,
): Promise<unknown> {
  const standIn = standIns.find((one) => one.kind === kind)
  const call = standIn && Object.hasOwn(standIn.calls, name) ? standIn.calls[name] : undefined
  if (call === undefined) return undefined
  if (!Array.isArray(args)) throw new RequestRefused(400, 'The body has to be an array of arguments')
  try {
    return (await call(...(args as unknown[]))) ?? null
  } catch (error) {
    throw new RequestRefused(400, error instanceof Error ? error.message : 'The arguments are of no use')
  }
}

async function show({ network, recent }: Workbench, path: string, query: URLSearchParams): Promise<unknown> {
  if (path === '/counts') return network.control.counts()
  if (path === '/senders') return network.control.senders()
  if (path === '/people') return network.control.people()
  if (path === '/rules') return network.control.rules()
  if (path !== '/frames') return undefined
  const messageId = query.get('messageId')
  const senderId = query.get('senderId')
  const asked = Number(query.get('limit') ?? framesMax)
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100_000) : framesMax
  if (query.get('recent') !== null) return recent.list(framesLike({ senderId }), limit)
  return network.control.frames({
    ...(messageId === null ? {} : { messageId }),
    ...(senderId === null ? {} : { senderId }),
    limit,
  })
}

/** Frames that have a text in one of their names. */
export function framesLike({
  senderId,
  word,
}: {
  readonly senderId: string | null
  readonly word?: string
}): (frame: { senderId: string; messageId: string; to: string }) => boolean {
  const part = (word ?? '').trim().toLowerCase()
  return (frame) =>
    (senderId === null || frame.senderId === senderId) &&
    (part === '' || `${frame.senderId}\n${frame.messageId}\n${frame.to}`.toLowerCase().includes(part))
}

/**
 * Answers one call of the API: `GET` with its query, `POST` with its body.
 *
 * @returns undefined where there is nothing. @throws RequestRefused, ZodError
 */
export async function answerApi(
  workbench: Workbench,
  path: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const { network, standIns, sessions } = workbench
  if (path === '/v1/servers') return presentServers(workbench)
  if (input instanceof URLSearchParams) return show(workbench, path, input)
  if (path.startsWith(paths.control)) return callControl(network, path.slice(paths.control.length), input)
  if (path === '/rules') return callControl(network, 'addRule', [input])
  if (path === '/v1/scan') return { result: await scanAnywhere(workbench, ScanShape.parse(input)) }
  const [, kind, name] = standInPath.exec(path) ?? []
  if (kind !== undefined && name !== undefined) return callStandIn(standIns, [kind, name], input)
  return answerSession(sessions, path, input, signal ?? new AbortController().signal)
}
