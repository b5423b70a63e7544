import { priceOperations } from '@siar/contract'
import type { Price } from '@siar/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemState } from '#app/problem-state.tsx'
import { useOperation } from '#app/query.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Page, PageHeader } from '#ui/page-header.tsx'
import { ExchangeRateCard } from './exchange-rate-card.tsx'
import { PriceRemoval } from './price-removal.tsx'
import { PriceSheet } from './price-sheet.tsx'
import { PriceTable } from './price-table.tsx'

type Open = { deed: 'put'; price: Price | null } | { deed: 'remove'; price: Price } | null

/** What paid messages cost and what a dollar is worth: the facts behind every forecast of cost. */
export function PricesPage() {
  const { t } = useTranslation('admin')
  const [open, setOpen] = useState<Open>(null)
  const list = useOperation(priceOperations.list, {})
  const close = () => setOpen(null)
  return (
    <Page>
      <PageHeader
        title={t('prices.title')}
        text={t('prices.text')}
        action={
          list.data && (
            <Button
              tone="primary"
              icon={<Plus aria-hidden />}
              onClick={() => setOpen({ deed: 'put', price: null })}
            >
              {t('prices.add')}
            </Button>
          )
        }
      />
      {list.error ? (
        <Card>
          <ProblemState error={list.error} onRetry={() => void list.refetch()} />
        </Card>
      ) : (
        <>
          <PriceTable
            prices={list.data?.prices}
            rates={list.data?.rates ?? []}
            onChange={(price) => setOpen({ deed: 'put', price })}
            onRemove={(price) => setOpen({ deed: 'remove', price })}
          />
          <ExchangeRateCard rates={list.data?.rates} />
        </>
      )}
      {open?.deed === 'put' && <PriceSheet price={open.price} onClose={close} />}
      {open?.deed === 'remove' && <PriceRemoval price={open.price} onClose={close} />}
    </Page>
  )
}
