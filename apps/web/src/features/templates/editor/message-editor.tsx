import type { ParsedTemplate, TemplateError } from '@siar/domain'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#i18n/format.ts'
import { languageNames } from '#i18n/language.ts'
import type { Language } from '#i18n/language.ts'
import { Field } from '#ui/field.tsx'
import { problemRange } from './highlight.ts'
import { IssueList } from './issue-list.tsx'
import { MessageBox } from './message-box.tsx'
import { MessageToolbar } from './message-toolbar.tsx'
import { SpintaxDialog } from './spintax-dialog.tsx'
import { alternativesOf, groupAround } from './spintax-text.ts'
import { firstWords, textLengthMax } from './template-draft.ts'
import { applyEdit, insertText, toggleMark } from './text-edit.ts'
import type { TextEdit, TextRange } from './text-edit.ts'
import type { VariableChoice } from './variable-menu.tsx'

export type MessageEditorProps = {
  language: Language
  text: string
  onText: (text: string) => void
  parsed: ParsedTemplate
  variables: readonly VariableChoice[]
  onCampaignVariable: (name: string) => void
  error: string | undefined
}

/** Writes the message of one language: text, marks, variables, several ways to say it, and what is wrong with it. */
export function MessageEditor(props: MessageEditorProps) {
  const { language, text, onText, parsed, variables, onCampaignVariable, error } = props
  const { t } = useTranslation('templates')
  const format = useFormat()
  const box = useRef<HTMLTextAreaElement>(null)
  const [choice, setChoice] = useState<{ range: TextRange; start: readonly string[] } | null>(null)
  const problems = parsed.ok ? [] : parsed.errors
  const selection = (): TextRange => ({
    from: box.current?.selectionStart ?? text.length,
    to: box.current?.selectionEnd ?? text.length,
  })
  const edit = (change: TextEdit) => box.current && applyEdit(box.current, change)
  /** Menus give focus back to their button as they close; the edit waits until they have. */
  const later = (change: TextEdit) => setTimeout(() => edit(change), 60)
  const openChoice = () => {
    const picked = selection()
    const group = groupAround(text, picked)
    const alternatives = group && alternativesOf(text.slice(group.from, group.to))
    if (group && alternatives) return setChoice({ range: group, start: alternatives })
    const words = text.slice(picked.from, picked.to)
    setChoice({ range: picked, start: words ? [words] : [] })
  }
  const jump = (problem: TemplateError) => {
    const { from, to } = problemRange(text, problem)
    box.current?.focus()
    box.current?.setSelectionRange(from, to)
  }
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={t('message', { language: languageNames[language] })}
        error={error}
        hint={t('messageHint')}
        aside={
          <span className="tabular-nums">
            {t('length', { length: format.number(text.length), limit: format.number(textLengthMax) })}
          </span>
        }
      >
        <div className="flex flex-col">
          <MessageToolbar
            variables={variables}
            onMark={(mark) => edit(toggleMark(text, selection(), mark))}
            onInsert={(insert) => later(insertText(selection(), insert))}
            onSpintax={openChoice}
          />
          <MessageBox
            boxRef={box}
            text={text}
            onText={onText}
            problems={problems}
            lengthMax={textLengthMax}
            lang={language}
            placeholder={firstWords[language]}
          />
        </div>
      </Field>
      <IssueList text={text} problems={problems} onJump={jump} onCampaignVariable={onCampaignVariable} />
      {choice && (
        <SpintaxDialog
          start={choice.start}
          onClose={() => setChoice(null)}
          onDone={(insert) => {
            later(insertText(choice.range, insert))
            setChoice(null)
          }}
        />
      )}
    </div>
  )
}
