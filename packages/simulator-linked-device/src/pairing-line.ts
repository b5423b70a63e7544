import { randomBytes } from 'node:crypto'
import {
  S_WHATSAPP_NET,
  getAllBinaryNodeChildren,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
} from 'baileys'
import type { BinaryNode } from 'baileys'
import type { Account, World } from './account.ts'
import { lidJid, numberJid, phoneOf } from './address.ts'
import type { ClientLine } from './client-line.ts'
import { CodePairing } from './code-pairing.ts'
import { boundTo, isVouched, vouchFor } from './device-identity.ts'
import type { Device } from './device.ts'
import { errorOf, node, resultOf, seconds } from './nodes.ts'

const firstRefMs = 60_000
const nextRefMs = 20_000

export type ScanResult = 'paired' | 'expired' | 'not_pairing'

interface Promised {
  readonly account: Account
  readonly device: Device
  readonly identityKey: Uint8Array
  readonly settle: (isPaired: boolean) => void
}

/** A client that is not linked yet, and waits to be. */
export class PairingLine {
  private readonly refs: readonly string[]
  private readonly world: World
  private readonly line: ClientLine
  private readonly sinceMs: number
  private code: CodePairing | null = null
  private codePhone: string | null = null
  private promised: Promised | null = null
  private typed: ((isPaired: boolean) => void) | null = null

  constructor(world: World, line: ClientLine, qrCodes: number) {
    this.refs = Array.from({ length: qrCodes }, () => randomBytes(24).toString('base64'))
    this.world = world
    this.line = line
    this.sinceMs = world.now()
    const refs = this.refs.map((ref) => node('ref', {}, Buffer.from(ref)))
    line.send(
      node('iq', { from: S_WHATSAPP_NET, type: 'set', id: randomBytes(4).toString('hex'), xmlns: 'md' }, [
        node('pair-device', {}, refs),
      ]),
    )
  }

  /** True for the QR code that is shown now. */
  shows(ref: string): boolean {
    const index = this.refs.indexOf(ref)
    if (index === -1) return false
    const from = this.sinceMs + (index === 0 ? 0 : firstRefMs + (index - 1) * nextRefMs)
    const until = from + (index === 0 ? firstRefMs : nextRefMs)
    return this.world.now() >= from && this.world.now() < until
  }

  get phoneOfCode(): string | null {
    return this.line.isOpen ? this.codePhone : null
  }

  /** The phone has read the keys of a QR code. Resolves once the client agreed, or went. */
  async scanned(
    account: Account,
    noise: Uint8Array,
    identity: Uint8Array,
    adv: Uint8Array,
  ): Promise<ScanResult> {
    const pairing = this.line.payload.devicePairingData
    if (!this.line.isOpen || !pairing?.eIdent) return 'not_pairing'
    if (!this.line.noiseKey.equals(noise) || Buffer.compare(pairing.eIdent, identity) !== 0) return 'expired'
    return (await this.succeed(account, identity, adv)) ? 'paired' : 'not_pairing'
  }

  /** The owner types a code on the phone. */
  async typedOnPhone(account: Account, code: string): Promise<boolean> {
    if (this.code === null) return false
    const hello = await this.code.type(code, account.party)
    const isPaired = new Promise<boolean>((resolve) => {
      this.typed = resolve
    })
    this.line.send(
      node(
        'notification',
        {
          from: S_WHATSAPP_NET,
          type: 'link_code_companion_reg',
          id: randomBytes(4).toString('hex'),
          t: this.t(),
        },
        [hello],
      ),
    )
    return isPaired
  }

  async received(stanza: BinaryNode): Promise<void> {
    if (stanza.tag === 'ack' || stanza.tag === 'ib') return
    const [child] = getAllBinaryNodeChildren(stanza)
    if (stanza.tag !== 'iq') return this.odd(stanza)
    if (stanza.attrs['type'] === 'result') return child ? this.signed(child) : undefined
    if (child?.tag === 'link_code_companion_reg') return this.takeCode(stanza, child)
    if (child?.tag === 'ping') return this.line.send(resultOf(stanza))
    this.odd(stanza)
    this.line.send(errorOf(stanza, 400, 'bad-request'))
  }

  closed(): void {
    this.promised?.settle(false)
    this.typed?.(false)
  }

  private odd(stanza: BinaryNode): void {
    this.world.oddities.push(`while pairing: ${stanza.tag} ${stanza.attrs['xmlns'] ?? ''}`)
  }

  private t(): string {
    return seconds(this.world.now())
  }

  private async takeCode(iq: BinaryNode, step: BinaryNode): Promise<void> {
    if (step.attrs['stage'] === 'companion_hello') {
      this.code = new CodePairing(step)
      this.codePhone = phoneOf(step.attrs['jid'])
      const ref = node('link_code_pairing_ref', {}, Buffer.from(this.code.ref))
      return this.line.send(
        resultOf(iq, node('link_code_companion_reg', { stage: 'companion_hello' }, [ref])),
      )
    }
    const result = this.code?.finish(step) ?? null
    const phone = this.codePhone
    if (result === null || phone === null) {
      this.line.send(errorOf(iq, 400, 'bad-request'))
      this.typed?.(false)
      return
    }
    this.line.send(resultOf(iq))
    void this.succeed(this.world.account(phone), result.identityKey, result.advSecret).then((isPaired) =>
      this.typed?.(isPaired),
    )
  }

  private succeed(account: Account, identityKey: Uint8Array, advSecret: Uint8Array): Promise<boolean> {
    const device = this.world.addDevice(account)
    const identity = boundTo(advSecret, vouchFor(account.party, identityKey, device.id))
    const { phone } = account
    this.line.send(
      node('iq', { from: S_WHATSAPP_NET, type: 'set', id: randomBytes(4).toString('hex'), t: this.t() }, [
        node('pair-success', {}, [
          node('device-identity', {}, identity),
          node('device', { jid: numberJid(phone, device.id), lid: lidJid(phone, device.id) }),
          node('platform', { name: 'android' }),
        ]),
      ]),
    )
    return new Promise((settle) => {
      this.promised = { account, device, identityKey, settle }
    })
  }

  /** The client's own signature: from now on the device is linked, and has to come back as such. */
  private signed(child: BinaryNode): void {
    if (child.tag !== 'pair-device-sign' || this.promised === null) return
    const { account, device, identityKey, settle } = this.promised
    const bytes = getBinaryNodeChildBuffer(child, 'device-identity')
    const index = Number(getBinaryNodeChild(child, 'device-identity')?.attrs['key-index'])
    if (!bytes || index !== device.id || !isVouched(account.party, identityKey, bytes)) {
      this.world.oddities.push('while pairing: a signature that does not fit')
      account.devices.delete(device.id)
      settle(false)
      return this.line.close()
    }
    device.noiseKey = this.line.noiseKey
    this.world.network.link({ senderId: account.senderId, phone: account.phone, settings: {} })
    settle(true)
    this.line.send(node('stream:error', { code: '515' }))
    this.line.close()
  }
}
