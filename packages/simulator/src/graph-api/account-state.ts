import { createOutbox } from '@siar/channel'
import type { Outbox } from '@siar/channel'
import type { NetworkSession } from '../network.ts'
import { CallRules } from './call-rules.ts'
import { MediaStore } from './media-store.ts'
import type { GraphApiAccount, GraphApiApp, GraphApiNumber, GraphApiOptions } from './options.ts'
import { createThroughput, PairRates, UniquePeople } from './rates.ts'
import type { Allowance } from './rates.ts'
import { TemplateStore } from './templates.ts'
import type { ReviewRule } from './templates.ts'
import { WebhookPoster } from './webhook-post.ts'
import type { WebhookSource } from './webhook-post.ts'
import { thingsOf } from './webhook-thing.ts'
import type { WebhookThing } from './webhook-thing.ts'

export interface AppState {
  readonly app: GraphApiApp
  readonly poster: WebhookPoster
}

export interface AccountState {
  readonly account: GraphApiAccount
  readonly app: AppState
  readonly people: UniquePeople
  readonly templates: TemplateStore
  readonly tokens: Set<string>
  isSubscribed: boolean
}

export interface NumberState {
  readonly number: GraphApiNumber
  readonly source: WebhookSource
  readonly account: AccountState
  readonly senderId: string
  readonly pairs: PairRates
  throughput: Allowance
  /** Fields of the number that a test may set. */
  readonly fields: { quality: string; throughputLevel: string; status: string | null }
  readonly stoppedMarketing: Set<string>
  isRegistered: boolean
  session: NetworkSession
}

/** News that is no event of the network, until it was taken. */
export interface OwnNews {
  readonly account: AccountState
  readonly source: WebhookSource
  readonly thing: WebhookThing
}

export interface Upload {
  readonly appId: string
  readonly lengthBytes: number
}

/** Everything the stand-in knows. */
export class GraphState {
  readonly options: GraphApiOptions
  readonly apps = new Map<string, AppState>()
  readonly portfolios = new Map<string, UniquePeople>()
  readonly accounts = new Map<string, AccountState>()
  readonly numbers = new Map<string, NumberState>()
  readonly media = new MediaStore()
  readonly rules = new CallRules()
  readonly uploads = new Map<string, Upload>()
  readonly codes = new Map<string, { readonly appId: string; readonly token: string }>()
  readonly reviewRules: ReviewRule[] = []
  readonly calls = { messages: 0, marketing: 0, read: 0, typing: 0, uploads: 0, management: 0, refused: 0 }
  private readonly news: Outbox<OwnNews>
  private ids = 0

  constructor(options: GraphApiOptions) {
    this.options = options
    this.news = createOutbox<OwnNews>(options.network.schedule)
    this.news.attach((all) => this.tellNews(all))
    for (const account of options.accounts ?? []) this.addAccount(account)
  }

  nowMs(): number {
    return this.options.network.clock.nowMs()
  }

  newId(): string {
    this.ids += 1
    return String(900_000_000_000_000 + this.ids)
  }

  addAccount(account: GraphApiAccount): void {
    const { wabaId, portfolioId = wabaId, uniquePeopleMax = Infinity } = account
    const people = this.portfolios.get(portfolioId) ?? new UniquePeople(uniquePeopleMax)
    this.portfolios.set(portfolioId, people)
    const state: AccountState = {
      account,
      app: this.appOf(account.app),
      people,
      templates: new TemplateStore(),
      tokens: new Set(account.accessTokens),
      isSubscribed: account.isSubscribed ?? true,
    }
    this.accounts.set(wabaId, state)
    for (const number of account.numbers) this.addNumber(state, number)
  }

  /** The connection of a number to the network, made again when the network ended it. */
  sessionOf(state: NumberState): NetworkSession {
    if (state.session.status() === 'closed') state.session = this.connect(state)
    return state.session
  }

  tell(account: AccountState, source: WebhookSource, thing: WebhookThing): void {
    this.news.push({ account, source, thing })
  }

  close(): void {
    this.news.detach()
    for (const { session } of this.numbers.values()) session.close()
    for (const { poster } of this.apps.values()) poster.close()
  }

  private appOf(app: GraphApiApp): AppState {
    const known = this.apps.get(app.id)
    if (known) return known
    const poster = new WebhookPoster(app, this.options.webhooks ?? {}, () => this.nowMs())
    const state = { app, poster }
    this.apps.set(app.id, state)
    return state
  }

  private addNumber(account: AccountState, number: GraphApiNumber): void {
    const { id, phone, senderId = id, messagesPerSecond = 80 } = number
    const source = { wabaId: account.account.wabaId, number: { id, displayPhone: phone.slice(1) } }
    const state: Omit<NumberState, 'session'> = {
      number,
      source,
      account,
      senderId,
      pairs: new PairRates(),
      throughput: createThroughput(messagesPerSecond),
      fields: {
        quality: 'GREEN',
        throughputLevel: messagesPerSecond > 80 ? 'HIGH' : 'STANDARD',
        status: null,
      },
      stoppedMarketing: new Set(),
      isRegistered: true,
    }
    this.numbers.set(id, { ...state, session: this.connect(state) })
  }

  private connect(state: Omit<NumberState, 'session'>): NetworkSession {
    const { network, latencyMs = 0, timeScale } = this.options
    const simulator = {
      official: true,
      dedupesOurId: false,
      echoesOurId: true,
      latencyMsMin: latencyMs,
      latencyMsMax: latencyMs,
      ...(timeScale === undefined ? {} : { timeScale }),
    }
    const { senderId, account, source, number } = state
    return network.open(
      { senderId, kind: 'graph-api', phone: number.phone, settings: { simulator } },
      async (events) => {
        if (!account.isSubscribed) return
        await account.app.poster.post(source, events.flatMap(thingsOf))
      },
    )
  }

  private async tellNews(all: readonly OwnNews[]): Promise<void> {
    const posts = all
      .filter(({ account }) => account.isSubscribed)
      .map(({ account, source, thing }) => account.app.poster.post(source, [thing]))
    await Promise.all(posts)
  }
}
