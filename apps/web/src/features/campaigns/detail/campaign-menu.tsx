import { useNavigate } from '@tanstack/react-router'
import { campaignOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { CircleSlash, Copy, Download, Ellipsis, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download } from '#app/api.ts'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { toastProblem } from '#app/problem-toast.ts'
import { useAction } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { DropdownMenu } from '#ui/dropdown-menu.tsx'
import type { MenuItem } from '#ui/dropdown-menu.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { draftOf } from '../wizard/draft.ts'
import { CampaignConfirm } from './campaign-confirm.tsx'
import type { Asked } from './campaign-confirm.tsx'

const cancellable: readonly Campaign['status'][] = ['scheduled', 'overdue', 'running', 'paused', 'halted']
const removable: readonly Campaign['status'][] = ['draft', 'scheduled', 'overdue', 'completed', 'cancelled']

/** The report as a file, and the quieter deeds: copy, cancel, delete. */
export function CampaignMenu({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const copy = useCopy(campaign)
  const mayWrite = can('campaigns.write')
  const items: MenuItem[] = [
    ...(mayWrite
      ? [{ id: 'copy', label: t('actions.copy'), icon: <Copy aria-hidden />, onSelect: copy }]
      : []),
    ...(mayWrite && cancellable.includes(campaign.status)
      ? [
          {
            id: 'cancel',
            label: t('actions.cancel'),
            icon: <CircleSlash aria-hidden />,
            onSelect: () => setAsked('cancel'),
          },
        ]
      : []),
    ...(can('data.delete') && removable.includes(campaign.status)
      ? [
          {
            id: 'remove',
            label: t('actions.remove'),
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => setAsked('remove'),
          },
        ]
      : []),
  ]
  return (
    <>
      {items.length > 0 && (
        <DropdownMenu
          trigger={
            <IconButton
              label={t('actions.more')}
              icon={<Ellipsis aria-hidden />}
              tone="outline"
              tooltip={false}
              className="max-sm:flex-none!"
            />
          }
          groups={[{ items }]}
        />
      )}
      {campaign.startedAt !== null && can('data.export') && <ReportDownload campaign={campaign} />}
      {asked && <CampaignConfirm asked={asked} campaign={campaign} onClose={() => setAsked(null)} />}
    </>
  )
}

function ReportDownload({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const [busy, setBusy] = useState(false)
  const fetchReport = async () => {
    setBusy(true)
    try {
      const fileName = `${campaign.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`
      await download(campaignOperations.reportCsv, { params: { campaignId: campaign.id } }, fileName)
    } catch (error) {
      toastProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon={<Download aria-hidden />} busy={busy} onClick={() => void fetchReport()}>
      {t('actions.report')}
    </Button>
  )
}

/** Makes a new draft with the same message, people and settings. It starts at once when sent: an old time is no use. */
function useCopy(campaign: Campaign): () => void {
  const { t } = useTranslation('campaigns')
  const navigate = useNavigate()
  const create = useAction(campaignOperations.create, {
    invalidates: ['campaigns.list'],
    onSuccess: ({ id }) => void navigate({ to: '/campaigns/$campaignId/edit', params: { campaignId: id } }),
  })
  const name = t('actions.copyName', { name: campaign.name }).slice(0, 120)
  return () =>
    create.mutate({
      body: { ...draftOf(campaign), name, schedule: { kind: 'now' } },
      idempotencyKey: newIdempotencyKey(),
    })
}
