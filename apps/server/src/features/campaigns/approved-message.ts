import type { OutboundTemplate } from '@siar/channel'
import { compileApproval, fillApproval } from '@siar/domain'
import type { ApprovalText, SkipReason } from '@siar/domain'
import type { Language } from '../../core.ts'
import { contentHashOf } from '../templates/index.ts'
import type { UsableApproval, UsableApprovals } from '../templates/index.ts'
import { readersOf } from './message-renderer.ts'
import type { RenderContact } from './message-renderer.ts'
import type { RunContent } from './run-content.ts'

/** The message of a run for one person as an approved template, or why that person cannot get it. */
export type ApprovedMessage =
  | {
      readonly kind: 'template'
      readonly template: OutboundTemplate
      /** What the person reads, the footer included. */
      readonly text: string
    }
  | { readonly kind: 'skip'; readonly reason: Extract<SkipReason, 'missing_variable' | 'message_too_long'> }

/** The message of a run in the form Meta approves, compiled once for all its recipients. */
export interface ApprovedMessages {
  /** Whether anybody outside of the window can get it through a number of this account; `isPaused` alone counts as yes. */
  hasApproval(approvals: UsableApprovals, wabaId: string): boolean
  /** Meta pauses every text of it that it approved in this account. */
  isPaused(approvals: UsableApprovals, wabaId: string): boolean
  /**
   * Fills it for one person: the text in their language when that is approved, else the other.
   *
   * @returns null where no text is approved in this account.
   */
  render(approvals: UsableApprovals, wabaId: string, contact: RenderContact): ApprovedMessage | null
}

interface Form {
  readonly text: ApprovalText
  readonly hash: string
  readonly readers: ReturnType<typeof readersOf>
}

/**
 * Pure. A text that Meta could not approve has no form; links go out as they stand in the text.
 * Who is rendered brings their opt-out link along.
 */
export function createApprovedMessages(content: RunContent): ApprovedMessages {
  const forms = new Map<Language, Form>()
  for (const language of [content.language, 'id', 'en'] as const) {
    const form = forms.has(language) ? null : formOf(content, language)
    if (form) forms.set(language, form)
  }
  const find = (approvals: UsableApprovals, wabaId: string, first: string | null) => {
    const own = forms.get(first as Language)
    for (const form of [...(own ? [own] : []), ...forms.values()]) {
      const approval = approvals.find(wabaId, form.hash)
      if (approval) return { form, approval }
    }
    return null
  }
  return {
    hasApproval: (approvals, wabaId) => find(approvals, wabaId, null) !== null,
    isPaused: (approvals, wabaId) => {
      const found = [...forms.values()].flatMap(({ hash }) => approvals.find(wabaId, hash) ?? [])
      return found.length > 0 && found.every(({ isPaused }) => isPaused)
    },
    render: (approvals, wabaId, contact) => {
      const found = find(approvals, wabaId, contact.language)
      return found && fill(found.form, found.approval, contact)
    },
  }
}

function formOf(content: RunContent, language: Language): Form | null {
  const { footer, media, customKeys, variables } = content
  const knownNames = [...customKeys, ...Object.keys(variables)]
  const compiled = compileApproval({ text: content.texts[language] ?? '', footer, media, knownNames })
  if (!compiled.ok) return null
  const names = namesOf(compiled.text)
  return {
    text: compiled.text,
    hash: contentHashOf(compiled.text),
    readers: readersOf({ variables: names }, content, language, () => ''),
  }
}

/** Every variable a text may ask for, those of defaults included. */
function namesOf({ parameters }: ApprovalText): string[] {
  const names = new Set<string>()
  const visit = (nodes: ApprovalText['parameters'][number]['node'][]): void => {
    for (const node of nodes) {
      if (node.kind === 'variable') names.add(node.text)
      for (const branch of node.branches) visit([...branch])
    }
  }
  visit(parameters.map(({ node }) => node))
  return [...names]
}

function fill(form: Form, approval: UsableApproval, contact: RenderContact): ApprovedMessage {
  const values: Record<string, string> = Object.create(null) as Record<string, string>
  for (const { name, read } of form.readers) values[name] = read(contact)
  const filled = fillApproval(form.text, values)
  if (filled.kind === 'missing') return { kind: 'skip', reason: 'missing_variable' }
  if (filled.kind === 'too_long') return { kind: 'skip', reason: 'message_too_long' }
  const { name, remoteLanguage: language, category } = approval
  return {
    kind: 'template',
    text: filled.text,
    template: { name, language, category, header: [], body: filled.parameters, buttons: [] },
  }
}
