import type { ApprovalAccount, ApprovalDraft, Template, TemplateApprovals } from '@siar/contract'
import { templateApprovalOperations } from '@siar/contract'
import { fillBody, submittableCategories } from '@siar/domain'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { languageNames } from '#i18n/language.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { toast } from '#ui/toast.ts'
import { WhatsAppBubble } from '#ui/whatsapp-bubble.tsx'
import { bubbleMedia } from '../media/bubble-media.ts'
import { ReasonsWhyNot } from './reasons-why-not.tsx'

type Suggested = TemplateApprovals['categorySuggested']

export type SubmitDialogProps = {
  template: Template
  account: ApprovalAccount
  draft: ApprovalDraft
  suggested: Suggested
  isUnsaved: boolean
  onClose: () => void
}

/** Shows what Meta will see of one text, asks for its category and examples, and submits it; or says why that cannot be. */
export function SubmitDialog(props: SubmitDialogProps) {
  const { template, account, draft, suggested, isUnsaved, onClose } = props
  const { t } = useTranslation('templates')
  const { t: ui } = useTranslation('ui')
  const [category, setCategory] = useState<Suggested>(suggested)
  const [examples, setExamples] = useState(() =>
    Object.fromEntries(draft.parameters.map(({ name, example }) => [name, example])),
  )
  const submit = useAction(templateApprovalOperations.submit, {
    invalidates: ['templates.listApprovals'],
    onSuccess: ({ status }) => {
      toast.success(t(status === 'submitting' ? 'approval.dialog.unsure' : 'approval.dialog.done'))
      onClose()
    },
  })
  const reasons = [
    ...draft.problems.map(({ message }) => message),
    ...(account.isOnline ? [] : [t('approval.dialog.offline')]),
    ...(draft.header && !account.takesFiles ? [t('approval.dialog.noAppId')] : []),
  ]
  const isFilled = draft.parameters.every(({ name }) => examples[name]?.trim())
  const send = () =>
    submit.mutate({
      params: { templateId: template.id },
      body: { language: draft.language, wabaId: account.wabaId, category, examples },
    })
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onClose()}
      title={t(reasons.length > 0 ? 'approval.dialog.cannot' : 'approval.dialog.title', {
        language: languageNames[draft.language],
      })}
      text={t(reasons.length > 0 ? 'approval.dialog.cannotText' : 'approval.dialog.text')}
      footer={
        reasons.length > 0 ? (
          <Button onClick={onClose}>{ui('actions.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{ui('actions.cancel')}</Button>
            <Button tone="primary" busy={submit.isPending} disabled={!isFilled} onClick={send}>
              {t('approval.dialog.action')}
            </Button>
          </>
        )
      }
    >
      {isUnsaved && (
        <Notice tone="warn" className="mb-4">
          {t('approval.dialog.unsaved')}
        </Notice>
      )}
      {reasons.length > 0 ? (
        <ReasonsWhyNot reasons={reasons} />
      ) : (
        <div className="grid gap-6 sm:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <Categories value={category} onChange={setCategory} />
            <Examples draft={draft} values={examples} onChange={setExamples} />
          </div>
          <Preview template={template} draft={draft} examples={examples} />
        </div>
      )}
    </Dialog>
  )
}

type CategoriesProps = { value: Suggested; onChange: (value: Suggested) => void }

function Categories({ value, onChange }: CategoriesProps) {
  const { t } = useTranslation('templates')
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{t('approval.dialog.category')}</p>
      <RadioCards
        columns={1}
        label={t('approval.dialog.category')}
        value={value}
        onValueChange={onChange}
        options={submittableCategories.map((category) => ({
          value: category,
          title: t(`approval.category.${category}.name`),
          text: t(`approval.category.${category}.text`),
        }))}
      />
    </div>
  )
}

type ExamplesProps = {
  draft: ApprovalDraft
  values: Readonly<Record<string, string>>
  onChange: (values: Record<string, string>) => void
}

function Examples({ draft, values, onChange }: ExamplesProps) {
  const { t } = useTranslation('templates')
  if (draft.parameters.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="font-medium">{t('approval.dialog.examples')}</p>
        <p className="text-xs text-subtle">{t('approval.dialog.examplesText')}</p>
      </div>
      {draft.parameters.map(({ name, variable }) => (
        <Field key={name} label={<code className="font-mono text-xs">{`{${variable}}`}</code>}>
          <Input
            value={values[name] ?? ''}
            maxLength={100}
            onChange={(event) => onChange({ ...values, [name]: event.target.value })}
          />
        </Field>
      ))}
    </div>
  )
}

type PreviewProps = { template: Template; draft: ApprovalDraft; examples: Readonly<Record<string, string>> }

function Preview({ template, draft, examples }: PreviewProps) {
  const { t } = useTranslation('templates')
  return (
    <div className="flex min-w-0 flex-col gap-3 max-sm:order-first">
      <p className="font-medium">{t('approval.dialog.preview')}</p>
      <div className="rounded-lg border border-line bg-wa-paper p-3">
        <WhatsAppBubble
          text={fillBody(draft.body, new Map(Object.entries(examples)))}
          media={draft.header ? bubbleMedia(template.media, 'thumbnail') : null}
          footer={draft.footer ?? undefined}
          ticks={null}
        />
      </div>
      <details className="text-xs text-muted">
        <summary className="cursor-pointer hover:text-ink">{t('approval.dialog.form')}</summary>
        <p className="mt-2 rounded-md bg-sunken p-2 font-mono break-words whitespace-pre-wrap">
          {draft.body}
        </p>
      </details>
      {draft.choicesFixed > 0 && (
        <p className="text-xs text-warn-ink">{t('approval.dialog.choices', { count: draft.choicesFixed })}</p>
      )}
    </div>
  )
}
