import { Plus, Smartphone } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'senders',
  place: { id: 'senders', to: '/senders', permission: 'workspace.read' },
  screens: [
    {
      path: '/senders',
      permission: 'workspace.read',
      section: { place: 'senders', label: 'egress:sections.senders', order: 10, icon: Smartphone },
      load: () => import('./senders-page.tsx').then((module) => module.SendersPage),
    },
    {
      path: '/senders/new',
      permission: 'senders.manage',
      load: () => import('./new-sender-page.tsx').then((module) => module.NewSenderPage),
    },
    {
      path: '/senders/$senderId',
      permission: 'workspace.read',
      load: () => import('./sender-page.tsx').then((module) => module.SenderPage),
    },
    {
      path: '/senders/$senderId/pair',
      permission: 'senders.manage',
      load: () => import('./pairing-page.tsx').then((module) => module.PairingPage),
    },
  ],
  commands: [
    {
      id: 'senders.new',
      label: 'senders:commands.new',
      to: '/senders/new',
      icon: Plus,
      permission: 'senders.manage',
    },
  ],
})
