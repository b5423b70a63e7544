import type { Template } from '@siar/contract'
import type { MediaRow } from '../media/index.ts'
import { presentMedia } from '../media/index.ts'
import { parseText, variablesOf } from './template-text.ts'
import type { TemplateCategory, TemplateRow } from './templates.repo.ts'

/** Reminder and service templates are service messages; everything else is marketing. Source: product.md §1. */
export function purposeOf(category: TemplateCategory): 'marketing' | 'service' {
  return category === 'reminder' || category === 'service' ? 'service' : 'marketing'
}

export function presentTemplate(
  row: TemplateRow,
  media: MediaRow | null,
  customKeys: readonly string[],
): Template {
  const known = { custom: customKeys, campaign: row.campaignVariables }
  const parsed = Object.values(row.texts)
    .filter((text) => text !== undefined)
    .map((text) => parseText(text, known))
  return {
    id: row.id,
    name: row.name,
    category: row.category,
    purpose: purposeOf(row.category),
    texts: row.texts,
    footer: row.footer,
    media: media ? presentMedia(media) : null,
    variables: variablesOf(parsed, known),
    campaigns: row.campaigns,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
