import type { LucideIcon } from 'lucide-react'
import type { FunctionComponent } from 'react'
import type { TextKey } from '#i18n/namespace.ts'

export type { TextKey }

/** Places of the main navigation; a place is shown once a feature claims it. */
export type PlaceId =
  | 'dashboard'
  | 'senders'
  | 'contacts'
  | 'templates'
  | 'campaigns'
  | 'inbox'
  | 'automation'
  | 'links'
  | 'analytics'
  | 'billing'
  | 'settings'
  | 'admin'

/**
 * Which frame a screen gets.
 * - `workspace`: signed in, in a workspace, with navigation (the default)
 * - `admin`: the same, platform admins only
 * - `public`: centred card for people who are not signed in (sign-in, set-up, invitation, reset)
 * - `bare`: nothing around it
 */
export type Layout = 'workspace' | 'admin' | 'public' | 'bare'

export type Screen = {
  /** TanStack Router path, such as `/contacts/$contactId`. Parameters: `useParams({ strict: false })`. */
  path: string
  /** Loads the screen when first visited: `() => import('./contacts-page.tsx').then((m) => m.ContactsPage)`. */
  load: () => Promise<FunctionComponent>
  layout?: Layout
  /** Permission of the contract's table without which the screen answers "not allowed". */
  permission?: string
  /** Shows the screen as a section (a tab; in Settings and Admin a side list) of a place. */
  section?: { place: PlaceId; label: TextKey; order: number; icon?: LucideIcon }
}

/** Something the command palette offers besides places and sections. */
export type Command = {
  id: string
  label: TextKey
  to: string
  icon: LucideIcon
  permission?: string
}

export type Feature = {
  name: string
  /** The navigation entry this feature claims; `to` is where it leads. */
  place?: { id: PlaceId; to: string; permission?: string }
  screens: Screen[]
  commands?: Command[]
}

/** Declares a feature's screens. Export it as `feature` from `src/features/<name>/routes.tsx`; nothing else registers it. */
export function defineFeature(feature: Feature): Feature {
  return feature
}
