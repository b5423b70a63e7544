import type { WorkspaceScope } from '@siar/database'
import type { ContactId, RunId } from '@siar/domain'
import type { Core, Language } from '../../core.ts'
import { systemActor } from '../../core.ts'
import type { ConsentLedger } from './ledger.ts'
import { exampleToken } from './opt-out-links.ts'
import { preferenceWording } from './preference-texts.ts'
import type { PreferenceChange } from './preference-texts.ts'
import { createPreferenceTokens } from './preference-token.ts'
import { findCampaignOfRun, findPreferencePerson } from './preference.repo.ts'
import type { PreferencePerson } from './preference.repo.ts'

/** Told in the transaction in which a person left by the page, with the run whose message brought them there. */
export type OnOptedOut = (
  scope: WorkspaceScope,
  person: { readonly contactId: ContactId; readonly runId: RunId },
) => Promise<void>

export interface Preferences {
  readonly workspaceName: string
  readonly language: Language
  /** `closed`: the workspace itself does not write to the person, and the page cannot change that. */
  readonly state: 'receiving' | 'not_asked' | 'stopped' | 'closed'
}

/** What a person without a log-in may see and change, by the link in a message. */
export interface PreferenceService {
  /** Changes nothing, however often it is called: scanners open links too. Null for an unknown token or a person who was erased. */
  read(token: string): Promise<Preferences | null>
  /**
   * Stops marketing to every address of the person, or records that they want it again, with the words they saw. Twice
   * equals once.
   *
   * @param language The one the page was shown in.
   * @returns false for an unknown token.
   */
  change(token: string, change: PreferenceChange, language: Language): Promise<boolean>
}

const pageActor = systemActor('page')

export function createPreferenceService(
  core: Core,
  ledger: ConsentLedger,
  onOptedOut: OnOptedOut,
): PreferenceService {
  const { encryption, encryptionOld } = core.config.secrets
  const tokens = createPreferenceTokens(encryption, encryptionOld)
  const find = async (token: string) => {
    const subject = tokens.read(token)
    const person = subject && (await findPreferencePerson(core.database, subject.contactId))
    return subject && person ? { runId: subject.runId, contactId: person.contactId, person } : null
  }
  return {
    read: async (token) => {
      if (token === exampleToken) return { workspaceName: 'Toko Melati', language: 'id', state: 'receiving' }
      const found = await find(token)
      if (!found) return null
      const { workspaceName, language } = found.person
      return { workspaceName, language, state: stateOf(found.person) }
    },
    change: async (token, change, language) => {
      const found = await find(token)
      if (!found) return false
      const { contactId, runId, person } = found
      const { workspaceId } = person
      await core.inWorkspace(workspaceId, async (scope) => {
        const campaignId = runId && (await findCampaignOfRun(scope, runId))
        const { version, text } = preferenceWording(change, language, person.workspaceName)
        const entry = {
          contactId,
          source: 'link' as const,
          wording: text,
          evidence: {
            page: 'preferences',
            wordingVersion: version,
            language,
            ...(campaignId ? { campaignId, runId } : {}),
          },
          actor: pageActor,
          at: core.now(),
        }
        const { changed } = await (change === 'stop'
          ? ledger.optOut(scope, entry)
          : ledger.optIn(scope, entry))
        if (!changed) return
        if (change === 'stop' && runId && campaignId) await onOptedOut(scope, { contactId, runId })
        await core.bus.publishIn(scope, { kind: 'contacts.changed', workspaceId, id: contactId })
      })
      return true
    },
  }
}

function stateOf({ consent, suppressed }: PreferencePerson): Preferences['state'] {
  if (suppressed.some((reason) => reason !== 'unsubscribed')) return 'closed'
  if (consent === 'withdrawn' || suppressed.length > 0) return 'stopped'
  return consent === 'granted' ? 'receiving' : 'not_asked'
}
