import { egressOperations } from '@siar/contract'
import type { Proxy } from '@siar/contract'
import { proxySchemes } from '@siar/domain'
import type { ProxyScheme } from '@siar/domain'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '#app/problem.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Input } from '#ui/input.tsx'
import { Notice } from '#ui/notice.tsx'
import { Select } from '#ui/select.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { toast } from '#ui/toast.ts'
import { DescribedFields } from './described-fields.tsx'
import type { Described } from './described-fields.tsx'
import { moneyText, readMoney } from './money-text.ts'

type Draft = Described & {
  name: string
  scheme: ProxyScheme
  host: string
  port: string
  username: string
  /** Empty while editing: the one that is kept stays. */
  password: string
  location: string
}

const blank: Draft = {
  name: '',
  scheme: 'http',
  host: '',
  port: '',
  username: '',
  password: '',
  location: '',
  class: 'datacenter',
  provider: 'own',
  country: null,
  cost: { text: '', currency: 'USD' },
}

function draftOf(proxy: Proxy): Draft {
  const { name, scheme, host, port, username, location, provider, country, monthlyCost } = proxy
  const cost = { text: moneyText(monthlyCost), currency: monthlyCost?.currency ?? ('USD' as const) }
  return {
    name,
    scheme,
    host,
    port: String(port),
    username,
    password: '',
    location,
    class: proxy.class,
    provider,
    country,
    cost,
  }
}

function bodyOf(draft: Draft) {
  const { cost, port, name, host, password, ...rest } = draft
  const trimmedHost = host.trim().replace(/^\[|\]$/g, '')
  return {
    ...rest,
    host: trimmedHost,
    port: Number(port),
    name: name.trim() === '' ? `${trimmedHost}:${port}`.slice(0, 80) : name.trim(),
    monthlyCost: readMoney(cost.text, cost.currency) ?? null,
    ...(password === '' ? {} : { password }),
  }
}

const isPort = (text: string): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535

/** Adds a proxy by hand or changes one. */
export function ProxySheet({ proxy, onClose }: { proxy: Proxy | null; onClose: () => void }) {
  const { t } = useTranslation(['egress', 'ui'])
  const formId = useId()
  const [tried, setTried] = useState(false)
  const [hostProblem, setHostProblem] = useState(false)
  const [draft, setDraft] = useState<Draft>(() => (proxy ? draftOf(proxy) : blank))
  const onProblem = (problem: ApiProblem) => {
    if (problem.issues.some(({ path }) => path === 'host')) setHostProblem(true)
    else toastProblem(problem)
  }
  const options = {
    invalidates: ['proxies.', 'egress.', 'senders.'],
    onProblem,
    onSuccess: () => {
      toast.success(t(proxy ? 'egress:form.saved' : 'egress:form.added'))
      onClose()
    },
  }
  const create = useAction(egressOperations.createProxy, options)
  const update = useAction(egressOperations.updateProxy, options)
  const costWrong = readMoney(draft.cost.text, draft.cost.currency) === undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (draft.host.trim() === '' || !isPort(draft.port) || costWrong) return
    const body = bodyOf(draft)
    if (proxy) update.mutate({ params: { proxyId: proxy.id }, body })
    else create.mutate({ body })
  }
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t(proxy ? 'egress:form.editTitle' : 'egress:form.addTitle')}
      text={t('egress:form.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button tone="primary" type="submit" form={formId} busy={create.isPending || update.isPending}>
            {t(proxy ? 'egress:form.save' : 'egress:add')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <WayFields
          draft={draft}
          onChange={(next) => {
            setHostProblem(false)
            setDraft(next)
          }}
          tried={tried}
          hostProblem={hostProblem}
          isKept={proxy?.hasPassword ?? false}
        />
        <Field label={t('egress:form.name')} optional hint={t('egress:form.nameHint')}>
          <Input
            maxLength={80}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Field>
        <DescribedFields
          draft={draft}
          onChange={(next) => setDraft({ ...draft, ...next })}
          costWrong={tried && costWrong}
        />
        <Field label={t('egress:form.location')} optional hint={t('egress:form.locationHint')}>
          <Input
            maxLength={80}
            value={draft.location}
            onChange={(event) => setDraft({ ...draft, location: event.target.value })}
          />
        </Field>
        {proxy && proxy.senders.length > 0 && (
          <Notice>{t('egress:form.reconnects', { count: proxy.senders.length })}</Notice>
        )}
      </form>
    </Sheet>
  )
}

type WayFieldsProps = {
  draft: Draft
  onChange: (draft: Draft) => void
  tried: boolean
  hostProblem: boolean
  isKept: boolean
}

function WayFields({ draft, onChange, tried, hostProblem, isKept }: WayFieldsProps) {
  const { t } = useTranslation(['egress', 'ui'])
  const isHostMissing = tried && draft.host.trim() === ''
  return (
    <>
      <Field label={t('egress:form.scheme')} hint={t('egress:form.schemeHint')}>
        <Select
          value={draft.scheme}
          onValueChange={(scheme) => onChange({ ...draft, scheme })}
          options={proxySchemes.map((value) => ({ value, label: t(`egress:schemes.${value}`) }))}
        />
      </Field>
      <div className="grid grid-cols-[1fr_6rem] items-start gap-3">
        <Field
          label={t('egress:form.host')}
          required
          error={isHostMissing ? t('ui:invalid.required') : hostProblem && t('egress:form.hostWrong')}
        >
          <Input
            autoComplete="off"
            spellCheck={false}
            value={draft.host}
            onChange={(event) => onChange({ ...draft, host: event.target.value })}
          />
        </Field>
        <Field
          label={t('egress:form.port')}
          required
          error={tried && !isPort(draft.port) && t('egress:form.portWrong')}
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={draft.port}
            onChange={(event) => onChange({ ...draft, port: event.target.value.replace(/\D/g, '') })}
          />
        </Field>
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field label={t('egress:form.username')} optional>
          <Input
            autoComplete="off"
            spellCheck={false}
            value={draft.username}
            onChange={(event) => onChange({ ...draft, username: event.target.value })}
          />
        </Field>
        <Field
          label={t('egress:form.password')}
          optional
          hint={isKept ? t('egress:form.passwordKept') : undefined}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={draft.password}
            onChange={(event) => onChange({ ...draft, password: event.target.value })}
          />
        </Field>
      </div>
    </>
  )
}
