import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'dashboard',
  place: { id: 'dashboard', to: '/', permission: 'workspace.read' },
  screens: [
    {
      path: '/',
      permission: 'workspace.read',
      load: () => import('./dashboard-page.tsx').then((module) => module.DashboardPage),
    },
  ],
})
