import type { BinaryNode } from 'baileys'
import type { Account, World } from './account.ts'
import type { ClientLine, LineHandler } from './client-line.ts'
import { newDevice } from './device.ts'
import { LinkedLine } from './linked-line.ts'
import { lockNotice } from './mex.ts'
import { node } from './nodes.ts'
import { PairingLine } from './pairing-line.ts'

/** What a log-in gets instead of `success`: a failure by its reason, or silence. */
export type LoginAnswer = { readonly failure: number } | 'silence'

/** Every connection of the stand-in, by what it is. */
export class Lines implements LineHandler {
  logins = 0
  private readonly world: World
  private readonly settings: Readonly<Record<string, unknown>>
  private readonly qrCodes: number
  private readonly waiting = new Map<ClientLine, PairingLine>()
  private readonly linked = new Map<ClientLine, LinkedLine>()
  private readonly current = new Map<Account, LinkedLine>()
  private readonly answers = new Map<Account, LoginAnswer>()

  constructor(world: World, settings: Readonly<Record<string, unknown>>, qrCodes: number) {
    this.qrCodes = qrCodes
    this.world = world
    this.settings = settings
  }

  opened(line: ClientLine): void {
    if (line.payload.devicePairingData)
      this.waiting.set(line, new PairingLine(this.world, line, this.qrCodes))
    else this.logIn(line)
  }

  async received(line: ClientLine, stanza: BinaryNode): Promise<void> {
    await (this.waiting.get(line) ?? this.linked.get(line))?.received(stanza)
  }

  closed(line: ClientLine): void {
    this.waiting.get(line)?.closed()
    this.linked.get(line)?.closed()
    this.waiting.delete(line)
    this.linked.delete(line)
  }

  pairing(ref: string): PairingLine | undefined {
    return [...this.waiting.values()].find((line) => line.shows(ref))
  }

  pairingByCode(phone: string): PairingLine | undefined {
    return [...this.waiting.values()].find((line) => line.phoneOfCode === phone)
  }

  find(account: Account): LinkedLine | undefined {
    return this.current.get(account)
  }

  get(account: Account): LinkedLine {
    const line = this.current.get(account)
    if (line === undefined) throw new Error(`${account.senderId} is not connected`)
    return line
  }

  answerLogin(account: Account, answer: LoginAnswer | null): void {
    if (answer === null) this.answers.delete(account)
    else this.answers.set(account, answer)
  }

  endStream(account: Account, code: number, reason?: string): void {
    this.get(account).end(node('stream:error', { code: String(code) }, reason ? [node(reason)] : []))
  }

  async drop(account: Account): Promise<void> {
    const line = this.get(account)
    line.line.drop()
    while (this.current.get(account) === line) await new Promise((resolve) => setTimeout(resolve, 1))
  }

  sendTruncated(account: Account): void {
    this.get(account).line.sendTruncated(node('presence', { from: 's.whatsapp.net' }), 5)
  }

  sendGarbage(account: Account): void {
    this.get(account).line.sendGarbage()
  }

  lockNewChats(account: Account, until: Date | null): void {
    account.lockedUntilMs = until?.getTime() ?? null
    this.find(account)?.notify((id) => lockNotice(account, id, this.world.now()))
  }

  /** A device that is not known here may come from before this stand-in began; one that was thrown out may not. */
  private logIn(line: ClientLine): void {
    this.logins += 1
    const { username, device: id = 0 } = line.payload
    const account = this.world.account(`+${String(username)}`)
    const answer = this.answers.get(account)
    if (answer === 'silence') return
    if (answer) return this.refuse(line, answer.failure)
    if (account.removed.has(id ?? 0)) return this.refuse(line, 401)
    const device = account.devices.get(id ?? 0) ?? newDevice(id ?? 0)
    account.devices.set(device.id, device)
    account.deviceCount = Math.max(account.deviceCount, device.id)
    if (device.noiseKey !== null && !device.noiseKey.equals(line.noiseKey)) return this.refuse(line, 401)
    device.noiseKey = line.noiseKey
    this.current.get(account)?.end(node('stream:error', {}, [node('conflict', { type: 'replaced' })]))
    this.admit(line, account, device)
  }

  private admit(line: ClientLine, account: Account, device: ReturnType<typeof newDevice>): void {
    const linked = new LinkedLine(this.world, account, device, line, {
      settings: this.settings,
      onEnd: (ended) => {
        if (this.current.get(account) === ended) this.current.delete(account)
      },
    })
    this.linked.set(line, linked)
    this.current.set(account, linked)
    linked.start()
  }

  private refuse(line: ClientLine, reason: number): void {
    line.send(node('failure', { reason: String(reason), location: 'sim' }))
    line.close()
  }
}
