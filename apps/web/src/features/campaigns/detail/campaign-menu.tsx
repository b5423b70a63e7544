import { useNavigate } from '@tanstack/react-router'
import { campaignOperations, campaignRunOperations, consentProofOperations } from '@siar/contract'
import type { Campaign } from '@siar/contract'
import { CircleSlash, Copy, Download, Ellipsis, FileBraces, FileText, Trash2 } from 'lucide-react'
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
import { toast } from '#ui/toast.ts'
import { CampaignConfirm } from './campaign-confirm.tsx'
import type { Asked } from './campaign-confirm.tsx'

const cancellable: readonly Campaign['status'][] = ['scheduled', 'overdue', 'running', 'paused', 'halted']
const removable: readonly Campaign['status'][] = ['draft', 'scheduled', 'overdue', 'completed', 'cancelled']

type CampaignMenuProps = {
  campaign: Campaign
  /** The run the report is of; undefined for the newest. */
  runId: string | undefined
}

/** The report as a file, and the quieter deeds: duplicate, cancel, delete. */
export function CampaignMenu({ campaign, runId }: CampaignMenuProps) {
  const { t } = useTranslation(['campaigns', 'campaign-results'])
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const clone = useClone(campaign)
  const mayWrite = can('campaigns.write')
  const proofs = useConsentProofs(campaign, runId)
  const items: MenuItem[] = [
    ...(mayWrite
      ? [
          {
            id: 'clone',
            label: t('campaign-results:clone.action'),
            icon: <Copy aria-hidden />,
            onSelect: clone,
          },
        ]
      : []),
    ...(campaign.startedAt !== null && can('data.export') ? proofs : []),
    ...(mayWrite && cancellable.includes(campaign.status)
      ? [
          {
            id: 'cancel',
            label: t('campaigns:actions.cancel'),
            icon: <CircleSlash aria-hidden />,
            onSelect: () => setAsked('cancel'),
          },
        ]
      : []),
    ...(can('data.delete') && removable.includes(campaign.status)
      ? [
          {
            id: 'remove',
            label: t('campaigns:actions.remove'),
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
              label={t('campaigns:actions.more')}
              icon={<Ellipsis aria-hidden />}
              tone="outline"
              tooltip={false}
              className="max-sm:flex-none!"
            />
          }
          groups={[{ items }]}
        />
      )}
      {campaign.startedAt !== null && can('data.export') && (
        <ReportDownload campaign={campaign} runId={runId} />
      )}
      {asked && <CampaignConfirm asked={asked} campaign={campaign} onClose={() => setAsked(null)} />}
    </>
  )
}

/** The consent behind every message of the run, to print and as lines of JSON. */
function useConsentProofs({ id }: Campaign, runId: string | undefined): MenuItem[] {
  const { t } = useTranslation('campaign-results')
  const input = { params: { campaignId: id }, query: { run: runId } }
  const fileName = `${t('proof.fileName')}-${id}`
  const { campaignProof, campaignProofPdf } = consentProofOperations
  return [
    {
      id: 'proof-pdf',
      label: t('proof.pdf'),
      icon: <FileText aria-hidden />,
      onSelect: () => void download(campaignProofPdf, input, `${fileName}.pdf`).catch(toastProblem),
    },
    {
      id: 'proof-json',
      label: t('proof.json'),
      icon: <FileBraces aria-hidden />,
      onSelect: () => void download(campaignProof, input, `${fileName}.jsonl`).catch(toastProblem),
    },
  ]
}

function ReportDownload({ campaign, runId }: CampaignMenuProps) {
  const { t } = useTranslation('campaigns')
  const [busy, setBusy] = useState(false)
  const fetchReport = async () => {
    setBusy(true)
    try {
      const fileName = `${campaign.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`
      await download(
        campaignOperations.reportCsv,
        { params: { campaignId: campaign.id }, query: { run: runId } },
        fileName,
      )
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

/** Makes a draft with the same message, people and settings, and opens it. */
function useClone(campaign: Campaign): () => void {
  const { t } = useTranslation('campaign-results')
  const navigate = useNavigate()
  const clone = useAction(campaignRunOperations.clone, {
    invalidates: ['campaigns.list'],
    onSuccess: ({ id, name }) => {
      toast.success(t('clone.done', { name }))
      void navigate({ to: '/campaigns/$campaignId/edit', params: { campaignId: id } })
    },
  })
  const name = t('clone.name', { name: campaign.name }).slice(0, 120)
  return () =>
    clone.mutate({
      params: { campaignId: campaign.id },
      body: { name },
      idempotencyKey: newIdempotencyKey(),
    })
}
