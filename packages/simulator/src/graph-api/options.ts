import type { SimulatedNetwork } from '../network.ts'

/** A program at Meta that may act for accounts and is told of what happens to them. */
export interface GraphApiApp {
  readonly id: string
  /** Signs webhooks. */
  readonly secret: string
  readonly verifyToken: string
  /** null: nobody is told. */
  readonly webhookUrl: string | null
}

export interface GraphApiNumber {
  /** The phone number id. */
  readonly id: string
  /** E.164. */
  readonly phone: string
  readonly name?: string
  /** The name of the number in the network and its record of frames; the phone number id unless told. */
  readonly senderId?: string
  /** 80 unless told. */
  readonly messagesPerSecond?: number
}

/** A WhatsApp Business account. */
export interface GraphApiAccount {
  readonly wabaId: string
  /** Accounts of one portfolio share the limit of people; the account's own unless told. */
  readonly portfolioId?: string
  /** Different people outside of windows in 24 hours; unlimited unless told. The first account of a portfolio decides. */
  readonly uniquePeopleMax?: number
  readonly accessTokens: readonly string[]
  readonly app: GraphApiApp
  readonly numbers: readonly GraphApiNumber[]
  /** Whether the app was subscribed to the account's webhooks before; true unless told. */
  readonly isSubscribed?: boolean
}

export interface GraphApiOptions {
  readonly network: SimulatedNetwork
  /** 0 takes a free one. */
  readonly port: number
  /** `127.0.0.1` unless told. */
  readonly host?: string
  readonly accounts?: readonly GraphApiAccount[]
  /** From a call to its answer; 0 unless told. */
  readonly latencyMs?: number
  /** How much faster the clock of the people runs; as the network's default unless told. */
  readonly timeScale?: number
  /** From the submission of a template to its review; 50 ms unless told. */
  readonly reviewMs?: number
  readonly webhooks?: WebhookManners
}

/** How webhooks come: all of what Meta allows itself may be turned on. */
export interface WebhookManners {
  /** Things in one body at most; 100 unless told. */
  readonly batchMax?: number
  /** Share of bodies that come a second time, 0–1. */
  readonly duplicates?: number
  /** Things of one batch come in any order. */
  readonly reorders?: boolean
  /** Told of every body that was answered with 200: how long that took, and how many things stood in it. */
  readonly onAnswered?: (durationMs: number, things: number) => void
}
