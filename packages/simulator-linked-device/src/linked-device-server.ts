import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { ownNumberOf } from '@siar/simulator'
import type { SimulatedNetwork } from '@siar/simulator'
import { World } from './account.ts'
import type { Account, ButtonForm, ReadMessage } from './account.ts'
import { makeServerIdentity } from './certificates.ts'
import { converse } from './client-line.ts'
import { linkDevice } from './credentials.ts'
import type { LinkedCredentials } from './credentials.ts'
import { Lines } from './lines.ts'
import type { LoginAnswer } from './lines.ts'
import { startMediaHost } from './media-host.ts'
import type { MediaHost } from './media-host.ts'
import { numberJid } from './address.ts'
import type { ScanResult } from './pairing-line.ts'
import { readQrCode } from './qr-code.ts'

export interface LinkedDeviceServerOptions {
  readonly network: SimulatedNetwork
  /** 0 takes a free one. */
  readonly port: number
  readonly now?: () => Date
  /** `settings.simulator` of every sender in the network: delays, the people's clock, whether ids are deduped. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** QR codes a client gets before it is sent away; 6 as WhatsApp gives. */
  readonly qrCodes?: number
}

/** The hands on the world of linked devices; what the network itself can do is in its own control. */
export interface LinkedDeviceControl {
  /** A phone with this number scans the QR code. `senderId` names it in the network; the number does unless told. */
  scan(qr: string, phone: string, senderId?: string): Promise<ScanResult>
  /** The owner of the number types the code that the client shows. @returns true when it paired. */
  typeCode(phone: string, code: string, senderId?: string): Promise<boolean>
  /** A device that was linked before, without the ceremony. */
  link(senderId: string, phone?: string): LinkedCredentials
  /** The phone of a sender that came by here. */
  phoneOf(senderId: string): string
  /** A member writes to a group. @returns the stanza's id. */
  writeToGroup(senderId: string, groupId: string, from: string, text: string): Promise<string>
  /** The next log-ins of the sender end so; `null` lets them in again. */
  answerLogin(senderId: string, answer: LoginAnswer | null): void
  /** The server ends the stream of a sender that is online, with a code of stream errors. */
  endStream(senderId: string, code: number, reason?: string): void
  /** The line goes without a word; resolves when it is gone on both sides. */
  drop(senderId: string): Promise<void>
  /** Sends the beginning of a stanza and hangs up. */
  sendTruncated(senderId: string): void
  /** Sends bytes that are no stanza at all. */
  sendGarbage(senderId: string): void
  /** New chats are locked until then, or free again. */
  lockNewChats(senderId: string, until: Date | null): void
  /** A person's phone loses its session with the sender, and cannot read the next message. */
  forgetSession(senderId: string, phone: string): Promise<void>
  hideNumber(phone: string): void
  setButtonForm(form: ButtonForm): void
  /** Chat states ("composing …") the sender has shown. */
  chatStates(senderId: string): readonly string[]
  /** What people's phones have read, all or one message. */
  read(messageId?: string): readonly ReadMessage[]
  /** Ids of people's messages the client showed as read. */
  readIds(): readonly string[]
  /** What clients did that WhatsApp would not take. */
  oddities(): readonly string[]
  /** Log-ins that came, by what became of them. */
  logins(): number
}

export interface LinkedDeviceServer {
  /** `ws://127.0.0.1:…/ws/chat`. */
  readonly url: string
  /** What a client has to trust instead of WhatsApp's own root key. */
  readonly rootPublicKey: Uint8Array
  readonly media: MediaHost
  readonly control: LinkedDeviceControl
  close(): Promise<void>
}

function controlOf(world: World, lines: Lines): LinkedDeviceControl {
  const account = (senderId: string): Account => world.accountOf(senderId)
  return {
    scan: async (qr, phone, senderId) => {
      const code = readQrCode(qr)
      const line = code === null ? undefined : lines.pairing(code.ref)
      if (code === null || line === undefined) return 'expired'
      return line.scanned(world.account(phone, senderId), code.noiseKey, code.identityKey, code.advSecret)
    },
    typeCode: async (phone, code, senderId) => {
      const line = lines.pairingByCode(phone)
      return line === undefined ? false : line.typedOnPhone(world.account(phone, senderId), code)
    },
    link: (senderId, phone = ownNumberOf(senderId)) => linkDevice(world, world.account(phone, senderId)),
    phoneOf: (senderId) => account(senderId).phone,
    writeToGroup: (senderId, group, from, text) =>
      lines.get(account(senderId)).writeToGroup(group, from, text),
    answerLogin: (senderId, answer) => lines.answerLogin(account(senderId), answer),
    endStream: (senderId, code, reason) => lines.endStream(account(senderId), code, reason),
    drop: (senderId) => lines.drop(account(senderId)),
    sendTruncated: (senderId) => lines.sendTruncated(account(senderId)),
    sendGarbage: (senderId) => lines.sendGarbage(account(senderId)),
    lockNewChats: (senderId, until) => lines.lockNewChats(account(senderId), until),
    forgetSession: async (senderId, phone) => {
      const { phone: own, devices } = account(senderId)
      for (const id of devices.keys()) await world.party(phone).forget(numberJid(own, id))
    },
    hideNumber: (phone) => void world.hidden.add(phone),
    setButtonForm: (form) => {
      world.buttonForm = form
    },
    chatStates: (senderId) => lines.find(account(senderId))?.chatStates ?? [],
    read: (messageId) => world.read(messageId),
    readIds: () => world.readIds,
    oddities: () => world.oddities,
    logins: () => lines.logins,
  }
}

/**
 * WhatsApp's side of a linked device: the WebSocket with Noise and Signal, and the host of media files, over one
 * simulated network. Reachable from this machine only.
 */
export async function startLinkedDeviceServer(
  options: LinkedDeviceServerOptions,
): Promise<LinkedDeviceServer> {
  const { network, port, now = () => new Date(), settings = {}, qrCodes = 6 } = options
  const media = await startMediaHost(now())
  const world = new World(network, media, () => now().getTime())
  const identity = makeServerIdentity()
  const lines = new Lines(world, settings, qrCodes)
  const http = createServer((_request, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({ server: http, path: '/ws/chat' })
  sockets.on('connection', (socket) => converse(socket, identity, lines))
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws/chat`,
    rootPublicKey: identity.rootPublicKey,
    media,
    control: controlOf(world, lines),
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
      await media.close()
    },
  }
}
