import { USyncQuery, USyncUser, jidDecode } from 'baileys'
import type { SignalKeyStore, WASocket } from 'baileys'
import type { Existence } from '@siar/channel'
import { lidOf } from '../address.ts'
import { BoundedCache } from './bounded-cache.ts'

const absentMax = 2_000
/** Somebody may join WhatsApp any time; a campaign does not ask again meanwhile. */
const absentMs = 60 * 60_000

interface Found {
  readonly id: string
  readonly contact?: boolean
  readonly lid?: string
}

/** Who is on WhatsApp, asked of WhatsApp once and remembered: writing to people who are not harms the number. */
export class ExistenceCheck {
  private readonly absent = new BoundedCache<true>(absentMax, absentMs)
  private readonly keys: SignalKeyStore

  constructor(keys: SignalKeyStore) {
    this.keys = keys
  }

  /** Asks, in one query. @param phones E.164 with "+". @throws when there was no answer. */
  async ask(socket: WASocket, phones: readonly string[]): Promise<Existence[]> {
    if (phones.length === 0) return []
    const query = new USyncQuery().withContext('interactive').withContactProtocol().withLIDProtocol()
    for (const phone of phones) query.withUser(new USyncUser().withPhone(phone))
    const answer = await socket.executeUSyncQuery(query)
    if (!answer) throw new Error('the question was not answered')
    const byUser = new Map((answer.list as unknown as Found[]).map((one) => [jidDecode(one.id)?.user, one]))
    const known = phones.map((phone) => this.judge(phone, byUser.get(phone.slice(1))))
    await socket.signalRepository.lidMapping.storeLIDPNMappings(
      known.flatMap(({ phone, aliases }) =>
        aliases.map((lid) => ({ lid, pn: `${phone.slice(1)}@s.whatsapp.net` })),
      ),
    )
    return known
  }

  /** Before a first message: asks unless it is known. */
  async exists(socket: WASocket, phone: string): Promise<boolean> {
    if (this.absent.has(phone)) return false
    const user = phone.slice(1)
    const known = await this.keys.get('lid-mapping', [user])
    if (known[user] !== undefined) return true
    const [answer] = await this.ask(socket, [phone])
    return answer?.exists ?? false
  }

  private judge(phone: string, found: Found | undefined): Existence {
    const exists = found?.contact === true
    if (exists) this.absent.del(phone)
    else this.absent.set(phone, true)
    const lid = exists ? lidOf(found.lid) : null
    return { phone, exists, aliases: lid === null ? [] : [lid] }
  }
}
