import {
  Bot,
  ChartColumn,
  CreditCard,
  Inbox,
  LayoutDashboard,
  Link2,
  Megaphone,
  MessageSquareText,
  Settings,
  ShieldCheck,
  Smartphone,
  Users,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { PlaceId, TextKey } from './feature.ts'

export type Place = { id: PlaceId; label: TextKey; icon: LucideIcon; group: 'work' | 'house' }

/** The main navigation in its order; a place without a feature is not shown. Source: interface.md, Places. */
export const places: readonly Place[] = [
  { id: 'dashboard', label: 'app:nav.dashboard', icon: LayoutDashboard, group: 'work' },
  { id: 'senders', label: 'app:nav.senders', icon: Smartphone, group: 'work' },
  { id: 'contacts', label: 'app:nav.contacts', icon: Users, group: 'work' },
  { id: 'templates', label: 'app:nav.templates', icon: MessageSquareText, group: 'work' },
  { id: 'campaigns', label: 'app:nav.campaigns', icon: Megaphone, group: 'work' },
  { id: 'inbox', label: 'app:nav.inbox', icon: Inbox, group: 'work' },
  { id: 'automation', label: 'app:nav.automation', icon: Bot, group: 'work' },
  { id: 'links', label: 'app:nav.links', icon: Link2, group: 'work' },
  { id: 'analytics', label: 'app:nav.analytics', icon: ChartColumn, group: 'work' },
  { id: 'billing', label: 'app:nav.billing', icon: CreditCard, group: 'house' },
  { id: 'settings', label: 'app:nav.settings', icon: Settings, group: 'house' },
  { id: 'admin', label: 'app:nav.admin', icon: ShieldCheck, group: 'house' },
]
