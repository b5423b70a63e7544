import { Building2, Coins, MailOpen, SlidersHorizontal, UsersRound } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'admin',
  place: { id: 'admin', to: '/admin', permission: 'platform_admin' },
  screens: [
    {
      path: '/admin',
      layout: 'admin',
      permission: 'platform_admin',
      section: { place: 'admin', label: 'admin:sections.users', order: 10, icon: UsersRound },
      load: () => import('./users-page.tsx').then((module) => module.UsersPage),
    },
    {
      path: '/admin/workspaces',
      layout: 'admin',
      permission: 'platform_admin',
      section: { place: 'admin', label: 'admin:sections.workspaces', order: 20, icon: Building2 },
      load: () => import('./workspaces-page.tsx').then((module) => module.WorkspacesPage),
    },
    {
      path: '/admin/prices',
      layout: 'admin',
      permission: 'platform_admin',
      section: { place: 'admin', label: 'admin:sections.prices', order: 25, icon: Coins },
      load: () => import('./prices-page.tsx').then((module) => module.PricesPage),
    },
    {
      path: '/admin/settings',
      layout: 'admin',
      permission: 'platform_admin',
      section: { place: 'admin', label: 'admin:sections.settings', order: 30, icon: SlidersHorizontal },
      load: () => import('./platform-settings-page.tsx').then((module) => module.PlatformSettingsPage),
    },
    {
      path: '/admin/outbox',
      layout: 'admin',
      permission: 'platform_admin',
      section: { place: 'admin', label: 'admin:sections.outbox', order: 40, icon: MailOpen },
      load: () => import('./outbox-page.tsx').then((module) => module.OutboxPage),
    },
  ],
})
