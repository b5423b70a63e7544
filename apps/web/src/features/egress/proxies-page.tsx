import { egressOperations } from '@siar/contract'
import type { Proxy } from '@siar/contract'
import { ListPlus, Plus, SlidersHorizontal, Waypoints } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { useCan } from '#app/viewer.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { ListSheet } from './list-sheet.tsx'
import { ProxyRemoval } from './proxy-removal.tsx'
import { ProxySheet } from './proxy-sheet.tsx'
import { ProxyTable } from './proxy-table.tsx'
import { RulesSheet } from './rules-sheet.tsx'

type Open = { deed: 'add' | 'list' | 'rules'; proxy: null } | { deed: 'edit' | 'remove'; proxy: Proxy } | null

/** The pool: by which addresses senders may go out, how those are doing, and what they cost. */
export function ProxiesPage() {
  const { t } = useTranslation('egress')
  const can = useCan()
  const [open, setOpen] = useState<Open>(null)
  const list = useOperation(egressOperations.listProxies, {}, { refetchMs: 30_000 })
  const rows = list.data?.data
  const mayManage = can('senders.manage')
  const begin = (deed: 'add' | 'list' | 'rules') => setOpen({ deed, proxy: null })
  const close = () => setOpen(null)
  const add = (
    <Button tone="primary" icon={<Plus aria-hidden />} onClick={() => begin('add')}>
      {t('add')}
    </Button>
  )
  return (
    <Page>
      <PageHeader
        title={t('title')}
        text={t('text')}
        secondary={
          mayManage && (
            <>
              <Button icon={<SlidersHorizontal aria-hidden />} onClick={() => begin('rules')}>
                {t('rules.open')}
              </Button>
              <Button icon={<ListPlus aria-hidden />} onClick={() => begin('list')}>
                {t('list.open')}
              </Button>
            </>
          )
        }
        action={mayManage && rows && rows.length > 0 ? add : undefined}
      />
      {list.error ? (
        <Card>
          <ProblemState error={list.error} onRetry={() => void list.refetch()} />
        </Card>
      ) : (
        <ProxyTable
          rows={rows}
          mayManage={mayManage}
          onEdit={(proxy) => setOpen({ deed: 'edit', proxy })}
          onRemove={(proxy) => setOpen({ deed: 'remove', proxy })}
          empty={
            <EmptyState
              icon={Waypoints}
              title={t('emptyTitle')}
              text={t('emptyText')}
              action={mayManage && add}
            />
          }
        />
      )}
      {(open?.deed === 'add' || open?.deed === 'edit') && <ProxySheet proxy={open.proxy} onClose={close} />}
      {open?.deed === 'list' && <ListSheet onClose={close} />}
      {open?.deed === 'rules' && <RulesSheet onClose={close} />}
      {open?.deed === 'remove' && <ProxyRemoval proxy={open.proxy} onClose={close} />}
    </Page>
  )
}
