import { Megaphone } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'campaigns',
  place: { id: 'campaigns', to: '/campaigns', permission: 'workspace.read' },
  screens: [
    {
      path: '/campaigns',
      permission: 'workspace.read',
      load: () => import('./campaigns-page.tsx').then((module) => module.CampaignsPage),
    },
    {
      path: '/campaigns/new',
      permission: 'campaigns.write',
      load: () => import('./wizard/new-campaign-page.tsx').then((module) => module.NewCampaignPage),
    },
    {
      path: '/campaigns/$campaignId/edit',
      permission: 'campaigns.write',
      load: () => import('./wizard/edit-campaign-page.tsx').then((module) => module.EditCampaignPage),
    },
    {
      path: '/campaigns/$campaignId',
      permission: 'workspace.read',
      load: () => import('./detail/campaign-page.tsx').then((module) => module.CampaignPage),
    },
  ],
  commands: [
    {
      id: 'campaigns.new',
      label: 'campaigns:commands.new',
      to: '/campaigns/new',
      icon: Megaphone,
      permission: 'campaigns.write',
    },
  ],
})
