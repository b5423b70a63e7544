import type { CustomField, List, Tag } from '@siar/contract'
import { TAG_COLOURS } from '@siar/contract'
import type { z } from 'zod'
import type { CustomFieldRow } from './custom-fields.repo.ts'
import type { ListRow, TagRow } from './groups.repo.ts'

export function presentTag(row: TagRow): z.input<typeof Tag> {
  return { ...row, colour: TAG_COLOURS.find((colour) => colour === row.colour) ?? 'stone' }
}

export function presentList(row: ListRow): z.input<typeof List> {
  return { ...row, createdAt: row.createdAt.toISOString() }
}

export function presentCustomField({ choices, ...row }: CustomFieldRow): z.input<typeof CustomField> {
  return { ...row, choices: [...choices] }
}
