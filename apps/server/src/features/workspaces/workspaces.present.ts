import { WorkspaceSettings } from '@siar/contract'
import type { Role, Workspace } from '@siar/contract'
import type { z } from 'zod'
import type { WorkspaceRow } from './workspaces.repo.ts'

export function presentWorkspace(row: WorkspaceRow, role: Role | null): z.input<typeof Workspace> {
  const { id, name, status, country, timeZone, isDemo, createdAt } = row
  return {
    id,
    name,
    status: status === 'active' ? 'active' : 'suspended',
    country,
    language: row.language === 'en' ? 'en' : 'id',
    timeZone,
    currency: row.currency === 'USD' ? 'USD' : 'IDR',
    isDemo,
    settings: WorkspaceSettings.parse(row.settings),
    role,
    createdAt: createdAt.toISOString(),
  }
}
