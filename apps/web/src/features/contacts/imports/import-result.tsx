import type { Import } from '@siar/contract'
import { importOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { Download, FileUp, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Notice } from '#ui/notice.tsx'
import { useErrorText } from './reason-text.ts'

/** How an import ended: figures that add up to the rows of the file, and the rows that were not used. */
export function ImportResult({ data }: { data: Import }) {
  const { t } = useTranslation('imports')
  const can = useCan()
  const errorText = useErrorText()
  return (
    <div className="flex min-w-0 flex-col gap-5">
      {data.status === 'failed' && (
        <Notice tone="danger" title={t('result.failedTitle')}>
          {data.error && <p>{errorText(data.error)}</p>}
          <p>{t('result.failedText')}</p>
        </Notice>
      )}
      {data.status === 'cancelled' && (
        <Notice tone="warn" title={t('result.cancelledTitle')}>
          {t('result.cancelledText')}
        </Notice>
      )}
      <Tally data={data} />
      {data.optedOut > 0 && (
        <Notice title={t('result.optedOutTitle', { count: data.optedOut })}>
          {t('result.optedOutText')}
        </Notice>
      )}
      {data.valid > 0 && data.options?.consentWording === '' && (
        <Notice title={t('consent.without.title')}>{t('consent.without.text')}</Notice>
      )}
      {data.isEmptied && <p className="text-sm text-muted">{t('result.emptied')}</p>}
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" asChild>
          <Link to="/contacts">
            <Users aria-hidden />
            {t('result.toContacts')}
          </Link>
        </Button>
        {data.duplicates + data.invalid > 0 && !data.isEmptied && can('contacts.write') && (
          <Rejects data={data} />
        )}
        {can('contacts.write') && (
          <Button asChild>
            <Link to="/contacts/imports/new">
              <FileUp aria-hidden />
              {t('result.another')}
            </Link>
          </Button>
        )}
      </div>
    </div>
  )
}

function Rejects({ data }: { data: Import }) {
  const { t } = useTranslation('imports')
  const [busy, setBusy] = useState(false)
  const count = data.duplicates + data.invalid
  const save = async () => {
    setBusy(true)
    try {
      await download(importOperations.rejects, { params: { importId: data.id } }, t('result.rejectsFile'))
    } catch (error) {
      toastProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon={<Download aria-hidden />} busy={busy} onClick={() => void save()}>
      {t('result.rejects', { count })}
    </Button>
  )
}

type Part = {
  id: 'created' | 'updated' | 'unchanged' | 'duplicates' | 'invalid'
  count: number
  fill: string
}

/** The rows of the file as one bar and a sum: nothing is left unexplained. */
function Tally({ data }: { data: Import }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const parts: Part[] = [
    { id: 'created', count: data.created, fill: 'bg-delivered-fill' },
    { id: 'updated', count: data.updated, fill: 'bg-sent-fill' },
    {
      id: 'unchanged',
      count: Math.max(0, data.valid - data.created - data.updated),
      fill: 'bg-queued-fill',
    },
    { id: 'duplicates', count: data.duplicates, fill: 'bg-unknown-fill' },
    { id: 'invalid', count: data.invalid, fill: 'bg-failed-fill' },
  ]
  const total = data.valid + data.duplicates + data.invalid
  const shown = parts.filter((part) => part.count > 0)
  return (
    <Card title={t('result.rows', { count: total })} text={t('result.rowsText')}>
      <div className="flex h-2.5 gap-px overflow-hidden rounded-full bg-sunken" aria-hidden>
        {shown.map((part) => (
          <span
            key={part.id}
            className={`h-full min-w-0.5 ${part.fill}`}
            style={{ flexGrow: part.count, flexBasis: 0 }}
          />
        ))}
      </div>
      <dl className="mt-4 divide-y divide-line">
        {parts.map((part) => (
          <div key={part.id} className="flex items-baseline justify-between gap-4 py-2">
            <dt className="flex min-w-0 items-baseline gap-2">
              <span className={`size-2 shrink-0 rounded-full ${part.fill}`} aria-hidden />
              <span>
                <span className="font-medium">{t(`counts.${part.id}`)}</span>
                <span className="block text-xs text-subtle">{t(`result.about.${part.id}`)}</span>
              </span>
            </dt>
            <dd className="font-semibold tabular-nums">{format.number(part.count)}</dd>
          </div>
        ))}
        <div className="flex items-baseline justify-between gap-4 pt-3 font-semibold">
          <dt>{t('result.total')}</dt>
          <dd className="tabular-nums">{format.number(total)}</dd>
        </div>
      </dl>
    </Card>
  )
}
