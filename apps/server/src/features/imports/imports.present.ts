import type { Import } from '@siar/contract'
import type { ImportRow } from './imports.repo.ts'

export function presentImport(row: ImportRow): Import {
  const { storageKey, createdBy: _by, createdAtText: _text, options, ...rest } = row
  return {
    ...rest,
    options: options === null ? null : presentOptions(options),
    isEmptied: storageKey === '',
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

function presentOptions({ attestedBy: _, ...options }: NonNullable<ImportRow['options']>): Import['options'] {
  return options
}
