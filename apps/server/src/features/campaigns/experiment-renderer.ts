import { groupOf, holdoutGroup } from '@siar/domain'
import type { RunMessages } from './experiment-messages.ts'
import { freezeGroupsOf } from './experiment-run.ts'
import { createMessageRenderer } from './message-renderer.ts'
import type { MessageLinks, MessageRenderer } from './message-renderer.ts'

/** What each contact of an audience would get: the message of the group it falls in. */
export interface AudienceRenderer {
  /** The renderer for one contact; null for somebody who is held out. */
  readonly rendererOf: (contactId: string) => MessageRenderer | null
  /** Names without a default, over all messages. */
  readonly required: readonly string[]
  /** Texts the audience can get, the smallest over the messages. */
  readonly variantsCount: number
}

/** The same message for everybody. */
export function oneForAll(renderer: MessageRenderer): AudienceRenderer {
  const { required, variantsCount } = renderer
  return { rendererOf: () => renderer, required, variantsCount }
}

/**
 * Renderers by group, as the run will have them. Whoever waits for the winner is shown the first variant: nobody knows yet
 * which one it will be.
 *
 * @returns null when one of the messages is no template.
 */
export function createAudienceRenderer(
  campaignId: string,
  { content, experiment }: RunMessages,
  links: MessageLinks,
): AudienceRenderer | null {
  const compile = (of: typeof content): MessageRenderer | null => {
    const compiled = createMessageRenderer(of, links)
    return compiled.ok ? compiled.renderer : null
  }
  const own = compile(content)
  if (!own) return null
  if (!experiment) return oneForAll(own)
  const byKey = new Map<string, MessageRenderer>()
  for (const variant of experiment.variants) {
    const renderer = variant.content ? compile(variant.content) : own
    if (!renderer) return null
    byKey.set(variant.key, renderer)
  }
  const sent = byKey.size > 0 ? [...byKey.values()] : [own]
  const { seed, groups } = freezeGroupsOf(campaignId, experiment)
  return {
    rendererOf: (contactId) => {
      const key = groupOf(groups, seed, contactId)
      return key === holdoutGroup ? null : (byKey.get(key ?? '') ?? sent[0] ?? own)
    },
    required: [...new Set(sent.flatMap(({ required }) => required))],
    variantsCount: Math.min(...sent.map(({ variantsCount }) => variantsCount)),
  }
}
