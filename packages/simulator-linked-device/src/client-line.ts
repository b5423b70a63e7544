import { decodeBinaryNode, encodeBinaryNode } from 'baileys'
import type { BinaryNode, proto } from 'baileys'
import type { WebSocket } from 'ws'
import type { ServerIdentity } from './certificates.ts'
import { FrameReader, frameOf } from './frames.ts'
import { NoiseResponder } from './noise.ts'
import type { KnownClient, Transport } from './noise.ts'

/** One client's connection, past the handshake. */
export interface ClientLine {
  readonly noiseKey: Buffer
  readonly payload: proto.ClientPayload
  readonly isOpen: boolean
  send(node: BinaryNode): void
  /** Sends the first `bytes` of a node and ends, as a line that breaks in the middle. */
  sendTruncated(node: BinaryNode, bytes: number): void
  /** Sends a sealed frame that holds no stanza. */
  sendGarbage(): void
  /** Ends properly. */
  close(): void
  /** Ends at once, without a word. */
  drop(): void
}

export interface LineHandler {
  /** The client is known; nothing was answered yet. */
  opened(line: ClientLine): void
  /** Called for one node after another; the next waits for it. */
  received(line: ClientLine, node: BinaryNode): Promise<void>
  closed(line: ClientLine): void
}

function lineOf(socket: WebSocket, { noiseKey, payload, transport }: KnownClient): ClientLine {
  const write = (bytes: Uint8Array): void => {
    if (socket.readyState === socket.OPEN) socket.send(bytes)
  }
  const sealed = (node: BinaryNode): Buffer => frameOf(transport.seal(encodeBinaryNode(node)))
  return {
    noiseKey,
    payload,
    get isOpen() {
      return socket.readyState === socket.OPEN
    },
    send: (node) => write(sealed(node)),
    sendTruncated: (node, bytes) => {
      write(sealed(node).subarray(0, bytes))
      socket.close()
    },
    sendGarbage: () => write(frameOf(transport.seal(Buffer.from([0, 248, 255, 255, 3, 7])))),
    close: () => socket.close(),
    drop: () => socket.terminate(),
  }
}

class Conversation {
  private readonly frames = new FrameReader()
  private readonly responder: NoiseResponder
  private readonly socket: WebSocket
  private readonly handler: LineHandler
  private isGreeted = false
  private transport: Transport | null = null
  private line: ClientLine | null = null
  private turn: Promise<void> = Promise.resolve()

  constructor(socket: WebSocket, identity: ServerIdentity, handler: LineHandler) {
    this.socket = socket
    this.handler = handler
    this.responder = new NoiseResponder(identity.key, identity.certificate)
    socket.on('message', (data: Buffer) => this.take(data))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      if (this.line) handler.closed(this.line)
    })
  }

  /** Whatever breaks the protocol ends the connection, as WhatsApp does. */
  private take(data: Buffer): void {
    try {
      for (const frame of this.frames.take(data)) this.takeFrame(frame)
    } catch {
      this.socket.terminate()
    }
  }

  private takeFrame(frame: Buffer): void {
    if (!this.isGreeted) {
      this.socket.send(frameOf(this.responder.greet(frame)))
      this.isGreeted = true
    } else if (this.transport === null) {
      const client = this.responder.finish(frame)
      this.transport = client.transport
      this.line = lineOf(this.socket, client)
      this.handler.opened(this.line)
    } else {
      this.queue(this.transport.open(frame))
    }
  }

  private queue(bytes: Buffer): void {
    const { line } = this
    if (line === null) return
    this.turn = this.turn
      .then(async () => this.handler.received(line, await decodeBinaryNode(bytes)))
      .catch(() => this.socket.terminate())
  }
}

/** Speaks with a client that just connected: handshake, then nodes in order. */
export function converse(socket: WebSocket, identity: ServerIdentity, handler: LineHandler): void {
  new Conversation(socket, identity, handler)
}
