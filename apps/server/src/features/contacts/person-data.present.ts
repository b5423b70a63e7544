import type { PersonData } from '@siar/contract'
import type { loadPersonData } from './person-data.repo.ts'

type Loaded = Awaited<ReturnType<typeof loadPersonData>>

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null

export function presentPersonData(data: Loaded): Omit<PersonData, 'exportedAt' | 'contact'> {
  return {
    addresses: data.addresses.map(({ addedAt, ...row }) => ({ ...row, addedAt: addedAt.toISOString() })),
    consents: data.consents.map(({ at, ...row }) => ({
      ...row,
      purpose: 'marketing',
      at: at.toISOString(),
    })),
    suppressions: data.suppressions.map(({ createdAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
    })),
    messages: data.messages.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    campaigns: data.campaigns.map(({ sentAt, deliveredAt, readAt, repliedAt, ...row }) => ({
      ...row,
      sentAt: textOf(sentAt),
      deliveredAt: textOf(deliveredAt),
      readAt: textOf(readAt),
      repliedAt: textOf(repliedAt),
    })),
    clicks: data.clicks.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
  }
}
