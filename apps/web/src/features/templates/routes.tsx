import { MessageSquarePlus } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'templates',
  place: { id: 'templates', to: '/templates', permission: 'workspace.read' },
  screens: [
    {
      path: '/templates',
      permission: 'workspace.read',
      section: { place: 'templates', label: 'templates:sections.all', order: 1 },
      load: () => import('./templates-page.tsx').then((module) => module.TemplatesPage),
    },
    {
      path: '/templates/media',
      permission: 'workspace.read',
      section: { place: 'templates', label: 'templates:sections.media', order: 2 },
      load: () => import('./media/media-page.tsx').then((module) => module.MediaPage),
    },
    {
      path: '/templates/new',
      permission: 'templates.write',
      load: () => import('./editor/new-template-page.tsx').then((module) => module.NewTemplatePage),
    },
    {
      path: '/templates/$templateId',
      permission: 'workspace.read',
      load: () => import('./editor/edit-template-page.tsx').then((module) => module.EditTemplatePage),
    },
  ],
  commands: [
    {
      id: 'templates.new',
      label: 'templates:commands.new',
      to: '/templates/new',
      icon: MessageSquarePlus,
      permission: 'templates.write',
    },
  ],
})
