import { allowsMove, sourcesOf } from './transitions.ts'
import type { BilingualText, Transitions } from './transitions.ts'

/** The life of a campaign. Source: architecture.md §4. */
export const campaignStatuses = [
  'draft',
  'scheduled',
  'overdue',
  'running',
  'paused',
  'halted',
  'completed',
  'cancelled',
] as const

export type CampaignStatus = (typeof campaignStatuses)[number]

/**
 * Every allowed move of a campaign that runs once.
 * `overdue` asks a person, and goes back to `scheduled` when its time is still to come (after a restore); `halted` is left only by a person; `completed → running` is a retry of what failed.
 */
export const campaignTransitions: Transitions<CampaignStatus> = {
  draft: ['scheduled', 'running', 'cancelled'],
  scheduled: ['draft', 'running', 'overdue', 'cancelled'],
  overdue: ['running', 'scheduled', 'cancelled'],
  running: ['paused', 'halted', 'completed', 'cancelled'],
  paused: ['running', 'cancelled'],
  halted: ['running', 'cancelled'],
  completed: ['running'],
  cancelled: [],
}

/**
 * The same for a recurring campaign: it returns to `scheduled` after each run, a person may pass an occurrence over, and what
 * failed in the last run may be tried again before the next.
 */
export const recurringCampaignTransitions: Transitions<CampaignStatus> = {
  ...campaignTransitions,
  scheduled: [...campaignTransitions.scheduled, 'completed'],
  overdue: [...campaignTransitions.overdue, 'completed'],
  running: [...campaignTransitions.running, 'scheduled'],
}

export function canMoveCampaign(from: CampaignStatus, to: CampaignStatus, recurring = false): boolean {
  return allowsMove(recurring ? recurringCampaignTransitions : campaignTransitions, from, to)
}

/** The statuses a conditional update to `to` may start from. */
export function campaignSources(to: CampaignStatus, recurring = false): CampaignStatus[] {
  return sourcesOf(recurring ? recurringCampaignTransitions : campaignTransitions, to)
}

/** Text, audience and schedule may be changed only while nothing has been frozen. */
export function isEditableCampaign(status: CampaignStatus): boolean {
  return status === 'draft' || status === 'scheduled'
}

/** The life of one execution of a campaign. */
export const runStatuses = ['running', 'paused', 'halted', 'completed', 'cancelled'] as const

export type RunStatus = (typeof runStatuses)[number]

/** Why an occurrence of a recurring campaign sent nothing. */
export const runNotes = {
  nobody: {
    id: 'Saat itu tidak ada orang yang dapat dikirimi.',
    en: 'At that time there was nobody it could be sent to.',
  },
  previous_running: {
    id: 'Dilewati: pengiriman sebelumnya belum selesai.',
    en: 'Passed over: the run before had not finished yet.',
  },
  winner_awaited: {
    id: 'Dilewati: pengiriman sebelumnya masih menunggu pemenang uji.',
    en: 'Passed over: the run before was still waiting for the winner of its test.',
  },
  missed: {
    id: 'Dilewati: waktunya terlewat, dan yang berikutnya sudah tiba.',
    en: 'Passed over: its time was missed, and the next one had come.',
  },
  skipped: { id: 'Dilewati oleh anggota tim.', en: 'Passed over by a member of the team.' },
} as const satisfies Record<string, BilingualText>

export type RunNote = keyof typeof runNotes

/** Why a campaign or a run was halted. */
export const haltReasons = [
  'guardian',
  'sender_banned',
  'account_stopped',
  'template_rejected',
  'restored',
] as const

export type HaltReason = (typeof haltReasons)[number]

/** What a message is for. Marketing needs recorded consent; service never reaches a suppressed address either. */
export const purposes = ['marketing', 'service'] as const

export type Purpose = (typeof purposes)[number]

/** Template categories and the purpose each one has. Source: product.md §1. */
export const templateCategoryPurposes = {
  marketing: 'marketing',
  promotion: 'marketing',
  greeting: 'marketing',
  announcement: 'marketing',
  reminder: 'service',
  service: 'service',
} as const satisfies Record<string, Purpose>

export type TemplateCategory = keyof typeof templateCategoryPurposes

export const templateCategories = Object.keys(templateCategoryPurposes) as [
  TemplateCategory,
  ...TemplateCategory[],
]

/** What is known about a contact's consent for one purpose: the latest row of the ledger, or `unknown` without one. */
export const consentStates = ['granted', 'withdrawn', 'unknown'] as const

export type ConsentState = (typeof consentStates)[number]

/** Why an address must not be messaged. */
export const suppressionReasons = ['unsubscribed', 'spam_report', 'invalid', 'manual'] as const

export type SuppressionReason = (typeof suppressionReasons)[number]
