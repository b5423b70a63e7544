import { CircleHelp } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'unknown-messages',
  screens: [
    {
      path: '/campaigns/unknown',
      permission: 'workspace.read',
      load: () => import('./unknown-page.tsx').then((module) => module.UnknownPage),
    },
  ],
  commands: [
    {
      id: 'unknown-messages.settle',
      label: 'unknown-messages:commands.settle',
      to: '/campaigns/unknown',
      icon: CircleHelp,
      permission: 'workspace.read',
    },
  ],
})
