import type { WASocket } from 'baileys'
import type { PairingWish } from '@siar/channel'
import type { Host } from './host.ts'

const firstQrMs = 60_000
const nextQrMs = 20_000
/** As long as the server keeps the connection of a client that is not linked. */
const codeMs = 160_000

/** Shows what a person scans or types. Source: Baileys' times of QR codes, the first lives longer. */
export class Pairing {
  private readonly host: Host
  private readonly wish: PairingWish
  private shown = 0

  constructor(host: Host, wish: PairingWish) {
    this.host = host
    this.wish = wish
  }

  /** A new connection begins with a new row of codes. */
  begin(): void {
    this.shown = 0
  }

  /** A QR code is there; for a pairing by code it says that the server is ready. */
  async show(socket: WASocket, qr: string): Promise<void> {
    this.shown += 1
    if (this.wish.by === 'qr') return this.tell('qr', qr, this.shown === 1 ? firstQrMs : nextQrMs)
    if (this.shown > 1) return
    try {
      const code = await socket.requestPairingCode(this.wish.phone.replace(/\D/g, ''))
      this.tell('code', code, codeMs)
    } catch {
      this.host.emit({
        type: 'note',
        kind: 'pairing_code_failed',
        detail: 'no code was given',
        at: new Date(),
      })
    }
  }

  private tell(kind: 'qr' | 'code', data: string, validMs: number): void {
    this.host.emit({ type: 'pairing', kind, data, expiresAt: new Date(Date.now() + validMs) })
  }
}
