import { randomUUID } from 'node:crypto'
import { paths } from '../http-protocol.ts'
import type { DownloadedFile, PollRequest, SessionKey } from '../http-protocol.ts'
import { createMailbox } from '../mailbox.ts'
import type { Mailbox } from '../mailbox.ts'
import type { NetworkSession, SimulatedNetwork } from '../network.ts'
import type { SimulatedSender } from '../network-state.ts'
import { askAcquaintances } from '../simulator-channel.ts'
import { DownloadShape, OpenShape, PollShape, SendShape, SessionShape } from './control-shapes.ts'

/** Sessions of clients in other processes. */
export class RemoteSessions {
  private readonly instance = randomUUID()
  private readonly mailboxes = new Map<string, Mailbox>()
  private readonly sessions = new Map<string, NetworkSession>()
  private readonly network: SimulatedNetwork
  private readonly pollMs: number

  constructor(network: SimulatedNetwork, pollMs: number) {
    this.network = network
    this.pollMs = pollMs
  }

  open({ clientId, ...request }: SimulatedSender & SessionKey, turn: number): unknown {
    const key = `${clientId}/${request.senderId}`
    this.sessions.get(key)?.close()
    const mailbox = this.mailboxOf(clientId)
    const session = this.network.open(request, (events) => mailbox.put(request.senderId, turn, events))
    this.sessions.set(key, session)
    return { instance: this.instance, capabilities: session.capabilities }
  }

  find({ clientId, senderId }: SessionKey): NetworkSession | undefined {
    return this.sessions.get(`${clientId}/${senderId}`)
  }

  async poll({ clientId, ack }: PollRequest): Promise<unknown> {
    return { instance: this.instance, ...(await this.mailboxOf(clientId).poll(ack, this.pollMs)) }
  }

  private mailboxOf(clientId: string): Mailbox {
    const mailbox = this.mailboxes.get(clientId) ?? createMailbox()
    this.mailboxes.set(clientId, mailbox)
    return mailbox
  }
}

function presentFile(session: NetworkSession, ref: string, bytesMax: number): DownloadedFile | null {
  const file = session.download(ref)
  if (file === null || file.data.byteLength > bytesMax) return null
  const { mimeType, fileName, data } = file
  return { mimeType, fileName, dataBase64: Buffer.from(data).toString('base64') }
}

const notConnected = { kind: 'not_sent', reason: 'not_connected', retryAfterMs: 1_000 } as const

/**
 * Answers a call of a session in another process.
 *
 * @returns undefined for a path that is none of these. @throws ZodError for a body of another shape.
 */
export async function answerSession(
  sessions: RemoteSessions,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  switch (path) {
    case paths.open: {
      const { turn, ...request } = OpenShape.parse(body)
      return sessions.open(request, turn)
    }
    case paths.poll:
      return sessions.poll(PollShape.parse(body))
    case paths.send: {
      const { message } = SendShape.parse(body)
      return sessions.find(SendShape.parse(body))?.send(message, signal) ?? notConnected
    }
    case paths.download: {
      const wish = DownloadShape.parse(body)
      const session = sessions.find(wish)
      return session ? presentFile(session, wish.ref, wish.bytesMax) : null
    }
    case paths.acquaintances: {
      const session = sessions.find(SessionShape.parse(body))
      return session ? askAcquaintances(session) : null
    }
    case paths.typing:
    case paths.close:
    case paths.logOut:
      return actOn(sessions.find(SessionShape.parse(body)), path)
    default:
      return undefined
  }
}

function actOn(session: NetworkSession | undefined, path: string): unknown {
  if (!session) return notConnected
  if (path === paths.typing) session.showTyping()
  else if (path === paths.close) session.close()
  else session.logOut()
  return null
}
