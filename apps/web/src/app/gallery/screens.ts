import type { Screen } from '../feature.ts'

/** The component gallery, in development builds only. */
export const screens: readonly Screen[] = [
  {
    path: '/_gallery',
    layout: 'bare',
    load: () => import('./gallery-screen.tsx').then((module) => module.GalleryScreen),
  },
]
