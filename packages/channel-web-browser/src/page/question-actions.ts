import type { WppSurface } from './wpp-surface.ts'

declare const WPP: WppSurface

export interface FoundNumber {
  readonly exists: boolean
  readonly lid: string | null
}

/**
 * Asks the server whether somebody uses a number. Runs in the page.
 *
 * Not by `contact.queryExists`, which answers null for a failure of the question too.
 */
export async function findNumber(wid: string): Promise<FoundNumber> {
  const asked = WPP.util.createWid(wid)
  if (asked === undefined) return { exists: false, lid: null }
  const found = await WPP.whatsapp.functions.queryWidExists(asked)
  if (found === null || found === undefined) return { exists: false, lid: null }
  const entry = found.lid ? null : await WPP.contact.getPnLidEntry(wid).catch(() => null)
  return { exists: true, lid: found.lid ? String(found.lid) : (entry?.lid?._serialized ?? null) }
}

/** Runs in the page. */
export async function listGroups(): Promise<{ id: string; name: string; memberCount: number }[]> {
  const groups = await WPP.group.getAllGroups()
  return groups.flatMap((group) =>
    group
      ? [
          {
            id: String(group.id),
            name: String(group.name ?? ''),
            memberCount: Number(group.groupMetadata?.participants.length ?? 0),
          },
        ]
      : [],
  )
}

export interface PageKnownPerson {
  readonly id: string
  readonly phone: string | null
  readonly name: string | null
}

/** Everybody but the account itself. Runs in the page. */
export async function listGroupMembers(groupId: string): Promise<PageKnownPerson[]> {
  const own = [WPP.conn.getMyUserId(), WPP.conn.getMyUserLid()].map((id) => id && `${id.user}@${id.server}`)
  const members = await WPP.group.getParticipants(groupId)
  const others = members.filter(({ id }) => !own.includes(`${id.user}@${id.server}`))
  return Promise.all(
    others.map(async ({ id }) => {
      const entry = id.server === 'lid' ? await WPP.contact.getPnLidEntry(String(id)).catch(() => null) : null
      return { id: String(id), phone: entry?.phoneNumber?._serialized ?? null, name: null }
    }),
  )
}

/** Everybody but the account itself. Runs in the page. */
export async function listContacts(): Promise<PageKnownPerson[]> {
  const own = [WPP.conn.getMyUserId(), WPP.conn.getMyUserLid()].map((id) => id && `${id.user}@${id.server}`)
  const contacts = await WPP.contact.list({ onlyMyContacts: true })
  const others = contacts.filter(({ id }) => !own.includes(`${id.user}@${id.server}`))
  return Promise.all(
    others.map(async ({ id, name, pushname }) => {
      const entry = id.server === 'lid' ? await WPP.contact.getPnLidEntry(String(id)).catch(() => null) : null
      const phone = entry?.phoneNumber?._serialized ?? null
      return { id: String(id), phone, name: name ?? pushname ?? null }
    }),
  )
}

/** The present receipt of messages; those the page does not know are left out. Runs in the page. */
export async function readAcks(
  messages: readonly { readonly to: string; readonly id: string }[],
): Promise<{ id: string; ack: number }[]> {
  const acks: { id: string; ack: number }[] = []
  for (const { to, id } of messages) {
    try {
      const chat = String((await WPP.chat.find(to)).id)
      const { ack } = await WPP.chat.getMessageById(`true_${chat}_${id}`)
      if (typeof ack === 'number') acks.push({ id, ack })
    } catch {
      continue
    }
  }
  return acks
}

/** Runs in the page. */
export async function showComposing({ to, durationMs }: { to: string; durationMs: number }): Promise<void> {
  const chat = String((await WPP.chat.find(to)).id)
  await WPP.chat.markIsComposing(chat, durationMs)
}

/** Runs in the page. */
export async function markRead(to: string): Promise<void> {
  await WPP.chat.markIsRead(String((await WPP.chat.find(to)).id))
}

/** Runs in the page. */
export async function askLinkCode(phone: string): Promise<void> {
  await WPP.conn.startLinkDeviceCodeForPhoneNumber(phone)
}

/** Runs in the page. */
export async function unlink(): Promise<void> {
  await WPP.conn.logout()
}
