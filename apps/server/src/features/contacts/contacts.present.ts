import type { Contact } from '@siar/contract'
import type { ContactRow } from './contacts.repo.ts'

export function presentContact({ createdAtText: _, ...row }: ContactRow): Contact {
  return {
    ...row,
    lastContactedAt: row.lastContactedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
