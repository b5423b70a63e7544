import type { RunId } from '@siar/domain'
import { isId, optOutLinkVariable, variableAliases } from '@siar/domain'
import type { Core } from '../../core.ts'
import { createPreferenceTokens } from './preference-token.ts'

/** Gives the address at which a person stops marketing; an example for nobody in particular. */
export type OptOutLink = (contactId?: string) => string

/** Stands in the place of a token in samples and tests; its page says so. */
export const exampleToken = 'example'

export interface OptOutLinks {
  /** Links of the messages of one run. */
  readonly ofRun: (runId: string) => OptOutLink
  readonly example: string
}

/** Links to preference pages, under the address people reach this installation at. */
export function createOptOutLinks({ config }: Pick<Core, 'config'>): OptOutLinks {
  const tokens = createPreferenceTokens(config.secrets.encryption, config.secrets.encryptionOld)
  const example = `${config.publicUrl}/u/${exampleToken}`
  return {
    example,
    ofRun: (runId) => {
      const run = isId('run', runId) ? (runId as RunId) : null
      return (contactId) =>
        isId('con', contactId)
          ? `${config.publicUrl}/u/${tokens.make({ contactId: contactId, runId: run })}`
          : example
    },
  }
}

const names = [
  optOutLinkVariable,
  ...[...variableAliases].filter(([, to]) => to === optOutLinkVariable).map(([from]) => from),
]
const placeholder = new RegExp(`[{[]\\s*(?:${names.join('|')})\\s*(?:=[^{}[\\]]*)?[}\\]]`, 'gi')

/** A text without its opt-out link. */
export const withoutOptOutLink = (text: string): string => text.replace(placeholder, '')

/** Whether a message gives people their own link to stop. */
export function usesOptOutLink({
  texts,
}: {
  readonly texts: { readonly id?: string; readonly en?: string }
}): boolean {
  return [texts.id, texts.en].some((text) => text !== undefined && withoutOptOutLink(text) !== text)
}
