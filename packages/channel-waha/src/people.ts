import { addressOf, chatIdOf } from './chat-id.ts'
import { RecentMap } from './recent-map.ts'
import type { WahaApi } from './waha-api.ts'

export interface Person {
  /** The number where it is known, else the hidden id. */
  readonly address: string
  readonly aliases: readonly string[]
}

/** Where to write to an address; null when it is not on WhatsApp. */
export type Destination = { readonly chatId: string } | null

const rememberedMax = 5_000
const unknownForMs = 10 * 60_000
const lookUpMs = 5_000

/**
 * The people one session met: which hidden id is whose number, and under which chat a number is reached (WhatsApp may
 * know a number in another form than it is dialled). Remembers some thousands.
 */
export class People {
  private readonly phoneByLid = new RecentMap<string>(rememberedMax)
  private readonly lidByPhone = new RecentMap<string>(rememberedMax)
  private readonly chatByPhone = new RecentMap<string>(rememberedMax)
  /** Until when nobody is asked again who a hidden id is. */
  private readonly unknownUntil = new RecentMap<number>(rememberedMax)
  private learned: [string, string][] = []
  private readonly api: WahaApi
  private readonly nowMs: () => number

  constructor(api: WahaApi, nowMs: () => number) {
    this.api = api
    this.nowMs = nowMs
  }

  /** Pairs of addresses that turned out to be one person since the last call. */
  takeLearned(): [string, string][] {
    return this.learned.splice(0)
  }

  learn(lid: string, phone: string): void {
    if (this.phoneByLid.find(lid) === phone) return
    this.phoneByLid.put(lid, phone)
    this.lidByPhone.put(phone, lid)
    this.learned.push([phone, lid])
  }

  /** Who writes, by the id of the chat and what came along; asks WAHA for the number of a hidden id, once. */
  async identify(chatId: string, others: readonly string[]): Promise<Person | null> {
    const address = addressOf(chatId)
    if (address === null) return null
    const given = others.map(addressOf).filter((other) => other !== null && other !== address) as string[]
    const phone = [address, ...given].find((one) => one.startsWith('+')) ?? (await this.findPhone(address))
    const lid = [address, ...given].find((one) => one.endsWith('@lid')) ?? this.lidByPhone.find(phone ?? '')
    if (phone !== null && lid !== undefined) this.learn(lid, phone)
    const main = phone ?? address
    return { address: main, aliases: [...new Set([lid ?? main, ...given])].filter((one) => one !== main) }
  }

  /** The number of a hidden id, or null when nobody tells. */
  async findPhone(lid: string): Promise<string | null> {
    const known = this.phoneByLid.find(lid)
    if (known !== undefined) return known
    if ((this.unknownUntil.find(lid) ?? 0) > this.nowMs()) return null
    const found = await this.api.phoneOfLid(lid, AbortSignal.timeout(lookUpMs)).catch(() => null)
    const phone = found === null ? null : addressOf(found)
    if (phone?.startsWith('+')) {
      this.learn(lid, phone)
      return phone
    }
    this.unknownUntil.put(lid, this.nowMs() + unknownForMs)
    return null
  }

  /**
   * Where messages to an address go. A number not written to before is looked up first: messages to numbers without
   * WhatsApp harm the sender.
   *
   * @throws CallFailed, AnswerRefused
   */
  async destinationOf(address: string, signal?: AbortSignal): Promise<Destination> {
    if (!address.startsWith('+')) return { chatId: chatIdOf(address) }
    const known = this.chatByPhone.find(address)
    if (known !== undefined) return { chatId: known }
    const { numberExists, chatId } = await this.api.exists(address, signal)
    if (!numberExists) return null
    return { chatId: this.rememberChat(address, chatId) }
  }

  private rememberChat(phone: string, found: string | null): string {
    const address = found === null ? null : addressOf(found)
    const chatId = address === null || found === null ? chatIdOf(phone) : chatIdOf(address)
    this.chatByPhone.put(phone, chatId)
    if (address?.endsWith('@lid')) this.learn(address, phone)
    return chatId
  }

  /** What WAHA knows of a number: whether it exists, and every other address it is known by. */
  async lookUp(phone: string, signal?: AbortSignal): Promise<{ exists: boolean; aliases: string[] }> {
    const { numberExists, chatId } = await this.api.exists(phone, signal)
    if (!numberExists) return { exists: false, aliases: [] }
    const reached = addressOf(this.rememberChat(phone, chatId))
    const asked = this.lidByPhone.find(phone) ?? (await this.api.lidOfPhone(phone, signal).catch(() => null))
    const lid = asked == null ? null : addressOf(asked)
    if (lid?.endsWith('@lid')) this.learn(lid, phone)
    return {
      exists: true,
      aliases: [...new Set([reached, lid])].filter((one) => one !== null && one !== phone) as string[],
    }
  }
}
