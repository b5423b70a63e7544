import { makeWASocket } from 'baileys'
import type { BaileysEventMap, BinaryNode, WASocket } from 'baileys'
import type { WebSocket } from 'ws'
import type { Announce } from './baileys-logger.ts'
import { FrameGate } from './frame-gate.ts'
import { isWhatsAppHost } from './media-host.ts'
import type { Line } from './sending.ts'
import type { RunSettings } from './session-settings.ts'
import { socketConfig } from './socket-config.ts'
import type { SocketParts } from './socket-config.ts'
import { stanzaKeyOf } from './unstored.ts'

type Update = BaileysEventMap['connection.update']

/** What a connection tells its session. Nothing comes after `closed`. */
export interface ConnectionListener {
  update(update: Update): void
  credsChanged(change: BaileysEventMap['creds.update']): void
  messages(upsert: BaileysEventMap['messages.upsert']): void
  acknowledged(stanza: BinaryNode): void
  receipt(stanza: BinaryNode): void
  stanza(stanza: BinaryNode): void
  samePerson(pair: BaileysEventMap['lid-mapping.update']): void
}

/** A frame that cannot be read ends this connection, and nothing else. */
function containFaults(socket: WASocket): void {
  const [take] = socket.ws.listeners('message') as ((data: Uint8Array) => Promise<void>)[]
  if (!take) return
  socket.ws.removeAllListeners('message')
  socket.ws.on('message', (data: Uint8Array) => {
    take(data).catch((error: unknown) => void socket.end(error as Error))
  })
}

/** Begins one connection. */
export function openConnection(
  parts: Omit<SocketParts, 'announce'>,
  settings: RunSettings,
  listener: ConnectionListener,
): Line {
  let gate: FrameGate | null = null
  const announce: Announce = {
    message: (stanzaId) => gate?.announce(stanzaId),
    answer: (key) => gate?.announceAnswer(key),
  }
  const socket = makeWASocket(socketConfig({ ...parts, announce }, settings))
  const raw = (socket.ws as unknown as { socket: WebSocket }).socket
  // What is held waits for an event that Baileys may keep back until all has come that waited on the server.
  gate = new FrameGate(raw, () => void socket.ev.flush())
  containFaults(socket)
  // Baileys listens to this event and does nothing, which keeps the WebSocket waiting for its timeout.
  raw.on('unexpected-response', (_request, { statusCode }) => {
    void socket.end(new Error(`the way to WhatsApp answered with ${statusCode ?? 'nothing'}`))
  })
  socket.ev.on('connection.update', (update) => listener.update(update))
  socket.ev.on('creds.update', (change) => listener.credsChanged(change))
  socket.ev.on('messages.upsert', (upsert) => listener.messages(upsert))
  socket.ev.on('lid-mapping.update', (pair) => listener.samePerson(pair))
  socket.ws.on('CB:ack,class:message', (stanza: BinaryNode) => listener.acknowledged(stanza))
  socket.ws.on('CB:receipt', (stanza: BinaryNode) => listener.receipt(stanza))
  socket.ws.on('frame', (stanza: BinaryNode) => {
    const key = stanzaKeyOf(stanza)
    if (key !== null) gate?.arrived(key)
    if (stanza.tag === 'message') listener.stanza(stanza)
  })
  return {
    socket,
    gate,
    media: {
      dispatcher: parts.ways.dispatcher,
      connection: (refresh) => socket.refreshMediaConn(refresh),
      isTrusted: settings.standIn === null ? isWhatsAppHost : () => true,
    },
  }
}
