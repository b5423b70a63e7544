import { WorkspaceSettings } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { ConsentKeyword, WorkspaceId } from '@siar/domain'
import { classifyKeyword } from '@siar/domain'
import type { Core } from '../../core.ts'
import {
  closeAnswer,
  insertAnswer,
  listDueAnswers,
  readKeywordSettings,
  takeAnswer,
} from './keyword-answers.repo.ts'

const dayMs = 24 * 3_600_000
/** An answer that could not leave for so long would only puzzle. */
const lateMsMax = 3_600_000
const wordsLengthMax = 80
const sweepMax = 100

const ownWords: Record<ConsentKeyword, Record<'id' | 'en', string>> = {
  opt_out: {
    id: 'Baik, {shop} tidak akan mengirim promosi lagi. Berubah pikiran? Balas MULAI.',
    en: 'Done: {shop} will send you no more promotions. Changed your mind? Answer START.',
  },
  opt_in: {
    id: 'Terima kasih, Anda akan menerima promosi {shop}. Balas BERHENTI untuk berhenti.',
    en: 'Thank you, you will get promotions from {shop}. Answer STOP to stop.',
  },
}

const settingsOf = (stored: unknown) => WorkspaceSettings.parse(stored ?? {}).keywords

/** What a message asks for by a keyword of Siar or of the workspace; null when it is none. */
export async function readKeyword(scope: WorkspaceScope, text: string): Promise<ConsentKeyword | null> {
  if (text.length > wordsLengthMax) return null
  const known = classifyKeyword(text)
  if (known === 'opt_out') return known
  const { optOut, optIn } = settingsOf(await readKeywordSettings(scope))
  return classifyKeyword(text, { optOut, optIn })
}

/** The words of an answer: those of the workspace, else Siar's. */
export function answerText(
  keyword: ConsentKeyword,
  { language, shop, settings }: { language: string; shop: string; settings: unknown },
): string {
  const code = language.toLowerCase().startsWith('en') ? 'en' : 'id'
  const { optOutAnswer, optInAnswer } = settingsOf(settings)
  const own = (keyword === 'opt_out' ? optOutAnswer : optInAnswer)[code]
  return (own || ownWords[keyword][code]).replaceAll('{shop}', () => shop)
}

/** An answer as the lanes send it. */
export interface OutgoingAnswer {
  readonly workspaceId: WorkspaceId
  readonly senderId: string
  readonly contactId: string
  readonly to: string
  readonly text: string
  /** It answers an opt-out: the suppression that the opt-out put up does not hold it back. */
  readonly afterOptOut: boolean
}

/** `waits`: nothing left the machine, and it may be tried again. */
export type AnswerOutcome = 'sent' | 'failed' | 'unknown' | 'waits'

export interface KeywordAnswers {
  /** Inside the transaction that obeyed the keyword. @returns the answer to send after it; null for none. */
  plan(
    scope: WorkspaceScope,
    person: { contactId: string; senderId: string; address: string; keyword: ConsentKeyword },
  ): Promise<string | null>
  /** Sends an answer, once: who took it is the only one, and what became of it is kept. */
  send(
    workspaceId: WorkspaceId,
    id: string,
    hand: (answer: OutgoingAnswer) => Promise<AnswerOutcome>,
  ): Promise<void>
  /** Answers that wait, over all workspaces, the oldest first. */
  due(): Promise<{ id: string; workspaceId: WorkspaceId }[]>
}

export function createKeywordAnswers(core: Core): KeywordAnswers {
  const ago = (ms: number) => new Date(core.now().getTime() - ms)
  return {
    plan: async (scope, person) => {
      if (!settingsOf(await readKeywordSettings(scope)).answers) return null
      const id = core.newId('req')
      return (await insertAnswer(scope, { id, ...person }, core.now(), ago(dayMs))) ? id : null
    },
    send: async (workspaceId, id, hand) => {
      const taken = await core.inWorkspace(workspaceId, (scope) => takeAnswer(scope, id, ago(lateMsMax)))
      if (taken === null) return
      const { senderId, contactId, address, keyword } = taken
      const outcome = await hand({
        workspaceId,
        senderId,
        contactId,
        to: address,
        text: answerText(keyword, taken),
        afterOptOut: keyword === 'opt_out',
      })
      await core.inWorkspace(workspaceId, (scope) =>
        closeAnswer(scope, id, outcome === 'waits' ? 'due' : outcome),
      )
    },
    due: async () => {
      const rows = await core.inSystem((scope) => listDueAnswers(scope, ago(lateMsMax), sweepMax))
      return rows.map((row) => ({ ...row, workspaceId: row.workspaceId as WorkspaceId }))
    },
  }
}
