import { haltText as wordsOf } from '@siar/domain'
import type { HaltFacts, WorkspaceId } from '@siar/domain'
import type { Core, Language } from '../../core.ts'
import type { Mailer } from '../../mail/mailer.ts'
import { haltText } from '../../mail/mail-texts.ts'
import type { HaltedCampaign } from '../campaigns/index.ts'
import { readPlatformSettings } from '../identity/index.ts'
import { findWorkspaceName, listManagers } from './halt-mails.repo.ts'
import type { Manager } from './halt-mails.repo.ts'

/** What was halted just now, together. */
export interface Halted {
  readonly sender: HaltFacts | null
  readonly campaigns: readonly HaltedCampaign[]
}

/** Mails the owners and admins of a workspace, each in the own language: one mail for all that was halted together. */
export type TellHalts = (workspaceId: WorkspaceId, halted: Halted) => Promise<void>

/** Call it outside of a transaction. A mail that cannot be kept is logged and fails nothing. */
export function createTellHalts(core: Core, mailer: Pick<Mailer, 'post'> | null): TellHalts {
  return async (workspaceId, halted) => {
    if (!mailer || (!halted.sender && halted.campaigns.length === 0)) return
    const { managers, workspaceName } = await core.inWorkspace(workspaceId, async (scope) => ({
      managers: await listManagers(scope),
      workspaceName: await findWorkspaceName(scope),
    }))
    const { productName } = await readPlatformSettings(core)
    for (const manager of managers) {
      const { email, name, language } = manager
      const content = haltText({
        name,
        language,
        productName,
        workspaceName,
        isSender: halted.sender !== null,
        lines: linesOf(halted, manager),
        url: `${core.config.publicUrl}${pathOf(halted)}`,
      })
      await mailer.post(email, content).catch((error: unknown) => {
        core.logger.error({ err: error, workspaceId }, 'the mail about a halt could not be kept')
      })
    }
  }
}

function pathOf({ sender, campaigns }: Halted): string {
  const [only, ...others] = campaigns
  if (sender) return '/senders'
  return only && others.length === 0 ? `/campaigns/${only.id}` : '/campaigns'
}

function linesOf({ sender, campaigns }: Halted, { language, timeZone }: Manager): string[] {
  const lines = campaigns.map(({ name, halt }) => `${name}: ${sentence(halt, language, timeZone)}`)
  return sender ? [sentence(sender, language, timeZone), ...lines] : lines
}

function sentence(halt: HaltFacts, language: Language, timeZone: string): string {
  const why = wordsOf(halt)[language]
  if (halt.until === null) return why
  const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone,
    dateStyle: 'full',
    timeStyle: 'short',
  })
  const until = format.format(new Date(halt.until))
  return language === 'id' ? `${why} Boleh dilanjutkan mulai ${until}.` : `${why} It may go on from ${until}.`
}
