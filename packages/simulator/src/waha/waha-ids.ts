import { randomBytes } from 'node:crypto'
import { hiddenIdOf, phoneOfHiddenId } from '../hidden-id.ts'
import type { WahaBehaviour } from './waha-options.ts'

/** The chat of a person as this server names it. */
export function chatOf(address: string, { addressing }: Pick<WahaBehaviour, 'addressing'>): string {
  if (!address.startsWith('+')) return address
  return addressing === 'lid' ? hiddenIdOf(address) : `${address.slice(1)}@c.us`
}

/** The person behind a chat id, as the network knows them; null for what is no person. */
export function addressOfChat(chatId: string): string | null {
  const [, number, server] = /^(\d{6,20})(?:@(c\.us|s\.whatsapp\.net|lid))?$/.exec(chatId) ?? []
  if (number === undefined) return null
  return server === 'lid' ? (phoneOfHiddenId(chatId) ?? chatId) : `+${number}`
}

/** An id as WhatsApp's clients make them. */
export function newMessageId(): string {
  return `3EB0${randomBytes(9).toString('hex').toUpperCase()}`
}

export function newEventId(): string {
  return `evt_${randomBytes(13).toString('hex')}`
}

export function wholeId(fromMe: boolean, chatId: string, id: string): string {
  return `${fromMe}_${chatId}_${id}`
}
