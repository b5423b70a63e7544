import { ChannelUnavailable } from '@siar/channel'
import type { Directory, KnownPerson } from '@siar/channel'
import type { PageDriver } from '../page/page-driver.ts'
import { findNumber, listContacts, listGroupMembers, listGroups } from '../page/question-actions.ts'
import type { PageKnownPerson } from '../page/question-actions.ts'
import { addressOf, phoneOf, widOf } from '../wire/address.ts'

export interface Asking {
  /** The page while the account is connected, else null. */
  readonly page: () => PageDriver | null
  readonly answerMs: number
}

/** Runs a question in the page; whatever goes wrong means that it may be asked again. */
export async function ask<A, R>(
  { page, answerMs }: Asking,
  action: (given: A) => R | Promise<R>,
  given: A,
  signal?: AbortSignal,
): Promise<R> {
  const driver = page()
  if (driver === null) throw new ChannelUnavailable('not_connected')
  if (signal?.aborted === true) throw new ChannelUnavailable('aborted')
  try {
    return await driver.run(action, given, answerMs)
  } catch (error) {
    throw new ChannelUnavailable('no_answer', { cause: error })
  }
}

function personOf({ id, phone, name }: PageKnownPerson): KnownPerson {
  const number = phoneOf(phone ?? id)
  const aliases = id.endsWith('@lid') ? [id] : []
  return { phone: number, aliases, name }
}

export function createDirectory(asking: Asking): Directory {
  return {
    exists: async (phones, signal) => {
      const answers = []
      for (const phone of phones) {
        const wid = widOf(phone)
        const found = wid === null ? null : await ask(asking, findNumber, wid, signal)
        const aliases = found?.lid ? [addressOf(found.lid)] : []
        answers.push({ phone, exists: found?.exists ?? false, aliases })
      }
      return answers
    },
    groups: (signal) => ask(asking, listGroups, undefined as void, signal),
    groupMembers: async (groupId, signal) =>
      (await ask(asking, listGroupMembers, groupId, signal)).map(personOf),
    addressBook: async (signal) => (await ask(asking, listContacts, undefined as void, signal)).map(personOf),
  }
}
