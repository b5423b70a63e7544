import { Building2, ClockAlert, History, KeyRound, Lock, UserRound, Users } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'settings',
  place: { id: 'settings', to: '/settings' },
  screens: [
    {
      path: '/settings',
      section: { place: 'settings', label: 'settings:sections.workspace', order: 10, icon: Building2 },
      load: () => import('./workspace-page.tsx').then((module) => module.WorkspacePage),
    },
    {
      path: '/settings/rules',
      permission: 'workspace.read',
      section: { place: 'settings', label: 'settings:sections.rules', order: 20, icon: ClockAlert },
      load: () => import('./rules-page.tsx').then((module) => module.RulesPage),
    },
    {
      path: '/settings/members',
      permission: 'workspace.read',
      section: { place: 'settings', label: 'settings:sections.members', order: 30, icon: Users },
      load: () => import('./members-page.tsx').then((module) => module.MembersPage),
    },
    {
      path: '/settings/api-keys',
      permission: 'api_keys.manage',
      section: { place: 'settings', label: 'settings:sections.apiKeys', order: 40, icon: KeyRound },
      load: () => import('./api-keys-page.tsx').then((module) => module.ApiKeysPage),
    },
    {
      path: '/settings/audit-log',
      permission: 'audit.read',
      section: { place: 'settings', label: 'settings:sections.audit', order: 50, icon: History },
      load: () => import('./audit-page.tsx').then((module) => module.AuditPage),
    },
    {
      path: '/settings/profile',
      section: { place: 'settings', label: 'settings:sections.profile', order: 80, icon: UserRound },
      load: () => import('./profile-page.tsx').then((module) => module.ProfilePage),
    },
    {
      path: '/settings/security',
      section: { place: 'settings', label: 'settings:sections.security', order: 90, icon: Lock },
      load: () => import('./security-page.tsx').then((module) => module.SecurityPage),
    },
  ],
  commands: [
    {
      id: 'settings.invite',
      label: 'settings:commands.invite',
      to: '/settings/members?invite=1',
      icon: Users,
      permission: 'members.manage',
    },
    { id: 'settings.profile', label: 'settings:commands.profile', to: '/settings/profile', icon: UserRound },
    { id: 'settings.security', label: 'settings:commands.security', to: '/settings/security', icon: Lock },
  ],
})
