export const ROLES = ['owner', 'admin', 'operator', 'agent', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** The one table of who may do what in a workspace: enforced by the server, read by the dashboard. */
export const PERMISSIONS = {
  /** See everything except billing and secrets. */
  'workspace.read': ['owner', 'admin', 'operator', 'viewer'],
  /** See conversations and the contacts in them. */
  'inbox.read': ['owner', 'admin', 'operator', 'agent', 'viewer'],
  /** Answer, label, note, record an opt-out. */
  'inbox.answer': ['owner', 'admin', 'operator', 'agent'],
  'contacts.write': ['owner', 'admin', 'operator'],
  'templates.write': ['owner', 'admin', 'operator'],
  'campaigns.write': ['owner', 'admin', 'operator'],
  /** Export or erase personal data. */
  'data.export': ['owner', 'admin'],
  /** Delete contacts in bulk, campaigns and templates. */
  'data.delete': ['owner', 'admin'],
  'senders.manage': ['owner', 'admin'],
  'members.manage': ['owner', 'admin'],
  'api_keys.manage': ['owner', 'admin'],
  'audit.read': ['owner', 'admin'],
  'workspace.manage': ['owner', 'admin'],
  /** Billing, white label, backup, transfer, delete the workspace. */
  'workspace.own': ['owner'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

export function roleMay(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role)
}

export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => roleMay(role, permission))
}

/** What an API key may be given; a key never manages members, keys or the workspace itself. */
export const API_KEY_SCOPES = [
  'workspace.read',
  'inbox.read',
  'inbox.answer',
  'contacts.write',
  'templates.write',
  'campaigns.write',
  'data.export',
  'data.delete',
  'senders.manage',
] as const satisfies readonly Permission[]
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]
