import { tellTemplate, tellTemplateStatus } from './account-calls.ts'
import type { AccountState, GraphState, NumberState } from './account-state.ts'
import type { CallRule } from './call-rules.ts'
import type { Json } from './json.ts'
import type { GraphApiAccount } from './options.ts'
import { createThroughput } from './rates.ts'
import type { ReviewRule, StoredTemplate, TemplateStatus } from './templates.ts'

export interface GraphApiCounts {
  /** Calls by what they asked for; `refused` counts answers that were errors. */
  readonly calls: Readonly<GraphState['calls']>
  readonly webhooks: { readonly bodies: number; readonly things: number; readonly refused: number }
}

/** The hands on Meta's side of the simulated world. People are in the hands of the network's own control. */
export interface GraphApiControl {
  addAccount(account: GraphApiAccount): void
  /** Sets the webhook of an app after the handshake Meta makes. @returns false when it was not answered rightly. */
  setWebhook(appId: string, url: string): Promise<boolean>
  /** A person wrote long ago enough to be forgotten, and recently enough for the window: it is open, and nobody is told. */
  openWindow(numberId: string, person: string, byAd?: boolean): void
  addRule(rule: CallRule): void
  clearRules(): void
  addReviewRule(rule: ReviewRule): void
  setTemplate(wabaId: string, name: string, language: string, status: TemplateStatus, reason?: string): void
  setTemplateQuality(wabaId: string, name: string, language: string, before: string, after: string): void
  /** Changes fields of a number and tells the account what Meta tells. */
  setQuality(numberId: string, quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'): void
  /** Of the whole portfolio, for what is sent from now on; `TIER_250`, `TIER_2K`, `TIER_UNLIMITED` … */
  setMessagingLimit(numberId: string, tier: string): void
  upgradeThroughput(numberId: string, perSecond: number): void
  setNumberStatus(numberId: string, status: string | null): void
  /** A person uses WhatsApp's own switch for marketing from this business. */
  chooseMarketing(numberId: string, person: string, choice: 'stop' | 'resume'): void
  revokeToken(token: string): void
  /** What the browser of a sign-up would bring. @returns the code to exchange. */
  grantCode(appId: string, token: string): string
  /** Forgets one uploaded file or all. */
  expireMedia(id?: string): void
  /** A webhook of the account, or of one of its numbers, in Meta's own words. */
  tellAccount(wabaId: string, field: string, value: Json): void
  tellNumber(
    numberId: string,
    field: 'messages',
    list: 'messages' | 'statuses' | 'errors',
    entry: Json,
    contact?: Json,
  ): void
  /** Connections are refused for a while; open ones break. */
  refuseConnections(forMs: number): Promise<void>
  counts(): GraphApiCounts
}

export interface ServerHands {
  readonly hangUp: () => Promise<void>
  readonly listen: () => Promise<void>
}

function numberOf(state: GraphState, id: string): NumberState {
  const number = state.numbers.get(id)
  if (number === undefined) throw new Error('No such phone number id')
  return number
}

function accountOf(state: GraphState, wabaId: string): AccountState {
  const account = state.accounts.get(wabaId)
  if (account === undefined) throw new Error('No such account')
  return account
}

function templateOf(account: AccountState, name: string, language: string): StoredTemplate {
  const template = account.templates.find(name, language)
  if (template === undefined) throw new Error('No such template')
  return template
}

function readTier(tier: string): number {
  const [, count, thousand] = /^TIER_(\d+)(K?)$/.exec(tier) ?? []
  return count === undefined ? Infinity : Number(count) * (thousand === 'K' ? 1_000 : 1)
}

function tellOfAccount(state: GraphState, account: AccountState, field: string, value: Json): void {
  const source = { wabaId: account.account.wabaId, number: null }
  state.tell(account, source, { field, list: null, value })
}

async function setWebhook(state: GraphState, appId: string, url: string): Promise<boolean> {
  const app = state.apps.get(appId)
  if (app === undefined) throw new Error('No such app')
  const challenge = state.newId()
  const address = new URL(url)
  address.searchParams.set('hub.mode', 'subscribe')
  address.searchParams.set('hub.verify_token', app.app.verifyToken)
  address.searchParams.set('hub.challenge', challenge)
  const answer = await fetch(address)
  const isRight = answer.status === 200 && (await answer.text()) === challenge
  if (isRight) app.poster.webhookUrl = url
  return isRight
}

function numberHands(
  state: GraphState,
): Pick<
  GraphApiControl,
  | 'setQuality'
  | 'setMessagingLimit'
  | 'upgradeThroughput'
  | 'setNumberStatus'
  | 'chooseMarketing'
  | 'openWindow'
> {
  const tellQuality = (number: NumberState, value: Json): void => {
    const display_phone_number = number.number.phone.slice(1)
    tellOfAccount(state, number.account, 'phone_number_quality_update', { display_phone_number, ...value })
  }
  return {
    setQuality: (numberId, quality) => {
      numberOf(state, numberId).fields.quality = quality
    },
    setMessagingLimit: (numberId, tier) => {
      const number = numberOf(state, numberId)
      const { people } = number.account
      const old_limit = people.tier
      people.max = readTier(tier)
      const value = {
        event: 'UPGRADE',
        old_limit,
        current_limit: tier,
        max_daily_conversations_per_business: tier,
      }
      tellQuality(number, value)
      tellOfAccount(state, number.account, 'business_capability_update', {
        max_daily_conversations_per_business: tier,
      })
    },
    upgradeThroughput: (numberId, perSecond) => {
      const number = numberOf(state, numberId)
      number.throughput = createThroughput(perSecond)
      number.fields.throughputLevel = 'HIGH'
      tellQuality(number, { event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' })
    },
    setNumberStatus: (numberId, status) => {
      numberOf(state, numberId).fields.status = status
    },
    chooseMarketing: (numberId, person, choice) => {
      const number = numberOf(state, numberId)
      if (choice === 'stop') number.stoppedMarketing.add(person)
      else number.stoppedMarketing.delete(person)
      const at = new Date(state.nowMs())
      state.options.network.tell(number.senderId, [{ type: 'marketing_choice', from: person, choice, at }])
    },
    openWindow: (numberId, person, byAd = false) => {
      state.options.network.openWindow(numberOf(state, numberId).senderId, person, byAd)
    },
  }
}

function templateHands(
  state: GraphState,
): Pick<GraphApiControl, 'addReviewRule' | 'setTemplate' | 'setTemplateQuality'> {
  return {
    addReviewRule: (rule) => void state.reviewRules.push(rule),
    setTemplate: (wabaId, name, language, status, reason = 'NONE') => {
      const account = accountOf(state, wabaId)
      const template = templateOf(account, name, language)
      template.status = status
      template.reason = reason
      tellTemplateStatus(state, account, template)
    },
    setTemplateQuality: (wabaId, name, language, before, after) => {
      const account = accountOf(state, wabaId)
      const scores = { previous_quality_score: before, new_quality_score: after }
      const template = templateOf(account, name, language)
      tellTemplate(state, account, template, 'message_template_quality_update', scores)
    },
  }
}

function countsOf(state: GraphState): GraphApiCounts {
  const webhooks = { bodies: 0, things: 0, refused: 0 }
  for (const { poster } of state.apps.values()) {
    webhooks.bodies += poster.counts.bodies
    webhooks.things += poster.counts.things
    webhooks.refused += poster.counts.refused
  }
  return { calls: { ...state.calls }, webhooks }
}

export function createGraphControl(state: GraphState, hands: ServerHands): GraphApiControl {
  return {
    ...numberHands(state),
    ...templateHands(state),
    addAccount: (account) => state.addAccount(account),
    setWebhook: (appId, url) => setWebhook(state, appId, url),
    addRule: (rule) => state.rules.add(rule),
    clearRules: () => state.rules.clear(),
    revokeToken: (token) => {
      for (const { tokens } of state.accounts.values()) tokens.delete(token)
    },
    grantCode: (appId, token) => {
      const code = `code${state.newId()}`
      state.codes.set(code, { appId, token })
      return code
    },
    expireMedia: (id) => state.media.expire(id),
    tellAccount: (wabaId, field, value) => tellOfAccount(state, accountOf(state, wabaId), field, value),
    tellNumber: (numberId, field, list, entry, contact) => {
      const { account, source } = numberOf(state, numberId)
      state.tell(account, source, { field, list, entry, contact: contact ?? null })
    },
    refuseConnections: async (forMs) => {
      await hands.hangUp()
      setTimeout(() => void hands.listen(), forMs)
    },
    counts: () => countsOf(state),
  }
}
