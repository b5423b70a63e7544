import type { Media, Template, templateOperations } from '@siar/contract'
import { canonicalVariableName } from '@siar/domain'
import type { OperationInput } from '#app/operation.ts'

/** A template while it is written. */
export type TemplateDraft = {
  name: string
  category: Template['category']
  texts: { id: string; en: string }
  footer: string
  media: Media | null
  campaignVariables: readonly string[]
}

export const textLengthMax = 4096
export const footerLengthMax = 60

/** Shown in an empty box: how a message may begin, in the language of the message (not of the page). */
export const firstWords = { id: 'Halo {name=Kak}, …', en: 'Hello {name=there}, …' } as const

export const emptyDraft: TemplateDraft = {
  name: '',
  category: 'marketing',
  texts: { id: '', en: '' },
  footer: '',
  media: null,
  campaignVariables: [],
}

/** A first text for people who start with an empty page; shows variables, a choice of words and formatting at work. */
export const starterDraft: TemplateDraft = {
  ...emptyDraft,
  category: 'promotion',
  texts: {
    id: '{Halo|Hai} {name=Kak} 👋\n\nMinggu ini *diskon 20%* untuk semua kopi di toko kami.\n_Berlaku sampai hari Minggu._\n\nBalas *STOP* bila tidak ingin menerima promosi lagi.',
    en: '{Hello|Hi} {name=there} 👋\n\nThis week every coffee in our shop is *20% off*.\n_Until Sunday._\n\nReply *STOP* to get no more offers.',
  },
}

/** The draft of a saved template. Names a campaign must give are those its texts use. */
export function draftOf(template: Template): TemplateDraft {
  return {
    name: template.name,
    category: template.category,
    texts: { id: template.texts.id ?? '', en: template.texts.en ?? '' },
    footer: template.footer,
    media: template.media,
    campaignVariables: template.variables
      .filter((variable) => variable.kind === 'campaign')
      .map((variable) => variable.name),
  }
}

type CreateBody = OperationInput<typeof templateOperations.create>['body']

/** The body that saves a draft: a language left empty is left out. */
export function bodyOf(draft: TemplateDraft): CreateBody {
  const { id, en } = draft.texts
  return {
    name: draft.name.trim(),
    category: draft.category,
    texts: { ...(id.trim() ? { id } : {}), ...(en.trim() ? { en } : {}) },
    footer: draft.footer.trim(),
    mediaId: draft.media?.id ?? null,
    campaignVariables: [...draft.campaignVariables],
  }
}

/** Whether saving would change anything. */
export function isChanged(draft: TemplateDraft, saved: TemplateDraft): boolean {
  return JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(saved))
}

/** Adds a name a campaign must give, in its one spelling; a name that is there already changes nothing. */
export function withCampaignVariable(names: readonly string[], raw: string): readonly string[] {
  const name = canonicalVariableName(raw)
  return name === '' || names.includes(name) ? names : [...names, name]
}
