import type { Core } from '../../core.ts'
import { exampleShortener, leadsNowhere } from '../links/index.ts'
import { createOptOutLinks, usesOptOutLink } from '../consent/index.ts'
import type { CampaignRow } from './campaigns.repo.ts'
import type { Advice } from './content-check.ts'
import { linksOf } from './content-links.ts'
import type { MessageLinks } from './message-renderer.ts'
import type { RunContent } from './run-content.ts'
import type { SenderFacts } from './start-facts.repo.ts'

type TrackingCampaign = Pick<CampaignRow, 'trackLinks'>

const texts = {
  links_lead_nowhere: {
    id: 'Tautan pendek memakai alamat localhost, jadi penerima tidak dapat membukanya. Minta pengelola mengisi PUBLIC_URL dengan alamat Siar yang dapat dibuka dari luar.',
    en: 'Short links use the address localhost, so nobody who gets them can open them. Ask whoever runs Siar to set PUBLIC_URL to an address people can reach.',
  },
  links_untracked: {
    id: 'Tautan yang isinya berbeda untuk tiap orang dikirim apa adanya; kliknya tidak dihitung. Pakai tautan yang sama untuk semua agar kliknya terhitung.',
    en: 'A link that differs from person to person is sent as it is and its clicks are not counted. Use the same link for everybody to count them.',
  },
} as const

/** Advice on links that Siar makes: tracked ones, and the one to opt out by. */
export function linkAdvice(
  core: Pick<Core, 'config'>,
  campaign: TrackingCampaign,
  content: RunContent,
  senders: readonly Pick<SenderFacts, 'channel'>[],
): Advice[] {
  const { urls, mixed } = campaign.trackLinks ? linksOf(content) : { urls: [], mixed: [] }
  const hasOwn = urls.length > 0 || usesOptOutLink(content)
  const found: (keyof typeof texts)[] = []
  const isReal = senders.some(({ channel }) => channel !== 'simulator')
  if (hasOwn && isReal && leadsNowhere(core)) found.push('links_lead_nowhere')
  if (mixed.length > 0) found.push('links_untracked')
  return found.map((code) => ({ code, message: texts[code] }))
}

/** How links look in samples and tests of a campaign: all of them lead to examples. */
export function sampleLinks(core: Pick<Core, 'config'>, campaign: TrackingCampaign): MessageLinks {
  const { example } = createOptOutLinks(core)
  const shorten = campaign.trackLinks ? exampleShortener(core) : undefined
  return { shorten, optOut: () => example }
}
