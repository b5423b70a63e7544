import type { Template } from '@siar/contract'
import { TEMPLATE_CATEGORIES } from '@siar/contract'
import { Link, useBlocker } from '@tanstack/react-router'
import { ChevronLeft, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { languageNames, languages } from '#i18n/language.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { Select } from '#ui/select.tsx'
import { Tabs } from '#ui/tabs.tsx'
import type { TabItem } from '#ui/tabs.tsx'
import { toast } from '#ui/toast.ts'
import { useUrlState } from '#ui/url-state.ts'
import { CampaignVariables } from './campaign-variables.tsx'
import { MessageEditor } from './message-editor.tsx'
import { MessagePhone } from './message-phone.tsx'
import { footerLengthMax, isChanged, withCampaignVariable } from './template-draft.ts'
import type { TemplateDraft } from './template-draft.ts'
import { TemplateMedia } from './template-media.tsx'
import { useMessageCheck } from './use-message-check.ts'

export type TemplateEditorProps = {
  title: string
  start: TemplateDraft
  saved: TemplateDraft
  /** The template being changed; null for a new one. */
  template: Template | null
  canWrite: boolean
  busy: boolean
  /** Resolves to true once it is saved, so that leaving asks nothing. */
  onSave: (draft: TemplateDraft) => void
  /** Set by the page right before it leaves after saving. */
  mayLeave: () => boolean
  menu?: ReactNode
  /** What stands below the message; told whether there are changes that are not saved. */
  below?: (isUnsaved: boolean) => ReactNode
}

/** Writes a template: its message in two languages beside the phone that shows it. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { t } = useTranslation('templates')
  const [draft, setDraft] = useState(props.start)
  const [tried, setTried] = useState(false)
  const [showing, setShowing] = useState(false)
  const [{ lang }] = useUrlState({ lang: 'id' })
  const language = lang === 'en' ? 'en' : 'id'
  const check = useMessageCheck(draft)
  const change = (patch: Partial<TemplateDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const isEmpty = !draft.texts.id.trim() && !draft.texts.en.trim()
  const isWrong = !check.parsed.id.ok || !check.parsed.en.ok
  const changed = isChanged(draft, props.saved)
  const save = () => {
    setTried(true)
    if (!draft.name.trim() || isEmpty || isWrong) {
      toast.error(t(isWrong ? 'save.wrong' : 'save.incomplete'))
      return
    }
    props.onSave(draft)
  }
  const texts = languages.map((code): TabItem => ({
    id: code,
    label: (
      <>
        {languageNames[code]}
        <TabMark isWrong={!check.parsed[code].ok} isEmpty={!draft.texts[code].trim()} />
      </>
    ),
    content: (
      <MessageEditor
        language={code}
        text={draft.texts[code]}
        onText={(text) => change({ texts: { ...draft.texts, [code]: text } })}
        parsed={check.parsed[code]}
        variables={check.variables}
        onCampaignVariable={(name) =>
          change({ campaignVariables: withCampaignVariable(draft.campaignVariables, name) })
        }
        error={tried && isEmpty ? t('save.textNeeded') : undefined}
      />
    ),
  })) as [TabItem, ...TabItem[]]
  const phone = (
    <MessagePhone
      draft={draft}
      text={draft.texts[language]}
      parsed={check.parsed[language]}
      knownNames={check.knownNames}
    />
  )
  return (
    <Page>
      <PageHeader
        back={<BackLink />}
        title={props.title}
        secondary={
          <span className="flex items-center gap-2">
            <Button
              icon={<Smartphone aria-hidden />}
              onClick={() => setShowing(true)}
              className="flex-1 lg:hidden"
            >
              {t('preview.show')}
            </Button>
            {props.menu}
          </span>
        }
        action={
          props.canWrite && (
            <Button tone="primary" busy={props.busy} disabled={!changed} onClick={save}>
              {t('save.action')}
            </Button>
          )
        }
      />
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <fieldset disabled={!props.canWrite} className="flex min-w-0 flex-col gap-6">
            {props.template && props.template.campaigns > 0 && (
              <Notice>{t('usedNote', { count: props.template.campaigns })}</Notice>
            )}
            <Head draft={draft} onChange={change} nameError={tried && !draft.name.trim()} />
            <Tabs items={texts} param="lang" label={t('languages')} />
            <Card title={t('mediaTitle')} text={t('mediaText')}>
              <TemplateMedia media={draft.media} onChange={(media) => change({ media })} />
            </Card>
            <Extras draft={draft} onChange={change} />
          </fieldset>
          {props.below?.(changed)}
        </div>
        <div className="max-lg:hidden lg:sticky lg:top-8">{phone}</div>
      </div>
      <Dialog open={showing} onOpenChange={setShowing} title={t('preview.show')}>
        <div className="pb-2">{phone}</div>
      </Dialog>
      <LeaveGuard active={changed && props.canWrite} mayLeave={props.mayLeave} />
    </Page>
  )
}

type PartProps = { draft: TemplateDraft; onChange: (patch: Partial<TemplateDraft>) => void }

function Head({ draft, onChange, nameError }: PartProps & { nameError: boolean }) {
  const { t } = useTranslation('templates')
  const isService = draft.category === 'reminder' || draft.category === 'service'
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={nameError ? t('save.nameNeeded') : undefined}
        required
      >
        <Input
          value={draft.name}
          maxLength={120}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Field label={t('category')} hint={t(isService ? 'purpose.service' : 'purpose.marketing')}>
        <Select
          value={draft.category}
          onValueChange={(category) => onChange({ category })}
          options={TEMPLATE_CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }))}
        />
      </Field>
    </div>
  )
}

function Extras({ draft, onChange }: PartProps) {
  const { t } = useTranslation('templates')
  return (
    <Card>
      <div className="flex flex-col gap-5">
        <Field
          label={t('footer')}
          hint={t('footerHint')}
          aside={
            <span className="tabular-nums">
              {t('length', { length: draft.footer.length, limit: footerLengthMax })}
            </span>
          }
          optional
        >
          <Input
            value={draft.footer}
            maxLength={footerLengthMax}
            onChange={(event) => onChange({ footer: event.target.value })}
          />
        </Field>
        <CampaignVariables
          names={draft.campaignVariables}
          onChange={(campaignVariables) => onChange({ campaignVariables })}
        />
      </div>
    </Card>
  )
}

function TabMark({ isWrong, isEmpty }: { isWrong: boolean; isEmpty: boolean }) {
  const { t } = useTranslation('templates')
  if (isWrong) {
    return <span className="size-2 rounded-full bg-danger" role="img" aria-label={t('issues.tab')} />
  }
  return isEmpty ? <span className="text-xs font-normal text-subtle">{t('emptyLanguage')}</span> : null
}

function BackLink() {
  const { t } = useTranslation('templates')
  return (
    <Link to="/templates" className="inline-flex items-center gap-1 hover:text-ink">
      <ChevronLeft className="size-4" aria-hidden />
      {t('title')}
    </Link>
  )
}

function LeaveGuard({ active, mayLeave }: { active: boolean; mayLeave: () => boolean }) {
  const { t } = useTranslation('templates')
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => active && !mayLeave() && current.pathname !== next.pathname,
    enableBeforeUnload: () => active && !mayLeave(),
    withResolver: true,
  })
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      danger
      title={t('leave.title')}
      text={t('leave.text')}
      action={t('leave.confirm')}
      onConfirm={() => blocker.proceed?.()}
    />
  )
}
