import type { Import } from '@siar/contract'
import { importOperations } from '@siar/contract'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { useFormat } from '#i18n/format.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { Notice } from '#ui/notice.tsx'
import { ProgressBar } from '#ui/progress-bar.tsx'
import { Stat, StatRow } from '#ui/stat.tsx'
import { importPace } from './import-pace.ts'

/** A running import: rows, rate, time left. It goes on without this page. */
export function ImportProgress({ data }: { data: Import }) {
  const { t } = useTranslation('imports')
  const can = useCan()
  const format = useFormat()
  const nowMs = useNow()
  const [asking, setAsking] = useState(false)
  const cancel = useAction(importOperations.cancel, {
    invalidates: ['imports.', 'contacts.'],
    onSuccess: () => setAsking(false),
  })
  const pace = importPace(data, nowMs)
  const rate =
    pace.rowsPerSecond === null
      ? null
      : t('progress.rate', { rate: format.number(Math.round(pace.rowsPerSecond)) })
  const left = pace.leftMs === null ? null : t('progress.left', { time: format.duration(pace.leftMs) })
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Card>
        <ProgressBar
          ratio={pace.ratio}
          label={t('progress.rows', {
            done: format.number(data.rowsDone),
            total: format.number(Math.max(data.rowsEstimated, data.rowsDone)),
          })}
          aside={[rate, left].filter(Boolean).join(' · ')}
        />
      </Card>
      <StatRow columns={4}>
        <Stat label={t('counts.created')} value={data.created} />
        <Stat label={t('counts.updated')} value={data.updated} />
        <Stat label={t('counts.duplicates')} value={data.duplicates} />
        <Stat label={t('counts.invalid')} value={data.invalid} />
      </StatRow>
      <Notice>{t('progress.leave')}</Notice>
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link to="/contacts">{t('progress.toContacts')}</Link>
        </Button>
        {can('contacts.write') && (
          <Button tone="danger-quiet" onClick={() => setAsking(true)}>
            {t('progress.cancel')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        danger
        title={t('progress.cancelTitle')}
        text={t('progress.cancelText', { count: data.rowsDone })}
        action={t('progress.cancel')}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ params: { importId: data.id } })}
      />
    </div>
  )
}

function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return nowMs
}
