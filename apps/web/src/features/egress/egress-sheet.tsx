import { Link } from '@tanstack/react-router'
import { egressOperations } from '@siar/contract'
import type { Proxy, SenderEgress } from '@siar/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useOperation } from '#app/query.ts'
import { countryOptions } from '#features/settings/places.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Combobox } from '#ui/combobox.tsx'
import { Field } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { RadioCards } from '#ui/radio-cards.tsx'
import { Sheet } from '#ui/sheet.tsx'
import { toast } from '#ui/toast.ts'

type Way = 'direct' | 'any' | 'one'

function initialWay({ kind, proxy, country }: SenderEgress): Way {
  if (kind === 'direct') return 'direct'
  return proxy && country === null ? 'one' : 'any'
}

export type EgressSheetProps = { senderId: string; egress: SenderEgress; onClose: () => void }

/** Chooses the way out of one sender. */
export function EgressSheet({ senderId, egress, onClose }: EgressSheetProps) {
  const { t } = useTranslation(['egress', 'ui'])
  const [way, setWay] = useState<Way>(initialWay(egress))
  const [proxyId, setProxyId] = useState(egress.proxy?.id ?? null)
  const [country, setCountry] = useState(egress.country)
  const pool = useOperation(egressOperations.listProxies, {})
  const set = useAction(egressOperations.setSenderEgress, {
    invalidates: ['egress.', 'proxies.', 'senders.'],
    onSuccess: () => {
      toast.success(t('egress:choice.saved'))
      onClose()
    },
  })
  const proxies = pool.data?.data ?? []
  const save = () => {
    const body =
      way === 'direct'
        ? { kind: 'direct' as const }
        : way === 'any'
          ? { kind: 'proxy' as const, proxyId: null, country }
          : { kind: 'proxy' as const, proxyId, country: null }
    set.mutate({ params: { senderId }, body })
  }
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('egress:choice.title')}
      text={t('egress:choice.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:actions.cancel')}</Button>
          <Button
            tone="primary"
            busy={set.isPending}
            disabled={way === 'one' && proxyId === null}
            onClick={save}
          >
            {t('egress:choice.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <RadioCards
          label={t('egress:choice.title')}
          columns={1}
          value={way}
          onValueChange={setWay}
          options={(['direct', 'any', 'one'] as const).map((value) => ({
            value,
            title: t(`egress:choice.${value}`),
            text: t(`egress:choice.${value}Text`),
            disabled: value === 'one' && proxies.length === 0,
          }))}
        />
        {pool.data && proxies.length === 0 && <EmptyPool />}
        {way === 'one' && <ProxyField proxies={proxies} proxyId={proxyId} onChange={setProxyId} />}
        {way === 'any' && <CountryField country={country} onChange={setCountry} />}
        <Notice>{t('egress:choice.honest')}</Notice>
      </div>
    </Sheet>
  )
}

function EmptyPool() {
  const { t } = useTranslation('egress')
  return (
    <Notice
      tone="warn"
      action={
        <Button asChild size="sm">
          <Link to="/senders/proxies">{t('choice.toPool')}</Link>
        </Button>
      }
    >
      {t('choice.emptyPool')}
    </Notice>
  )
}

type ProxyFieldProps = {
  proxies: readonly Proxy[]
  proxyId: string | null
  onChange: (proxyId: string | null) => void
}

function ProxyField({ proxies, proxyId, onChange }: ProxyFieldProps) {
  const { t } = useTranslation('egress')
  const options = proxies
    .filter(({ enabled }) => enabled)
    .map((proxy) => ({
      value: proxy.id,
      label: proxy.name,
      hint: [
        t(`states.${proxy.state}`),
        t(`classes.${proxy.class}`),
        proxy.country ?? proxy.exitCountry,
        t('card.sharingCount', { count: proxy.linkedSenders }),
      ]
        .filter(Boolean)
        .join(' · '),
    }))
  return (
    <Field label={t('choice.proxy')}>
      <Combobox options={options} value={proxyId} onValueChange={onChange} />
    </Field>
  )
}

type CountryFieldProps = { country: string | null; onChange: (country: string | null) => void }

function CountryField({ country, onChange }: CountryFieldProps) {
  const { t } = useTranslation('egress')
  const { locale } = useFormat()
  return (
    <Field label={t('choice.country')} optional hint={t('choice.countryHint')}>
      <Combobox options={countryOptions(locale)} value={country} onValueChange={onChange} />
    </Field>
  )
}
