import type { KnownPerson } from '@siar/channel'

/** What the columns of such a table hold, as targets of a mapping. */
export const senderTargets = ['phone', 'whatsapp_id', 'full_name'] as const

const header = ['Phone', 'WhatsApp ID', 'Full name'] as const

/**
 * People a sender knows as rows of a table, each once and without the sender itself; a person whose number is hidden has a
 * LID only. People without either address cannot be written to and are left out.
 *
 * @param own Addresses of the sender.
 */
export function rowsOfPeople(people: readonly KnownPerson[], own: ReadonlySet<string>): string[][] {
  const seen = new Set<string>()
  const rows = people.flatMap(({ phone, aliases, name }) => {
    const hiddenId = aliases.find((alias) => alias.endsWith('@lid')) ?? null
    const key = phone ?? hiddenId
    if (
      key === null ||
      seen.has(key) ||
      [phone, ...aliases].some((address) => address !== null && own.has(address))
    )
      return []
    seen.add(key)
    return [[phone ?? '', hiddenId ?? '', name ?? '']]
  })
  return rows.length === 0 ? [] : [[...header], ...rows]
}
