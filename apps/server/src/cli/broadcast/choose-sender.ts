import type { Sender } from '@siar/contract'
import type { SenderId, WorkspaceId } from '@siar/domain'
import type { Actor } from '../../core.ts'
import type { Services } from '../../wiring/build-services.ts'
import { UsageError } from '../usage-error.ts'

const SIMULATOR_NAME = 'Simulator (CLI)'
const ONLINE_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 100

export interface SenderRequest {
  readonly workspaceId: WorkspaceId
  readonly actor: Actor
  /** `simulator`, or the name, number or id of a sender. */
  readonly via: string
}

/**
 * The sender to broadcast through, online. `simulator` makes one at its first use and lets the simulator's phone scan it.
 *
 * @throws UsageError when there is no such sender, Error when it does not come online within 30 s.
 */
export async function chooseSender(services: Services, request: SenderRequest): Promise<Sender> {
  const { data: senders } = await services.senders.list(request.workspaceId)
  const sender =
    request.via === 'simulator'
      ? await takeSimulator(services, request, senders)
      : named(senders, request.via)
  return comeOnline(services, request, sender)
}

function named(senders: readonly Sender[], via: string): Sender {
  const wanted = via.toLowerCase()
  const found = senders.filter(({ id, name, phone }) => [id, name.toLowerCase(), phone].includes(wanted))
  if (found.length === 1 && found[0]) return found[0]
  const names = senders.map(({ name }) => `"${name}"`).join(', ')
  throw new UsageError(
    `--via "${via}" fits ${found.length} senders; there are simulator${names && `, ${names}`}`,
  )
}

async function takeSimulator(
  services: Services,
  request: SenderRequest,
  senders: readonly Sender[],
): Promise<Sender> {
  const known = senders.find(({ channel, name }) => channel === 'simulator' && name === SIMULATOR_NAME)
  if (known) return known
  const body = { name: SIMULATOR_NAME, channel: 'simulator' as const, numberSince: null }
  return services.senders.create(request.workspaceId, request.actor, body)
}

async function comeOnline(services: Services, request: SenderRequest, sender: Sender): Promise<Sender> {
  const { workspaceId, actor } = request
  const senderId = sender.id as SenderId
  let now = sender.wanted ? sender : await services.senders.connect(workspaceId, actor, senderId)
  let scanned: string | null = null
  for (const endAt = performance.now() + ONLINE_WITHIN_MS; now.status !== 'online';) {
    if (performance.now() > endAt)
      throw new Error(`The sender "${now.name}" is ${now.status} and did not come online`)
    const { qr } = await services.senders.pairing(workspaceId, senderId)
    if (qr && now.channel === 'simulator' && qr.data !== scanned) {
      scanned = qr.data
      await services.senders.scan(workspaceId, actor, senderId, qr.data)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    now = await services.senders.get(workspaceId, senderId)
  }
  return now
}
