import { Waypoints } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'egress',
  screens: [
    {
      path: '/senders/proxies',
      permission: 'workspace.read',
      section: { place: 'senders', label: 'egress:sections.proxies', order: 20, icon: Waypoints },
      load: () => import('./proxies-page.tsx').then((module) => module.ProxiesPage),
    },
  ],
  commands: [
    {
      id: 'egress.proxies',
      label: 'egress:commands.proxies',
      to: '/senders/proxies',
      icon: Waypoints,
      permission: 'workspace.read',
    },
  ],
})
