import { FileUp, UserPlus } from 'lucide-react'
import { defineFeature } from '#app/feature.ts'

export const feature = defineFeature({
  name: 'contacts',
  place: { id: 'contacts', to: '/contacts', permission: 'workspace.read' },
  screens: [
    {
      path: '/contacts',
      permission: 'workspace.read',
      section: { place: 'contacts', label: 'contacts:sections.all', order: 1 },
      load: () => import('./contacts-page.tsx').then((module) => module.ContactsPage),
    },
    {
      path: '/contacts/lists',
      permission: 'workspace.read',
      section: { place: 'contacts', label: 'contacts:sections.lists', order: 2 },
      load: () => import('./lists-page.tsx').then((module) => module.ListsPage),
    },
    {
      path: '/contacts/tags',
      permission: 'workspace.read',
      section: { place: 'contacts', label: 'contacts:sections.tags', order: 3 },
      load: () => import('./tags-page.tsx').then((module) => module.TagsPage),
    },
    {
      path: '/contacts/segments',
      permission: 'workspace.read',
      section: { place: 'contacts', label: 'contacts:sections.segments', order: 4 },
      load: () => import('./segments/segments-page.tsx').then((module) => module.SegmentsPage),
    },
    {
      path: '/contacts/segments/new',
      permission: 'contacts.write',
      load: () => import('./segments/segment-builder-page.tsx').then((module) => module.NewSegmentPage),
    },
    {
      path: '/contacts/segments/$segmentId',
      permission: 'contacts.write',
      load: () => import('./segments/segment-builder-page.tsx').then((module) => module.SegmentPage),
    },
    {
      path: '/contacts/imports',
      permission: 'workspace.read',
      section: { place: 'contacts', label: 'contacts:sections.imports', order: 5 },
      load: () => import('./imports/imports-page.tsx').then((module) => module.ImportsPage),
    },
    {
      path: '/contacts/suppression',
      permission: 'workspace.read',
      section: { place: 'contacts', label: 'contacts:sections.suppression', order: 6 },
      load: () => import('./suppression-page.tsx').then((module) => module.SuppressionPage),
    },
    {
      path: '/contacts/imports/new',
      permission: 'contacts.write',
      load: () => import('./imports/import-new-page.tsx').then((module) => module.ImportNewPage),
    },
    {
      path: '/contacts/imports/$importId',
      permission: 'workspace.read',
      load: () => import('./imports/import-page.tsx').then((module) => module.ImportPage),
    },
  ],
  commands: [
    {
      id: 'contacts.new',
      label: 'contacts:commands.new',
      to: '/contacts?new=1',
      icon: UserPlus,
      permission: 'contacts.write',
    },
    {
      id: 'contacts.import',
      label: 'contacts:commands.import',
      to: '/contacts/imports/new',
      icon: FileUp,
      permission: 'contacts.write',
    },
  ],
})
