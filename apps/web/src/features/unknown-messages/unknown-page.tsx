import { Link } from '@tanstack/react-router'
import { unknownMessageOperations } from '@siar/contract'
import type { UnknownMessage } from '@siar/contract'
import { ChevronLeft, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCursorPages } from '#app/cursor-pages.ts'
import { newIdempotencyKey } from '#app/idempotency-key.ts'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { CursorPager } from '#ui/cursor-pager.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { useUrlState } from '#ui/url-state.ts'
import { CampaignScope } from './campaign-scope.tsx'
import type { Plan, Target } from './decision.ts'
import { SettleDialog } from './settle-dialog.tsx'
import { UnknownSheet } from './unknown-sheet.tsx'
import { UnknownTable } from './unknown-table.tsx'

const pageSize = 50

/** Messages of which nobody knows whether they went out, and the place where a person decides about them. */
export function UnknownPage() {
  const { t } = useTranslation('unknown-messages')
  return (
    <Page>
      <PageHeader
        title={t('title')}
        text={t('text')}
        back={
          <Link to="/campaigns" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft className="size-4" aria-hidden />
            {t('back')}
          </Link>
        }
      />
      <Messages />
    </Page>
  )
}

function Messages() {
  const mayDecide = useCan()('campaigns.write')
  const pages = useCursorPages()
  const [{ campaign }, setUrl] = useUrlState({ campaign: '' })
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<UnknownMessage | null>(null)
  const [plan, setPlan] = useState<Plan | null>(null)
  const list = useOperation(
    unknownMessageOperations.list,
    { query: { campaignId: campaign || undefined, cursor: pages.cursor, limit: pageSize } },
    { keepPrevious: true, refetchMs: 15_000 },
  )
  const page = list.data
  const shown = new Set(page?.data.map(({ id }) => id))
  const ask = (target: Target, decision: Plan['decision']) =>
    setPlan({ target, decision, key: newIdempotencyKey() })
  const narrow = (next: string) => {
    pages.reset()
    setSelection(new Set())
    setUrl({ campaign: next })
  }
  if (list.error) {
    return (
      <Card>
        <ProblemState error={list.error} onRetry={() => void list.refetch()} />
      </Card>
    )
  }
  return (
    <>
      <CampaignScope page={page} campaignId={campaign} onNarrow={narrow} onDecide={mayDecide ? ask : null} />
      <UnknownTable
        rows={page?.data}
        selection={new Set([...selection].filter((id) => shown.has(id)))}
        onSelectionChange={setSelection}
        openId={open?.id ?? null}
        onOpen={setOpen}
        oneCampaign={campaign !== ''}
        mayDecide={mayDecide}
        onDecide={(ids, decision) => ask({ kind: 'people', ids }, decision)}
        empty={<NothingUnknown narrowed={campaign !== ''} onWiden={() => narrow('')} />}
      />
      <CursorPager
        {...pages.pager(page && { count: page.data.length, nextCursor: page.nextCursor }, pageSize)}
        total={page?.total}
      />
      {open && (
        <UnknownSheet
          message={open}
          mayDecide={mayDecide}
          onDecide={(decision) => ask({ kind: 'people', ids: [open.id] }, decision)}
          onClose={() => setOpen(null)}
        />
      )}
      {plan && (
        <SettleDialog
          plan={plan}
          onClose={() => setPlan(null)}
          onSettled={() => {
            setPlan(null)
            setOpen(null)
            setSelection(new Set())
          }}
        />
      )}
    </>
  )
}

function NothingUnknown({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  const { t } = useTranslation('unknown-messages')
  return (
    <EmptyState
      icon={ShieldCheck}
      title={t(narrowed ? 'empty.narrowedTitle' : 'empty.title')}
      text={t('empty.text')}
      action={narrowed && <Button onClick={onWiden}>{t('scope.all')}</Button>}
    />
  )
}
